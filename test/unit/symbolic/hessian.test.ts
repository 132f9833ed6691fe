import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import { derivatives } from "./derivativeCases";
import { formulaOf } from "./formulaOf";

const ideals = JSON.parse(readFileSync(new URL("../../fixtures/symbolic/ideals.json", import.meta.url), "utf8")) as
  { cases: { input: string; points: { at: Record<string, number> }[] }[] };
const cases = [
  ...derivatives.cases.map(({ expr, points }) => ({ text: expr, point: points[0] ?? {} })),
  ...ideals.cases.map(({ input, points }) => ({ text: input, point: points[0]?.at ?? {} })),
].map(({ text, point }) => ({ text, coordinates: Object.keys(point), at: Object.values(point) }));

describe.each(cases)("the Hessian of $text", ({ text, coordinates, at }) => {
  test("as printed is what second differences of the function itself come to, and symmetric", () => {
    const { formula } = formulaOf(`f(${coordinates.join(", ")}) = ${text}`);
    const f = (x: readonly number[]): number => evaluateNode(formula.valueNode, x);
    const hessian = formula.hessian();
    expect(hessian.map((row) => row.length)).toEqual(coordinates.map(() => coordinates.length));
    coordinates.forEach((_, i) => coordinates.forEach((__, j) => {
      const printed = hessian[i]?.[j]?.math() ?? "";
      expect(hessian[j]?.[i]?.math()).toBe(printed);
      const { formula: entry } = formulaOf(`f(${coordinates.join(", ")}) = ${printed}`);
      const found = evaluateNode(entry.valueNode, at);
      const expected = mixed(f, at, i, j);
      if (Number.isFinite(expected) && Number.isFinite(found)) expect(Math.abs(found - expected), printed).toBeLessThanOrEqual(2e-4 * Math.max(1, Math.abs(expected), Math.abs(f(at))));
    }));
  });
});

/** Central second differences, extrapolated once. */
function mixed(f: (x: readonly number[]) => number, x: readonly number[], i: number, j: number): number {
  const second = (h: number): number => {
    const at = (a: number, b: number): number => f(x.map((entry, k) => entry + (k === i ? a * h : 0) + (k === j ? b * h : 0)));
    return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h);
  };
  const h = 2e-3;
  return (4 * second(h / 2) - second(h)) / 3;
}

describe("second derivatives", () => {
  test("of many coordinates are worked out one by one, when they are printed", () => {
    const letters = Array.from({ length: 40 }, (_, i) => `x${i}`);
    const { formula } = formulaOf(letters.map((letter, i) => `sin(${letter} * ${letters[(i + 1) % 40] ?? ""})`).join(" + "));
    const begin = Date.now();
    const hessian = formula.hessian();
    expect(hessian).toHaveLength(40);
    expect(hessian[0]?.[5]?.math()).toBe("0");
    expect(hessian[0]?.[1]?.math()).toBe("cos(x0 * x1) - x0 * x1 * sin(x0 * x1)");
    expect(Date.now() - begin).toBeLessThan(1000);
  });
  test("of a function of one letter are one entry", () => {
    expect(formulaOf("x^3").formula.hessian().map((row) => row.map((entry) => entry.latex()))).toEqual([["6x"]]);
  });
});
