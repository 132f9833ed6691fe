import { describe, expect, it } from "vitest";
import { largestCurvature } from "../../../src/core/optimize/curvature";
import { explore } from "../../../src/core/optimize/explore";
import { methods } from "../../../src/core/optimize/methods";
import { minimize } from "../../../src/core/optimize/minimize";
import { suggestLearningRate } from "../../../src/core/optimize/suggestLearningRate";
import { beale, objectiveOf, quadratic, rosenbrock } from "./testObjectives";

const straight = objectiveOf({
  name: "straight",
  start: [1],
  value: (x) => 3 * (x[0] ?? NaN),
  gradient: (_x, out) => (out[0] = 3),
});
const decay = objectiveOf({
  name: "exp(−x)",
  start: [1],
  value: (x) => Math.exp(-(x[0] ?? NaN)),
  gradient: (x, out) => (out[0] = -Math.exp(-(x[0] ?? NaN))),
});
const sine = objectiveOf({
  name: "sin x",
  start: [0.5],
  value: (x) => Math.sin(x[0] ?? NaN),
  gradient: (x, out) => (out[0] = Math.cos(x[0] ?? NaN)),
});
const kinked = objectiveOf({
  name: "|x| + 2|y|",
  start: [3, 2],
  value: (x) => Math.abs(x[0] ?? NaN) + 2 * Math.abs(x[1] ?? NaN),
  gradient: (x, out) => {
    out[0] = Math.sign(x[0] ?? NaN);
    out[1] = 2 * Math.sign(x[1] ?? NaN);
  },
});
const constant = objectiveOf({ name: "constant", start: [1], value: () => 3, gradient: (_x, out) => (out[0] = 0) });
const quartic = objectiveOf({
  name: "x⁴",
  start: [1.5],
  value: (x) => (x[0] ?? NaN) ** 4,
  gradient: (x, out) => (out[0] = 4 * (x[0] ?? NaN) ** 3),
});

describe("the largest curvature", () => {
  it.each([[[2, 2]], [[1, 50]], [[100, 1]], [[1, -30]], [[3, 1, 2, 7, 5]]])("of ½Σ %j x² is found", (curvatures) => {
    const objective = quadratic(curvatures, curvatures.map(() => 1));
    const expected = Math.max(...curvatures.map(Math.abs));
    expect(largestCurvature(objective, objective.start) / expected).toBeCloseTo(1, 2);
  });

  it("of Rosenbrock's valley at its bottom is 1001.6", () => {
    expect(largestCurvature(rosenbrock, Float64Array.of(1, 1))).toBeCloseTo(1001.6, 0);
  });

  it("of a straight line is 0", () => {
    expect(largestCurvature(straight, straight.start)).toBeLessThan(1e-6);
  });
});

describe("exploring", () => {
  it.each([
    [quadratic([2, 2], [3, 4]), [0, 0], 1e-3],
    [quadratic([1, 2000], [30, 1]), [0, 0], 1e-3],
    [rosenbrock, [1, 1], 1e-3],
    [beale, [3, 0.5], 1e-3],
    [quartic, [0], 0.1],
  ])("finds the bottom of $name", (objective, bottom, tolerance) => {
    const { best, bestValue, settled } = explore(objective, objective.start, 300);
    bottom.forEach((b, i) => expect(Math.abs((best[i] ?? NaN) - b)).toBeLessThan(tolerance));
    expect(bestValue).toBe(objective.value(best));
    expect(settled).toBe(true);
  });

  it("climbs when asked to", () => {
    const hill = quadratic([-2, -1], [1, 1]);
    expect(explore(hill, hill.start, 300, -1)).toMatchObject({ settled: true });
    expect(explore(hill, hill.start, 300, -1).bestValue).toBeCloseTo(0, 6);
  });

  it.each([straight, decay])("does not call $name a bottom", (objective) => {
    expect(explore(objective, objective.start, 300).settled).toBe(false);
  });

  it("stays in the valley it is in", () => {
    expect(explore(sine, sine.start, 300).best[0]).toBeCloseTo(-Math.PI / 2, 6);
  });

  it("gets no further than the start where nothing can be computed", () => {
    const broken = objectiveOf({ name: "broken", start: [2], value: () => NaN, gradient: (_x, out) => (out[0] = 1) });
    expect(Array.from(explore(broken, broken.start, 300).best)).toEqual([2]);
  });
});

describe("the suggested learning rate", () => {
  it("for x² + y² is a quarter", () => {
    expect(suggestLearningRate(quadratic([2, 2], [2, 1]), Float64Array.of(2, 1), "gd")).toBe(0.25);
  });

  it("has one or two digits", () => {
    for (const { id } of methods) {
      const rate = suggestLearningRate(rosenbrock, rosenbrock.start, id);
      expect(Number(rate.toPrecision(2)), id).toBe(rate);
    }
  });

  it("of a function without curvature is PyTorch's", () => {
    expect(suggestLearningRate(constant, constant.start, "gd")).toBe(1e-3);
  });

  const objectives = [quadratic([2, 2], [2, 1]), quadratic([1, 300], [40, 1]), rosenbrock, beale, quartic, straight, decay, sine, kinked];
  const cases = objectives.flatMap((objective) =>
    methods.filter(({ kind }) => kind === "rule").map((method) => [method.id, objective.name, objective] as const));
  it.each(cases)("lets %s go down on %s", (method, _name, objective) => {
    const learningRate = suggestLearningRate(objective, objective.start, method);
    const run = minimize(objective, { method, learningRate, maxIterations: 150 });
    expect(run.status).not.toBe("diverged");
    expect(run.values[run.iterations]).toBeLessThan(run.values[0] ?? NaN);
  });

  it.each(["adam", "rmsprop", "adagrad", "rprop", "momentum", "gd"] as const)(
    "lets %s come down nine tenths of the way in 150 steps",
    (method) => {
      for (const objective of [quadratic([2, 2], [2, 1]), quadratic([1, 30], [40, 1]), quartic]) {
        const learningRate = suggestLearningRate(objective, objective.start, method);
        const run = minimize(objective, { method, learningRate, maxIterations: 150 });
        expect(run.values[run.iterations] ?? NaN, objective.name).toBeLessThan(0.1 * (run.values[0] ?? NaN));
      }
    },
  );

  it("of a function without a bottom is one that lets it be seen going down", () => {
    const cubic = objectiveOf({
      name: "2x + 3xy + y³",
      start: [2, 1.5],
      value: ([x = NaN, y = NaN]) => 2 * x + 3 * x * y + y ** 3,
      gradient: ([x = NaN, y = NaN], out) => {
        out[0] = 2 + 3 * y;
        out[1] = 3 * x + 3 * y * y;
      },
    });
    const learningRate = suggestLearningRate(cubic, cubic.start, "gd");
    const { iterates } = minimize(cubic, { method: "gd", learningRate, maxIterations: 20 });
    expect(Math.hypot((iterates[40] ?? NaN) - 2, (iterates[41] ?? NaN) - 1.5)).toBeGreaterThan(0.5);
  });

  it("serves going up as well", () => {
    const hill = quadratic([-2, -2], [2, 1]);
    expect(suggestLearningRate(hill, hill.start, "gd", true)).toBe(0.25);
  });
});
