import { evaluate } from "mathjs";
import { describe, expect, it } from "vitest";
import type { Settings } from "../../../src/core/optimize/method";
import { methods } from "../../../src/core/optimize/methods";
import { seededRandom } from "./testObjectives";

/** Every method as it comes, and with each of its switches and decays turned on. */
const cases = methods.flatMap((method) => {
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
