import { describe, expect, it } from "vitest";
import { basins } from "../../../src/core/optimize/experiments/basins";
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
    expect(finishers.map(({ rateFrom }) => rateFrom)).toEqual(["suggested", "suggested", "suggested", "suggested"]);
    expect(ranking.map((k) => finishers[k]?.method).slice(2)).not.toContain("newton");
  });

  it("gives each as many gradients where that is asked for: who looks before stepping pays for it", () => {
    const { finishers } = concluded(race(valley, { entrants, budget: { gradients: 20 } }));
    for (const { run } of finishers) {
      // The last step may take a few looks more.
      expect(run.evaluations.gradient).toBeLessThan(60);
      expect(run.evaluations.gradient).toBeGreaterThanOrEqual(20);
    }
    expect(finishers[0]?.run.reason).toMatch(/^(20 gradients used up after 19 iterations|reached)/);
    expect(finishers[2]?.run.iterations).toBeLessThan(finishers[0]?.run.iterations ?? 0);
  });

  it("runs all at a common rate, and says so, but for those that find their own steps", () => {
    const { finishers } = concluded(race(valley, { entrants, budget: { iterations: 30 }, commonLearningRate: 1e-3 }));
    expect(finishers.map(({ learningRate }) => learningRate)).toEqual([1e-3, 1e-3, 1, 1]);
    expect(finishers.map(({ rateFrom }) => rateFrom)).toEqual(["common", "common", "suggested", "suggested"]);
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
    expect(found.reached[0]).toBe(-1);
    expect(found.reached[11]).toBe(0);
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
