import { describe, expect, it } from "vitest";
import { compile } from "../../../src/core/compile";
import { readProgram } from "../../../src/core/source/readProgram";
import type { Objective } from "../../../src/core/objective";
import { basins, left, underWay } from "../../../src/core/optimize/experiments/basins";
import { type Experiment, type Progress, conclude } from "../../../src/core/optimize/experiments/experiment";
import { outcomeMap } from "../../../src/core/optimize/experiments/outcomeMap";
import { race } from "../../../src/core/optimize/experiments/race";
import { sweep } from "../../../src/core/optimize/experiments/sweep";
import { minimize } from "../../../src/core/optimize/minimize";
import { compiled, quadratic } from "./testObjectives";

const valley = compiled("(1-x)^2 + 100 (y-x^2)^2", [-1.2, 1]);

function concluded<T>(experiment: Experiment<T>): T {
  const result = conclude(experiment);
  if (result === undefined) throw new Error("The experiment did not conclude.");
  return result;
}

describe("a race", () => {
  const entrants = [{ method: "gd" }, { method: "adam" }, { method: "bfgs" }, { method: "newton" }] as const;

  it("gives each method as many iterations from one start, each at a rate of its own, and says where from", () => {
    const { finishers, ranking } = concluded(race(valley, { entrants, budget: { iterations: 60 } }));
    for (const { run } of finishers) {
      expect(run.iterations).toBeLessThanOrEqual(60);
      expect(Array.from(run.iterates.subarray(0, 2))).toEqual([-1.2, 1]);
    }
    expect(finishers.map(({ rateFrom }) => rateFrom)).toEqual(["suggested", "suggested", "searches", "searches"]);
    expect(ranking.map((k) => finishers[k]?.method).slice(2)).not.toContain("newton");
  });

  it("gives each as many gradients where that is asked for: who looks before stepping pays for it", () => {
    const { finishers } = concluded(race(valley, { entrants, budget: { gradients: 20 } }));
    for (const { run, spent } of finishers) {
      expect(run.evaluations.gradient).toBeLessThanOrEqual(20);
      expect(spent.gradients).toHaveLength(run.iterations + 1);
      expect(spent.gradients.at(-1)).toBe(run.evaluations.gradient);
    }
    // Whoever steps by a rule takes one a step, and one at the start.
    expect(finishers[0]?.run.evaluations.gradient).toBe(20);
    expect(finishers[0]?.run.iterations).toBe(19);
    expect(finishers[0]?.run.reason).toBe("of 20 gradients 20 made 19 iterations");
    expect(finishers[2]?.run.iterations).toBeLessThan(19);
  });

  // Whatever the budget: an objective that counts for itself is asked no more often than is told, and the runs are those
  // that each method makes alone, only that they end where the budget does.
  it.each([1, 2, 3, 7, 20, 41])("of %i gradients gives nobody one more", (gradients) => {
    for (const method of ["gd", "adam", "newton", "newton-cg", "trust-region", "cg", "bfgs", "lbfgs"] as const) {
      let asked = 0;
      const counting = Object.create(valley, { valueAndGradient: { value: (x: Float64Array, out: Float64Array) => (asked++, valley.valueAndGradient(x, out)) } }) as Objective;
      const { finishers } = concluded(race(counting, { entrants: [{ method, learningRate: 1e-3 }], budget: { gradients } }));
      const [finisher] = finishers;
      const { iterations = NaN, evaluations, status, iterates } = finisher?.run ?? {};
      expect(evaluations?.gradient, method).toBeLessThanOrEqual(gradients);
      expect(asked).toBeGreaterThanOrEqual(evaluations?.gradient ?? NaN);
      const alone = minimize(valley, { method, learningRate: 1e-3, maxIterations: Math.max(iterations, 1) });
      expect(iterates, method).toEqual(alone.iterates.slice(0, 2 * (iterations + 1)));
      if (status !== "exhausted") continue;
      // It could not have gone on: the next step takes it past the budget.
      const further = minimize(valley, { method, learningRate: 1e-3, maxIterations: iterations + 1 });
      expect(further.evaluations.gradient, method).toBeGreaterThan(gradients);
    }
  });

  it("ranks those that get as low as any by what they had spent on the way there", () => {
    const { finishers, ranking } = concluded(race(quadratic([1, 50], [1, 1]), {
      entrants: [{ method: "gd", learningRate: 0.01 }, { method: "gd", learningRate: 0.035 }, { method: "newton" }, { method: "bfgs" }],
      budget: { iterations: 4000 },
    }));
    expect(ranking).toEqual([2, 3, 1, 0]);
    expect(finishers[2]?.arrival).toBe(1);
    expect(finishers.map(({ run }) => run.status)).toEqual(["converged", "converged", "converged", "converged"]);
  });

  it("runs all at a common rate, and says so, but for those that find their own steps", () => {
    const { finishers } = concluded(race(valley, { entrants, budget: { iterations: 30 }, commonLearningRate: 1e-3 }));
    expect(finishers.map(({ learningRate }) => learningRate)).toEqual([1e-3, 1e-3, 1, 1]);
    expect(finishers.map(({ rateFrom }) => rateFrom)).toEqual(["common", "common", "searches", "searches"]);
  });

  it("ranks by the value reached, whoever left last", () => {
    const { finishers, ranking } = concluded(race(quadratic([1, 50], [1, 1]), {
      entrants: [{ method: "gd", learningRate: 0.1 }, { method: "gd", learningRate: 0.01 }, { method: "gd", learningRate: 0.03 }],
      budget: { iterations: 300 },
    }));
    expect(finishers[0]?.run.status).toBe("diverged");
    expect(ranking).toEqual([2, 1, 0]);
  });

  it("is what each method does on its own", () => {
    const { finishers } = concluded(race(valley, { entrants: [{ method: "momentum", learningRate: 1e-3 }], budget: { iterations: 700 } }));
    const alone = minimize(valley, { method: "momentum", learningRate: 1e-3, maxIterations: 700 });
    expect(finishers[0]?.run).toEqual(alone);
  });
});

