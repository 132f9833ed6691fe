import { describe, expect, it } from "vitest";
import { Descent } from "../../../src/core/optimize/descent";
import { minimize } from "../../../src/core/optimize/minimize";
import type { RunOptions } from "../../../src/core/optimize/types";
import { finalIterate, objectiveOf, quadratic, rosenbrock } from "./testObjectives";

const bowl = quadratic([2, 2], [1, 1]);

describe("a run stops", () => {
  it.each<[string, Partial<RunOptions>, RegExp]>([
    ["where it is flat", {}, /^the gradient norm \d(\.\d)?e-\d is at or below 1e-6$/],
    ["at a gradient norm that was asked for", { stop: { gradientNorm: 0.1 } }, /is at or below 0.1$/],
    ["when the value keeps still", { stop: { valueChange: 1e-4 } }, /changed by no more than 1e-4 .* for 3 iterations/],
    ["when the steps are small", { stop: { stepSize: 1e-3 } }, /the last step, 0.\d+|\de-\d+, is within 0.001 of/],
    ["at a target", { stop: { targetValue: 0.5 } }, /the value 0.\d+ has reached the target 0.5/],
  ])("%s, and says so", (_, options, reason) => {
    const run = minimize(bowl, { method: "gd", learningRate: 0.05, ...options });
    expect(run.reason).toMatch(reason);
    expect(run.status).toBe("converged");
    expect(run.iterations).toBeGreaterThan(2);
  });

  it("at the first iterate that satisfies the rule, not later", () => {
    const run = minimize(bowl, { method: "gd", learningRate: 0.05, stop: { gradientNorm: 0.1 } });
    expect(run.gradientNorms[run.iterations]).toBeLessThanOrEqual(0.1);
    expect(run.gradientNorms[run.iterations - 1]).toBeGreaterThan(0.1);
  });

  it("after its iterations, and that is not convergence", () => {
    const run = minimize(bowl, { method: "gd", learningRate: 1e-4, maxIterations: 150 });
    expect(run.status).toBe("exhausted");
    expect(run.reason).toBe("reached 150 iterations; the gradient norm is still 2.7");
    expect(run.iterations).toBe(150);
  });

  it("after 1000 iterations where nobody says how many", () => {
    expect(minimize(rosenbrock, { method: "gd" }).iterations).toBe(1000);
  });

  it("on no rule at all when given none, even where it is flat", () => {
    const run = minimize(bowl, { method: "gd", learningRate: 0.5, maxIterations: 5, stop: {} });
    expect(run.gradientNorms[1]).toBe(0);
    expect(run).toMatchObject({ iterations: 5, status: "exhausted" });
  });

  it("never on a threshold of 0", () => {
    const stop = { gradientNorm: 0, valueChange: 0, stepSize: 0 };
    const run = minimize(bowl, { method: "gd", learningRate: 0.5, maxIterations: 5, stop });
    expect(run).toMatchObject({ iterations: 5, status: "exhausted" });
  });

  it("before it begins where the start is stationary already", () => {
    const run = minimize(bowl, { method: "adam", start: Float64Array.of(0, 0) });
    expect(run).toMatchObject({ iterations: 0, status: "converged" });
    expect(run.iterates).toEqual(Float64Array.of(0, 0));
    expect(run.evaluations).toEqual({ value: 1, gradient: 1, hessian: 0 });
  });

  it("at a target from below when ascending", () => {
    const hill = objectiveOf({
      name: "hill",
      start: [2],
      value: (x) => 3 - (x[0] ?? NaN) ** 2,
      gradient: (x, out) => (out[0] = -2 * (x[0] ?? NaN)),
    });
    const run = minimize(hill, { method: "gd", maximize: true, learningRate: 0.1, stop: { targetValue: 2.9 } });
    expect(run.status).toBe("converged");
    expect(run.values[run.iterations]).toBeGreaterThanOrEqual(2.9);
    expect(run.values[run.iterations - 1]).toBeLessThan(2.9);
  });

  it.each<[Partial<RunOptions>, string]>([
    [{}, "gradientNorm"],
    [{ stop: { valueChange: 1e-4 } }, "valueChange"],
    [{ stop: { stepSize: 1e-3 } }, "stepSize"],
    [{ stop: { targetValue: 0.5 } }, "targetValue"],
    [{ maxIterations: 3 }, "iterations"],
    [{ signal: AbortSignal.abort() }, "user"],
    [{ learningRate: 5 }, "divergence"],
  ])("%j by the rule it names", (options, rule) => {
    expect(minimize(bowl, { method: "gd", learningRate: 0.05, ...options }).rule).toBe(rule);
  });

  it("when its time is over, and says so", () => {
    const run = minimize(rosenbrock, { method: "gd", maxIterations: 1e6, stop: { seconds: 0.02 } });
    expect(run).toMatchObject({ status: "exhausted", rule: "seconds" });
    expect(run.reason).toMatch(/^0.02 seconds are over after \d+ iterations; the gradient norm is still/);
    expect(run.iterations).toBeLessThan(1e6);
  });

  it("counts one evaluation a point", () => {
    const run = minimize(bowl, { method: "adam", maxIterations: 40, stop: {} });
    expect(run.evaluations).toEqual({ value: 41, gradient: 41, hessian: 0 });
  });
});

