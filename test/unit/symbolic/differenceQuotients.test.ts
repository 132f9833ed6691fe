import { describe, expect, test } from "vitest";
import { compile, type Objective, readProgram } from "../../../src/core/index";

const objectiveOf = (text: string): Objective => compile(readProgram({ text, language: "math" }));

describe("the limit that defines a derivative", () => {
  test("comes nearer with each smaller h, until rounding takes over", () => {
    const quotients = objectiveOf("x^2").differenceQuotients?.(Float64Array.of(3), 0);
    expect(quotients?.limit).toBe(6);
    expect(quotients?.rows.slice(0, 4).map(({ h }) => h)).toEqual([1, 0.1, 0.01, 0.001]);
    // ((3 + h)² − 9)/h = 6 + h.
    quotients?.rows.slice(0, 7).forEach(({ h, quotient, error }) => {
      expect(quotient).toBeCloseTo(6 + h, 6);
      expect(error).toBe(Math.abs(quotient - 6));
    });
    const errors = quotients?.rows.map(({ error }) => error) ?? [];
    expect(errors.indexOf(Math.min(...errors))).toBeGreaterThanOrEqual(6);
    expect(errors.at(-1)).toBeGreaterThan(0.1);
  });
  test("is taken along one coordinate, and leaves the point as it was", () => {
    const x = Float64Array.of(1, 2);
    const quotients = objectiveOf("x^2 y + y").differenceQuotients?.(x, 1);
    expect(quotients?.limit).toBe(2);
    expect(quotients?.rows[0]?.quotient).toBe(2);
    expect([...x]).toEqual([1, 2]);
  });
  test.each([
    ["x^2", 0, "((x + h)^2 - x^2) / h"],
    ["x y^2", 1, "(x * (y + h)^2 - x * y^2) / h"],
    ["h^2", 0, "((h + k)^2 - h^2) / k"],
    ["sin(x)", 0, "(sin(x + h) - sin(x)) / h"],
    ["1 - x", 0, "(1 - (x + h) - (1 - x)) / h"],
  ])("of %s by coordinate %d is written %s", (text, coordinate, written) => {
    const objective = objectiveOf(text);
    expect(objective.differenceQuotients?.(objective.start, coordinate).definition?.math()).toBe(written);
  });
  test.each<[string, number, { left: number; right: number } | undefined]>([
    ["abs(x)", 0, { left: -1, right: 1 }], ["max(0, x)", 0, { left: 0, right: 1 }], ["abs(x^2 - 4)", 2, { left: -4, right: 4 }], ["x < 1 ? 2x : x + 1", 1, { left: 2, right: 1 }],
    ["abs(x)", 1, undefined], ["x^2", 0, undefined], ["1000 x^2 + x", 0, undefined], ["abs(x)^3", 0, undefined], ["x abs(x)", 0, undefined], ["e^x", 100, undefined], ["x^2", 1e6, undefined],
    // No slope on one side, or none that stands still.
    ["sqrt(x)", 0, undefined], ["cbrt(x)", 0, undefined], ["floor(x)", 1, undefined], ["1/x", 0, undefined], ["x^2 sin(1/x)", 0, undefined],
  ])("of %s at %d has sides of its own only at a kink", (text, x, sides) => {
    expect(objectiveOf(text).differenceQuotients?.(Float64Array.of(x), 0).sides).toEqual(sides);
  });
  test("of |x| at 0 does not converge to what convention says", () => {
    const quotients = objectiveOf("abs(x)").differenceQuotients?.(Float64Array.of(0), 0);
    expect(quotients?.limit).toBe(0);
    expect(quotients?.rows.every(({ quotient }) => quotient === 1)).toBe(true);
  });
});