describe("a sweep of learning rates", () => {
  const bowl = quadratic([1, 50], [1, 1]);

  it("on a quadratic is stable up to 2/λ, and best at 2/(λ₁ + λₙ)", () => {
    const result = concluded(sweep(bowl, { method: "gd", maxIterations: 2000 }, { kind: "grid", from: 0.01, to: 0.1, count: 31 }));
    expect(result.bound).toBeCloseTo(0.04, 4);
    expect(result.largestStable).toBeLessThan(0.04);
    expect(result.largestStable).toBeGreaterThan(0.036);
    const best = result.trials[result.best ?? NaN];
    expect(best?.outcome).toBe("converged");
    expect(best?.learningRate).toBeGreaterThan(0.036);
    expect(best?.learningRate).toBeLessThan(2 / 51 + 1e-3);
  });

  it("tells which converged, were slow, and left", () => {
    const { trials } = concluded(sweep(bowl, { method: "gd" }));
    // Half a decade from one to the next: 0.01 is the seventh, 0.032 the only one both quick and below 0.04.
    expect(trials.map(({ outcome }) => outcome)).toEqual([
      ...new Array<string>(7).fill("slow"), "converged", ...new Array<string>(5).fill("diverged"),
    ]);
  });

  it.each([["gd", {}, 2], ["momentum", { momentum: 0.9 }, 3.8], ["nesterov", { momentum: 0.9 }, 3.8 / 2.8]] as const)(
    "by %s parts what converges from what leaves at its bound, %j: %d over the curvature", (method, parameters, limit) => {
      const border = limit / 50;
      const rates = { kind: "grid", from: border / 1.5, to: border * 1.5, count: 21 } as const;
      const { trials, bound, curvature } = concluded(sweep(bowl, { method, parameters, maxIterations: 4000 }, rates));
      expect(curvature).toBeCloseTo(50, 2);
      expect(bound).toBeCloseTo(border, 5);
      for (const { learningRate, outcome } of trials) {
        if (Math.abs(learningRate / border - 1) > 0.02) expect(outcome, String(learningRate)).toBe(learningRate < border ? "converged" : "diverged");
      }
    });

  it("tells who goes to and fro from who is slow: beyond 2/λ on a curve that flattens, gradient descent neither arrives nor leaves", () => {
    const flattening = compiled("sqrt(1 + x^2)", [0.5]);
    const { trials, largestStable } = concluded(sweep(flattening, { method: "gd" }, { kind: "grid", from: 0.01, to: 4, count: 7 }));
    expect(trials.map(({ outcome }) => outcome)).toEqual(["slow", "converged", "converged", "converged", "converged", "converged", "oscillating"]);
    expect(largestStable).toBeLessThan(2);
  });

  it("prefers the lower of two places, however soon the other was reached", () => {
    const two = compiled("(x^2 - 1)^2 + x / 5", [0.6]);
    const { trials, best } = concluded(sweep(two, { method: "gd", maxIterations: 400 }, { kind: "grid", from: 0.01, to: 0.4, count: 12 }));
    const lowest = Math.min(...trials.filter(({ outcome }) => outcome !== "diverged").map(({ value }) => value));
    expect(trials[best ?? NaN]?.value).toBeCloseTo(lowest, 5);
  });

  it("by minibatches judges each run by the whole, whatever its last batch said", () => {
    const text = "const xs = [1, 2, 3, 4, 5], ys = [2, 4, 5, 4, 5];\nfunction loss(w = 0.3, b = 0.1) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return s / xs.length; }";
    const at = text.indexOf("loss");
    const loss = compile(readProgram({ text, language: "typescript", selection: { start: at, end: at } }));
    const { trials } = concluded(sweep(loss, { method: "gd", maxIterations: 30, batch: { dataset: "xs", size: 1, seed: 1 } }, { kind: "grid", from: 1e-3, to: 1e-2, count: 3 }));
    for (const { startValue, value, end } of trials) {
      expect(startValue).toBe(loss.value(loss.start));
      // Six epochs of five: the last step ends one.
      expect(value).toBe(loss.value(end));
    }
  });

  it("does not call a slow swing of much momentum oscillating: it comes down", () => {
    const long = quadratic([1, 50], [2, 1.5]);
    const { trials } = concluded(sweep(long, { method: "momentum", parameters: { momentum: 0.99 }, maxIterations: 200 }, { kind: "grid", from: 1e-5, to: 1e-2, count: 7 }));
    expect(trials.map(({ outcome }) => outcome)).toEqual(new Array(7).fill("slow"));
  });

  describe("that narrows down", () => {
    const rates = { kind: "grid", from: 1e-4, to: 1, count: 27 } as const;

    it("finds as good a rate as trying all, with a fraction of the gradients", () => {
      const all = concluded(sweep(bowl, { method: "gd", maxIterations: 729 }, rates));
      const some = concluded(sweep(bowl, { method: "gd", maxIterations: 729 }, rates, "halving"));
      expect(some.best).toBe(all.best);
      const gradients = (trials: readonly { gradients: number }[]): number => trials.reduce((sum, each) => sum + each.gradients, 0);
      expect(gradients(some.trials)).toBeLessThan(gradients(all.trials) / 3);
    });

    it("says whom it dropped, and follows the others three times as far each round", () => {
      const { trials } = concluded(sweep(valley, { method: "gd", maxIterations: 2700 }, { ...rates, from: 1e-6, to: 1e-3 }, "halving"));
      const lengths = [...new Set(trials.filter(({ outcome }) => outcome !== "diverged").map(({ iterations }) => iterations))].sort((a, b) => a - b);
      expect(lengths).toEqual([100, 300, 900, 2700]);
      expect(trials.filter(({ dropped }) => !dropped && dropped !== undefined).length).toBe(1);
    });
  });

  it("at random is the same for the same seed", () => {
    const rates = (seed: number) => concluded(sweep(bowl, { method: "gd", maxIterations: 5 }, { kind: "random", from: 1e-4, to: 1, count: 12, seed })).trials.map((t) => t.learningRate);
    expect(rates(3)).toEqual(rates(3));
    expect(rates(3)).not.toEqual(rates(4));
    for (const rate of rates(3)) {
      expect(rate).toBeGreaterThanOrEqual(1e-4);
      expect(rate).toBeLessThanOrEqual(1);
    }
  });

  it("names no best where all left", () => {
    const result = concluded(sweep(bowl, { method: "gd" }, { kind: "grid", from: 1, to: 10, count: 3 }));
    expect(result).toMatchObject({ best: undefined, largestStable: undefined, bound: undefined });
  });

  it.each([[{ kind: "grid", from: 0, to: 1, count: 3 }], [{ kind: "grid", from: 2, to: 1, count: 3 }], [{ kind: "grid", from: 1, to: 2, count: 0 }]] as const)("refuses %j", (rates) => {
    expect(() => conclude(sweep(bowl, { method: "gd" }, rates))).toThrow(RangeError);
  });
});