describe("cancelling", () => {
  it("keeps what was done", () => {
    const signal = { aborted: false, calls: 0 };
    const counting = {
      ...rosenbrock,
      valueAndGradient(x: Float64Array, out: Float64Array) {
        if (++signal.calls === 8) signal.aborted = true;
        return rosenbrock.valueAndGradient(x, out);
      },
    };
    const run = minimize(counting, { method: "gd", signal: signal as unknown as AbortSignal });
    expect(run).toMatchObject({ status: "cancelled", iterations: 7, reason: "cancelled after 7 iterations" });
    expect(run.values).toHaveLength(8);
  });

  it("before the first step leaves the start", () => {
    const run = minimize(rosenbrock, { method: "gd", signal: AbortSignal.abort() });
    expect(run).toMatchObject({ status: "cancelled", iterations: 0 });
    expect(finalIterate(run)).toEqual([-1.2, 1]);
  });
});

describe("a descent taken in slices", () => {
  it("is the descent taken at once, and can be looked at on the way", () => {
    const options: RunOptions = { method: "adam", learningRate: 0.1, maxIterations: 2500, stop: {} };
    const descent = new Descent(rosenbrock, options);
    descent.advance(10);
    const early = descent.run();
    while (!descent.advance(7));
    const whole = minimize(rosenbrock, options);
    expect(descent.run()).toEqual(whole);
    expect(early.iterations).toBe(10);
    expect(early.iterates).toEqual(whole.iterates.slice(0, 22));
  });
});

describe("what makes no sense is refused in a sentence", () => {
  it.each<[Partial<RunOptions>, string]>([
    [{ method: "adam", lineSearch: "armijo" }, "Adam searches in no line; a line search goes with gd, newton"],
    [{ method: "trust-region", lineSearch: "strong-wolfe" }, "Trust region searches in no line"],
    [{ method: "lbfgs", parameters: { historySize: 0 } }, "L-BFGS remembers a whole number of steps, 1 or more."],
    [{ method: "bfgs", parameters: { momentum: 0.5 } }, 'BFGS has no setting called "momentum"; it has c1, c2.'],
    [{ batch: { dataset: "rows", size: 8, seed: 1 } }, "rosen has no data to take in minibatches."],
    [{ method: "bfgs", batch: { dataset: "rows", size: 8, seed: 1 } }, "BFGS looks before it steps, and would see another function at each look"],
    [{ learningRate: -1 }, "The learning rate must be a number above 0, but is -1."],
    [{ learningRate: NaN }, "The learning rate must be a number above 0"],
    [{ maxIterations: 1.5 }, "The number of iterations must be a whole number"],
    [{ start: Float64Array.of(1) }, "The start has 1 coordinate, but rosen has 2."],
    [{ parameters: { beta1: 0.5 } }, 'Gradient descent has no setting called "beta1"'],
    [{ method: "adam", parameters: { beta1: 1 } }, 'The setting "beta1" must be below 1'],
    [{ method: "adam", parameters: { epsilon: -1 } }, 'The setting "epsilon" must not be negative'],
    [{ method: "adam", parameters: { amsgrad: 3 } }, 'The setting "amsgrad" is either on or off'],
    [{ method: "nesterov", parameters: { momentum: 0 } }, "Nesterov's momentum needs a momentum above 0"],
    [{ stop: { gradientNorm: -1 } }, 'The stopping rule "gradientNorm" must be 0 or more.'],
  ])("%j", (options, message) => {
    const run = () => minimize(rosenbrock, { method: "gd", ...options });
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });
});

