import { describe, expect, it } from "vitest";
import { minimize } from "../../../src/core/optimize/minimize";
import { compiled, finalIterate, objectiveOf, quadratic, rosenbrock } from "./testObjectives";

describe("a run that leaves", () => {
  it("keeps every finite iterate, and the one that broke", () => {
    const run = minimize(rosenbrock, { method: "gd", learningRate: 0.01 });
    expect(run.status).toBe("diverged");
    expect(run.iterations).toBeGreaterThan(1);
    const last = run.iterations;
    expect(Number.isFinite(run.values[last - 1])).toBe(true);
    const broken = !Number.isFinite(run.values[last]) || Math.abs(finalIterate(run)[0] ?? NaN) > 1e12;
    expect(broken).toBe(true);
    // Not clamped: the path leaves as fast as it really does.
    expect(Math.abs(run.iterates[2 * (last - 1)] ?? 0)).toBeGreaterThan(1e3);
  });

  it("is explained by the function's own curvature and the learning rates it bears", () => {
    const run = minimize(quadratic([1, 50], [1, 1]), { method: "gd", learningRate: 0.06, maxIterations: 2000 });
    expect(run.status).toBe("diverged");
    expect(run.reason).toMatch(/^a coordinate is beyond 1e12 after \d+ iterations/);
    expect(run.reason).toMatch(/the largest curvature on the way is about 50, where gradient descent is stable only below a learning rate of 0.04, and it was 0.06; 0.03 would have been safe$/);
    expect(run.rule).toBe("divergence");
    expect(run.divergence?.curvature).toBeCloseTo(50, 3);
    expect(run.divergence).toMatchObject({ learningRate: 0.06, safeLearningRate: 0.03 });
    expect(run.divergence?.bound).toBeCloseTo(0.04, 6);
  });

  it("is not called exhausted because its iterations ran out first", () => {
    const run = minimize(quadratic([1], [1]), { method: "gd", learningRate: 2.5, maxIterations: 30 });
    expect(run.status).toBe("diverged");
    expect(run.reason).toMatch(/^reached 30 iterations, with the value at .* and still rising/);
    expect(run.iterations).toBe(30);
  });

  it("is recognised when ascending too", () => {
    const hill = objectiveOf({
      name: "hill",
      start: [1],
      value: (x) => -((x[0] ?? NaN) ** 2),
      gradient: (x, out) => (out[0] = -2 * (x[0] ?? NaN)),
    });
    const run = minimize(hill, { method: "gd", maximize: true, learningRate: 1.2, maxIterations: 30 });
    expect(run).toMatchObject({ status: "diverged" });
    expect(run.reason).toContain("still falling");
    expect(run.reason).toContain("where gradient ascent is stable only below a learning rate of 1, and it was 1.2");
  });

  it("over the edge of the function's domain says what it found there", () => {
    const logarithm = objectiveOf({
      name: "x − ln x",
      start: [3],
      value: (x) => (x[0] ?? NaN) - Math.log(x[0] ?? NaN),
      gradient: (x, out) => (out[0] = 1 - 1 / (x[0] ?? NaN)),
    });
    const run = minimize(logarithm, { method: "gd", learningRate: 10 });
    expect(run.status).toBe("diverged");
    expect(run.reason).toContain("the value is not a number after 1 iteration");
    expect(run.values[0]).toBeCloseTo(3 - Math.log(3), 14);
    expect(run.values[1]).toBeNaN();
  });
});