describe("the map over learning rate and momentum", () => {
  it("has its border of divergence at 2(1 + μ)/λ", () => {
    const lambda = 10;
    const map = concluded(outcomeMap(quadratic([lambda], [1]), { method: "momentum", maxIterations: 3000 }, { kind: "grid", from: 0.05, to: 0.5, count: 19 }));
    map.axis.values.forEach((mu, row) => {
      map.learningRates.forEach((rate, column) => {
        const product = (rate * lambda) / (2 * (1 + mu));
        if (Math.abs(product - 1) < 0.02) return; // too near the border to tell in time
        expect(map.outcomes[row * map.learningRates.length + column], `${rate} with ${mu}`).toBe(product < 1 ? "converged" : "diverged");
      });
    });
    expect(map.iterations).toHaveLength(19 * 8);
    map.axis.values.forEach((mu, row) => expect(map.bounds?.[row]).toBeCloseTo((2 * (1 + mu)) / lambda, 6));
    expect(map.outcomes[map.best ?? NaN]).toBe("converged");
    expect(map.iterations[map.best ?? NaN]).toBe(Math.min(...map.iterations));
  });

  it("knows no border of a method of which theory knows none", () => {
    const map = concluded(outcomeMap(quadratic([10], [1]), { method: "adam", maxIterations: 20 }, { kind: "grid", from: 0.01, to: 1, count: 3 }, { parameter: "beta1", values: [0, 0.9] }));
    expect(map.bounds).toBeUndefined();
    expect(map.outcomes).toHaveLength(6);
  });
});