describe("a run that keeps only some of its iterates", () => {
  const options = { method: "adam", learningRate: 0.01, stop: {}, maxIterations: 1000 } as const;
  const whole = minimize(rosenbrock, options);

  it.each([16, 17, 100, 333, 999, 1000])("%i of them: each is the iterate it says, evenly spread, from the start to the last", (keep) => {
    const run = minimize(rosenbrock, { ...options, keep });
    const rows = run.values.length;
    expect(rows).toBeLessThanOrEqual(keep + 1);
    expect(rows).toBeGreaterThan(keep / 2 - 1);
    expect(run.iterations).toBe(1000);
    for (let row = 0; row < rows; row++) {
      const iteration = row === rows - 1 ? 1000 : row * run.every;
      expect(run.values[row]).toBe(whole.values[iteration]);
      expect(run.learningRates[row]).toBe(whole.learningRates[iteration]);
      expect(run.iterates.slice(2 * row, 2 * row + 2)).toEqual(whole.iterates.slice(2 * iteration, 2 * iteration + 2));
      expect(run.gradients.slice(2 * row, 2 * row + 2)).toEqual(whole.gradients.slice(2 * iteration, 2 * iteration + 2));
      expect(run.internals.m?.slice(2 * row, 2 * row + 2)).toEqual(whole.internals.m?.slice(2 * iteration, 2 * iteration + 2));
    }
    expect(run.best).toEqual(whole.best);
    expect(run.evaluations).toEqual(whole.evaluations);
  });

  it("all of them where they are few enough", () => {
    expect(minimize(rosenbrock, { ...options, keep: 1001 })).toEqual(whole);
    expect(whole.every).toBe(1);
  });

  it.each([{ valueChange: 1e-9 }, { stepSize: 1e-4 }, { gradientNorm: 1e-2 }, { targetValue: 1e-3 }])("stops where the whole record would: %j", (stop) => {
    const limits = { ...options, learningRate: 0.02, maxIterations: 20_000, stop };
    const [all, few] = [minimize(rosenbrock, limits), minimize(rosenbrock, { ...limits, keep: 50 })];
    expect(all.iterations).toBeGreaterThan(100);
    expect(all.iterations).toBeLessThan(20_000);
    expect([few.iterations, few.status, few.reason]).toEqual([all.iterations, all.status, all.reason]);
  });

  it("runs away as the whole record would", () => {
    const limits = { method: "gd", learningRate: 1.0001, maxIterations: 100_000 } as const;
    const [all, few] = [minimize(bowl, limits), minimize(bowl, { ...limits, keep: 50 })];
    expect(all.status).toBe("diverged");
    expect([few.iterations, few.rule]).toEqual([all.iterations, all.rule]);
  });

  it("may be looked at with still fewer while it goes on", () => {
    const descent = new Descent(rosenbrock, { ...options, keep: 100 });
    descent.advance(777);
    const run = descent.run(10);
    expect(run.values.length).toBeLessThanOrEqual(11);
    expect(run.iterations).toBe(777);
    expect(run.values.at(-1)).toBe(whole.values[777]);
    for (let row = 0; row < run.values.length - 1; row++) expect(run.values[row]).toBe(whole.values[row * run.every]);
  });
});
