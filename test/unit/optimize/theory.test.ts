import { describe, expect, it } from "vitest";
import { methods } from "../../../src/core/optimize/methods";
import { minimize } from "../../../src/core/optimize/minimize";
import type { MethodId } from "../../../src/core/optimize/types";
import { finalIterate, objectiveOf, quadratic, rosenbrock } from "./testObjectives";

const ids = methods.map((method) => method.id);

describe("gradient descent on a quadratic", () => {
  it.each([
    [0.5, true],
    [1.5, true],
    [1.99, true],
    [2.01, false],
    [2.5, false],
  ])("with ηλ = %d converges: %s", (product, converges) => {
    const lambda = 8;
    const run = minimize(quadratic([1, lambda], [1, 1]), {
      method: "gd",
      learningRate: product / lambda,
      maxIterations: 20_000,
    });
    expect(run.status).toBe(converges ? "converged" : "diverged");
  });

  it("with η = 1/λ arrives in one step", () => {
    const run = minimize(quadratic([4, 4], [3, -2]), { method: "gd", learningRate: 0.25 });
    expect(run.iterations).toBe(1);
    expect(finalIterate(run)).toEqual([0, 0]);
  });

  it("shrinks each coordinate by 1 − ηλ a step", () => {
    const run = minimize(quadratic([1, 3], [1, 1]), { method: "gd", learningRate: 0.1, maxIterations: 20, stop: {} });
    const [x = NaN, y = NaN] = finalIterate(run);
    expect(x).toBeCloseTo(0.9 ** 20, 12);
    expect(y).toBeCloseTo(0.7 ** 20, 12);
  });
});

describe("momentum", () => {
  it("without momentum is gradient descent", () => {
    const options = { learningRate: 1e-3, maxIterations: 50, stop: {} };
    const plain = minimize(rosenbrock, { method: "gd", ...options });
    const still = minimize(rosenbrock, { method: "momentum", parameters: { momentum: 0 }, ...options });
    expect(still.iterates).toEqual(plain.iterates);
  });

  it.each([
    ["momentum", 0.9, 3.8],
    ["momentum", 0.5, 3],
    ["nesterov", 0.9, 3.8 / 2.8],
  ] as const)("%s with μ = %d is stable up to ηλ = %d", (method, mu, bound) => {
    const outcome = (product: number) =>
      minimize(quadratic([1], [1]), {
        method,
        learningRate: product,
        parameters: { momentum: mu },
        maxIterations: 50_000,
      }).status;
    expect(outcome(bound * 0.99)).toBe("converged");
    expect(outcome(bound * 1.01)).toBe("diverged");
  });
});

describe("every method", () => {
  it.each(ids)("%s ascends −f as it descends f", (method) => {
    const upsideDown = objectiveOf({
      name: "−rosen",
      start: [-1.2, 1],
      value: (x) => -rosenbrock.value(x),
      gradient: (x, out) => rosenbrock.gradient(x, out).forEach((g, i) => (out[i] = -g)),
    });
    const options = { method, maxIterations: 60, stop: {} };
    const descent = minimize(rosenbrock, options);
    const ascent = minimize(upsideDown, { ...options, maximize: true });
    expect(ascent.iterates).toEqual(descent.iterates);
    expect(ascent.internals).toEqual(descent.internals);
    expect(Array.from(ascent.values)).toEqual(Array.from(descent.values, (value) => -value));
    expect(Array.from(ascent.gradients)).toEqual(Array.from(descent.gradients, (g) => -g));
  });

  it.each(ids)("%s starts afresh each time: nothing is carried over from one run to the next", (method) => {
    const options = { method, maxIterations: 25, stop: {} };
    const first = minimize(rosenbrock, options);
    minimize(rosenbrock, { ...options, start: Float64Array.of(0.3, 0.4) });
    const again = minimize(rosenbrock, options);
    expect(again).toEqual(first);
  });

  it.each(ids)("%s keeps its state by name from row 0, a row an iteration", (method) => {
    const run = minimize(rosenbrock, { method, maxIterations: 7, stop: {} });
    expect(run.iterates).toHaveLength(8 * 2);
    expect(Array.from(run.iterates.subarray(0, 2))).toEqual([-1.2, 1]);
    for (const [name, rows] of Object.entries(run.internals)) {
      // One number for all, one a coordinate, a matrix; or a history that is small enough.
      expect(rows.length % 8, name).toBe(0);
    }
    for (const rows of [run.values, run.gradientNorms, run.learningRates]) expect(rows).toHaveLength(8);
    expect(run.gradients).toHaveLength(8 * 2);
  });

  const rates: { [id in MethodId]?: number } = { adagrad: 1, adadelta: 30, rmsprop: 0.01, adamw: 0.1, gd: 0.1 };
  it.each(ids)("%s finds the bottom of a bowl", (method) => {
    const run = minimize(quadratic([1, 4], [2, -1]), {
      method,
      learningRate: rates[method] ?? 0.05,
      parameters: method === "adamw" ? { weightDecay: 0 } : {},
      maxIterations: 3000,
      stop: { gradientNorm: 0.05 },
    });
    expect(run.reason).toContain("gradient norm");
    expect(run.status).toBe("converged");
  });

  it.each(ids)("%s does not touch the start it was given", (method) => {
    const start = Float64Array.of(0.5, 0.5);
    minimize(rosenbrock, { method, start, maxIterations: 3 });
    expect(Array.from(start)).toEqual([0.5, 0.5]);
  });
});

describe("momentum's state", () => {
  it("is zero at the start, the first gradient after one step, and a decayed sum from then on", () => {
    const run = minimize(quadratic([2], [1]), { method: "momentum", learningRate: 0.1, maxIterations: 2, stop: {} });
    // x: 1 → 1 − 0.1·2 = 0.8 → 0.8 − 0.1·(0.9·2 + 1.6) = 0.46
    expect(Array.from(run.internals.velocity ?? [])).toEqual([0, 2, 0.9 * 2 + 2 * 0.8]);
    expect(finalIterate(run)[0]).toBeCloseTo(0.46, 14);
  });
});