describe("starts scattered over a window", () => {
  const himmelblau = compiled("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", [0, 0]);
  const window = [[-5, 5], [-5, 5]] as const;

  it("lead to Himmelblau's four minima, each a quarter or so", () => {
    const found = concluded(basins(himmelblau, { method: "lbfgs", maxIterations: 200 }, window, { kind: "grid", side: 12 }));
    const minima = found.minima.filter(({ value }) => value < 1e-12);
    expect(minima).toHaveLength(4);
    for (const [x, y] of [[3, 2], [-2.805118, 3.131312], [-3.77931, -3.283186], [3.584428, -1.848126]] as const) {
      expect(minima.some((m) => Math.hypot((m.x[0] ?? NaN) - x, (m.x[1] ?? NaN) - y) < 1e-5)).toBe(true);
    }
    expect(found.reached).toHaveLength(144);
    expect(found.minima.reduce((sum, { visitors }) => sum + visitors, 0)).toBe(found.reached.filter((index) => index >= 0).length);
  });

  it("are counted with the place they lead to, the most visited first", () => {
    const found = concluded(basins(compiled("(x^2 - 1)^2 + x / 5", [0]), { method: "gd", learningRate: 0.01, maxIterations: 3000 }, [[-2, 3]], { kind: "grid", side: 50 }));
    expect(found.minima).toHaveLength(2);
    const [first, second] = found.minima;
    expect(first?.visitors).toBeGreaterThanOrEqual(second?.visitors ?? NaN);
    found.reached.forEach((index, k) => {
      const towards = (found.starts[k] ?? NaN) > 0.05 ? 1 : -1;
      expect(Math.sign(found.minima[index]?.x[0] ?? NaN)).toBe(towards);
    });
  });

  it("that leave belong to none", () => {
    const found = concluded(basins(compiled("x^3 - 3x", [0]), { method: "gd", learningRate: 0.05, maxIterations: 500 }, [[-3, 3]], { kind: "grid", side: 12 }));
    expect(found.reached[0]).toBe(left);
    expect(found.reached[11]).toBe(0);
  });

  it("that are not there in time belong to none, and are told from those that left", () => {
    const found = concluded(basins(himmelblau, { method: "gd", learningRate: 1e-5, maxIterations: 5 }, window, { kind: "grid", side: 3 }));
    expect([...new Set(found.reached)]).toEqual([underWay]);
  });

  it("on a ridge end on its saddle, which is no minimum", () => {
    const found = concluded(basins(compiled("(x^2 - 1)^2 + y^2", [0, 0]), { method: "gd", learningRate: 0.05, maxIterations: 1000 }, [[-2, 2], [-2, 2]], { kind: "grid", side: 5 }));
    expect(found.minima.map(({ x, isMinimum }) => [Math.round(x[0] ?? NaN), isMinimum])).toEqual([[-1, true], [1, true], [0, false]]);
    expect(found.minima.map(({ visitors }) => visitors)).toEqual([10, 10, 5]);
  });

  it("at random are the same for the same seed", () => {
    const starts = (seed: number) => concluded(basins(himmelblau, { method: "gd", maxIterations: 1 }, window, { kind: "random", count: 9, seed })).starts;
    expect(starts(1)).toEqual(starts(1));
    expect(starts(1)).not.toEqual(starts(2));
  });

  it("are refused where there are too many of them or the window does not fit", () => {
    expect(() => conclude(basins(himmelblau, { method: "gd" }, window, { kind: "grid", side: 1000 }))).toThrow("There can be 1 to 40000 starts");
    expect(() => conclude(basins(himmelblau, { method: "gd" }, [[0, 1]], { kind: "grid", side: 3 }))).toThrow("The window has 1 sides");
  });
});

