import { describe, expect, test } from "vitest";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import { derivatives } from "./derivativeCases";
import { formulaOf } from "./formulaOf";

describe("derivatives known to other projects", () => {
  test.each(derivatives.cases)("$id: $expr by $wrt, order $order", ({ expr, wrt, order, points, values }) => {
    const names = Object.keys(points[0] ?? {});
    const { formula, coordinates } = formulaOf(`f(${names.join(", ")}) = ${expr}`);
    const at = coordinates.indexOf(wrt);
    points.forEach((point, i) => {
      const x = coordinates.map((name) => point[name] ?? NaN);
      const value = at < 0 ? 0 : evaluateNode(order === 1 ? formula.partialNode(at) : formula.secondNode(at, at), x);
      const known = values[i] ?? NaN;
      expect(Math.abs(value - known)).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(known)));
    });
  });
});

describe("where peers are wrong", () => {
  const slope = (text: string, x: number[]): number => evaluateNode(formulaOf(text).formula.partialNode(0), x);

  test("acoth has the derivative 1/(1 − x²), with that sign", () => {
    expect(slope("acoth(2x)", [1.5])).toBeCloseTo(2 / (1 - 9), 12);
  });
  test("√(x²) falls left of 0", () => {
    expect(slope("(x^2)^0.5", [-3])).toBe(-1);
  });
  test("x^x takes both the base and the exponent into account", () => {
    expect(slope("x^x", [2])).toBeCloseTo(4 * (Math.log(2) + 1), 12);
  });
  test("max and atan2 have derivatives", () => {
    expect(slope("max(x, y)", [2, 1])).toBe(1);
    expect(slope("atan2(x, y)", [1, 2])).toBeCloseTo(2 / 5, 12);
  });
});