describe("the explanation of a run that left", () => {
  it.each([
    ["momentum", 3.8 / 50, 0.1],
    ["nesterov", 3.8 / 2.8 / 50, 0.05],
    ["gd", 2 / 50, 0.05],
  ] as const)("by %s has its own bound", (method, bound, learningRate) => {
    const { divergence } = minimize(quadratic([1, 50], [1, 1]), { method, learningRate, maxIterations: 3000 });
    expect(divergence?.bound).toBeCloseTo(bound, 5);
    expect(divergence?.safeLearningRate).toBeLessThan(bound);
  });

  it.each(["gd", "momentum", "nesterov"] as const)("names a learning rate that is safe on Rosenbrock's valley for %s", (method) => {
    const options = { method, maxIterations: 4000 } as const;
    const { divergence, status } = minimize(rosenbrock, { ...options, learningRate: 0.02 });
    expect(status).toBe("diverged");
    const learningRate = divergence?.safeLearningRate ?? NaN;
    expect(minimize(rosenbrock, { ...options, learningRate }).status).not.toBe("diverged");
  });

  it.each([
    ["gd", 0.1], ["gd", 0.01], ["momentum", 0.1], ["nesterov", 0.1], ["nesterov", 0.02],
  ] as const)("by %s at %d on Rosenbrock's function is of the start, however far the first step leaps, and the safe rate nearly as large as the start bears", (method, learningRate) => {
    const options = { method, maxIterations: 300, start: Float64Array.of(-1.2, 1) };
    const { divergence } = minimize(rosenbrock, { ...options, learningRate });
    expect(divergence?.at).toBe(0);
    expect(divergence?.curvature).toBeCloseTo(1506, -1);
    const { bound = NaN, safeLearningRate = NaN } = divergence ?? {};
    expect(safeLearningRate).toBeLessThan(bound);
    expect(safeLearningRate).toBeGreaterThan(bound / 2);
    const again = minimize(rosenbrock, { ...options, learningRate: safeLearningRate });
    expect(again.status).not.toBe("diverged");
    expect(again.values.at(-1)).toBeLessThan(again.values[0] ?? NaN);
  });

  it.each([
    ["a bowl", "x^2 + 50 y^2", [1, 1]], ["a quartic", "x^4 + y^2", [2, 1]], ["Himmelblau", "(x^2+y-11)^2 + (x+y^2-7)^2", [0, 0]],
    ["a sum of exponentials", "exp(x) + exp(-2x) + y^2", [3, 1]],
  ] as const)("names a rate close to the largest that stays, by trial, on %s", (_, text, start) => {
    const objective = compiled(text, [...start]);
    const runAt = (learningRate: number) => minimize(objective, { method: "gd", learningRate, maxIterations: 400 });
    const safe = runAt(5).divergence?.safeLearningRate ?? NaN;
    expect(runAt(safe).status).not.toBe("diverged");
    // What a person would call the next larger ones: one of them leaves, or is past what theory bears somewhere on the way.
    const { bound = Infinity } = runAt(5).divergence ?? {};
    expect(runAt(4 * safe).status === "diverged" || 4 * safe > bound).toBe(true);
  });

  it("finds the curvature at the start, before anything was left", () => {
    const { divergence } = minimize(compiled("(1-x)^2 + 100 (y-x^2)^2", [-1.2, 1]), { method: "gd", learningRate: 0.01 });
    // The larger eigenvalue of [[1330, 480], [480, 200]].
    expect(divergence?.curvature).toBeGreaterThanOrEqual(1506);
  });

  it("takes the highest rate of a schedule to be the one to blame", () => {
    const schedule = { kind: "one-cycle", maxLearningRate: 0.45 } as const;
    const { divergence } = minimize(quadratic([50], [1]), { method: "gd", learningRate: 1e-3, schedule, maxIterations: 200 });
    expect(divergence?.learningRate).toBeGreaterThan(0.04);
  });

  it("says of a function without a bottom that it may have none", () => {
    const run = minimize(compiled("-x^2 + y^2", [1, 1]), { method: "gd", learningRate: 0.4, maxIterations: 3000 });
    expect(run.status).toBe("diverged");
    expect(run.reason).toMatch(/only got better on the way, so the function may have no lowest point$/);
    expect(run.divergence).toBeUndefined();
  });
});

describe("a start where nothing can be computed", () => {
  it.each([
    ["value", Infinity, 0, "the value is infinite at the start"],
    ["value", NaN, NaN, "the value is not a number at the start"],
    ["gradient", 1, NaN, "the gradient is not finite at the start"],
  ])("fails for its %s", (_, value, slope, reason) => {
    const broken = objectiveOf({
      name: "broken",
      start: [0],
      value: () => value,
      gradient: (_x, out) => (out[0] = slope),
    });
    const run = minimize(broken, { method: "gd" });
    expect(run).toMatchObject({ status: "failed", iterations: 0, reason });
    expect(run.values).toHaveLength(1);
  });

  it("does not mistake squares that overflow for a gradient that does", () => {
    const steep = quadratic([1e200], [1]);
    const run = minimize(steep, { method: "gd", learningRate: 1e-200 });
    expect(run.gradientNorms[0]).toBe(1e200);
    expect(run.status).toBe("converged");
  });
});