describe("every experiment", () => {
  const experiments: [string, () => Experiment<unknown>][] = [
    ["a race", () => race(valley, { entrants: [{ method: "gd" }, { method: "adam" }], budget: { iterations: 5000 } })],
    ["a sweep", () => sweep(valley, { method: "gd" })],
    ["a map", () => outcomeMap(valley, { method: "momentum", maxIterations: 50 }, { kind: "grid", from: 1e-4, to: 1e-2, count: 4 })],
    ["scattered starts", () => basins(valley, { method: "gd", maxIterations: 50 }, [[-2, 2], [-2, 2]], { kind: "grid", side: 5 })],
  ];

  it.each(experiments)("%s tells how far it is", (_, begin) => {
    const told: Progress[] = [];
    conclude(begin(), (progress) => told.push(progress));
    expect(told.length).toBeGreaterThan(3);
    told.forEach(({ done, total }, k) => {
      expect(done).toBeGreaterThanOrEqual(told[k - 1]?.done ?? 0);
      expect(done).toBeLessThanOrEqual(total);
    });
    expect(told.at(-1)?.done).toBe(told.at(-1)?.total);
  });

  it.each(experiments)("%s can be given up", (_, begin) => {
    const controller = new AbortController();
    let pieces = 0;
    const result = conclude(begin(), () => {
      if (++pieces === 2) controller.abort();
    }, controller.signal);
    expect(result).toBeUndefined();
    expect(pieces).toBe(2);
  });
});
