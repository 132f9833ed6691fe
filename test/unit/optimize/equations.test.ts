import { type Matrix, evaluate, identity, matrix, subtract } from "mathjs";
import { describe, expect, it } from "vitest";
import type { Settings } from "../../../src/core/optimize/method";
import { methodOf, methods } from "../../../src/core/optimize/methods";
import type { Method, RuleStepper } from "../../../src/core/optimize/method";
import { minimize } from "../../../src/core/optimize/minimize";
import { compiled, finalIterate, seededRandom } from "./testObjectives";

/** Every method as it comes, and with each of its switches and decays turned on. */
const cases = methods.filter((method): method is Method<RuleStepper> => method.kind === "rule").flatMap((method) => {
  const variants: Settings[] = [{}];
  if ("weightDecay" in method.defaults) variants.push({ weightDecay: 0.1 });
  if ("momentum" in method.defaults) variants.push({ momentum: 0.6 });
  if ("learningRateDecay" in method.defaults) variants.push({ learningRateDecay: 0.2, initialAccumulatorValue: 0.3 });
  for (const flag of ["centered", "amsgrad", "decoupledWeightDecay"]) {
    if (flag in method.defaults) variants.push({ [flag]: true, weightDecay: 0.05 });
  }
  if (method.id === "momentum") variants.push({ dampening: 0.3, weightDecay: 0.1 });
  if (method.id === "rmsprop") variants.push({ centered: true, momentum: 0.4 });
  return variants.map((parameters) => ({ method, parameters }));
});

describe("the equations shown for a method are what its code does", () => {
  it.each(cases.map((c) => [`${c.method.title} ${JSON.stringify(c.parameters)}`, c] as const))(
    "%s",
    (_, { method, parameters }) => {
      const random = seededRandom(42);
      const learningRate = 0.05;
      const stepper = method.begin(1, parameters, learningRate);
      const x = Float64Array.of(1.5);
      // One coordinate, as the equations are written, read by a parser that knows nothing of the code.
      const scope = new Map<string, unknown>(Object.entries({ ...method.defaults, ...parameters, x: 1.5, learningRate }));
      for (const [name, array] of Object.entries(stepper.state)) scope.set(name, array[0]);
      for (let t = 1; t <= 12; t++) {
        const g = 4 * random() - 2;
        stepper.update(x, Float64Array.of(g), learningRate, t);
        scope.set("t", t);
        scope.set("g", g);
        for (const { target, expression } of stepper.equations) scope.set(target, evaluate(expression, scope));
        expect(scope.get("x")).toBeCloseTo(x[0] ?? NaN, 12);
        for (const [name, array] of Object.entries(stepper.state)) {
          if (array.length > 0) expect(scope.get(name), name).toBeCloseTo(array[0] ?? NaN, 12);
        }
      }
    },
  );
});

describe("the equations shown for a method that searches, in vectors, are what its code does", () => {
  const objective = compiled("(1 - x)^2 + 10 (y - x^2)^2 + x y / 3", [-1.2, 1]);
  const searching = [...methods.filter(({ kind }) => kind === "searching"), methodOf("gd", "armijo")];
  it.each(searching.map((method) => [method.id, method] as const))("%s", (id, method) => {
    const lineSearch = method.lineSearch ?? "none";
    const run = minimize(objective, { method: id, lineSearch, maxIterations: 12, stop: {} });
    const { equations } = method.begin(2, {}, 1);
    const column = (rows: Float64Array, k: number) => matrix([[rows[2 * k] ?? NaN], [rows[2 * k + 1] ?? NaN]]);
    const square = (entries: Float64Array) => matrix([[entries[0] ?? NaN, entries[1] ?? NaN], [entries[2] ?? NaN, entries[3] ?? NaN]]);
    const recorded = (name: string, rows: Float64Array, k: number): unknown => {
      if (rows.length === run.values.length) return rows[k];
      if (rows.length === 2 * run.values.length) return column(rows, k);
      // A matrix the code keeps in one: before it learns the first time, BFGS scales it, which no equation of a single step shows.
      return name === "inverseHessian" || name === "hessian" ? square(rows.subarray(4 * k, 4 * k + 4)) : undefined;
    };
    for (let k = 3; k < run.iterations; k++) {
      const scope = new Map<string, unknown>([["x", column(run.iterates, k - 1)], ["g", column(run.gradients, k - 1)], ["I", identity(2)]]);
      scope.set("H", square(objective.hessian(run.iterates.slice(2 * k - 2, 2 * k))));
      // Lengths, shifts and radii are the search's to find; everything else follows from them by the equations.
      for (const [name, rows] of Object.entries(run.internals)) {
        const isFound = rows.length === run.values.length || !equations.some(({ target }) => target === name);
        scope.set(name, recorded(name, rows, isFound ? k : k - 1));
      }
      for (const { target, expression } of equations) scope.set(target, evaluate(expression, scope));
      const [x = NaN, y = NaN] = (scope.get("x") as Matrix).toArray().flat().map(Number);
      expect(x, `x after ${k}`).toBeCloseTo(run.iterates[2 * k] ?? NaN, 9);
      expect(y, `y after ${k}`).toBeCloseTo(run.iterates[2 * k + 1] ?? NaN, 9);
      for (const { target } of equations) {
        const rows = run.internals[target];
        if (!rows) continue;
        const difference = subtract(scope.get(target) as Matrix, recorded(target, rows, k) as Matrix).toArray().flat().map(Number);
        expect(Math.hypot(...difference), `${target} after ${k}`).toBeLessThan(1e-8);
      }
    }
    expect(Math.hypot(...finalIterate(run))).toBeGreaterThan(0);
  });
});
