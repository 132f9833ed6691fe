import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import type { DerivationStep, Printable } from "../../../src/core/symbolic/formula";
import { derivatives } from "./derivativeCases";
import { formulaOf } from "./formulaOf";

const stepsOf = (text: string, coordinate = 0): DerivationStep => formulaOf(text).formula.steps(coordinate);
const all = (step: DerivationStep): DerivationStep[] => [step, ...step.children.flatMap(all)];
const seen = (step: DerivationStep): DerivationStep[] => [step, ...(step.open ? step.children.flatMap(seen) : [])];
const inner = (step: DerivationStep | undefined): string[] => (step?.inner ? [step.inner.name, step.inner.value, step.inner.derivative].map((part) => part.math()) : []);

interface Case { text: string; coordinates: string[]; at: number[] }
const ideals = JSON.parse(readFileSync(new URL("../../fixtures/symbolic/ideals.json", import.meta.url), "utf8")) as
  { cases: { input: string; points: { at: Record<string, number> }[] }[] };
const cases: Case[] = [
  ...derivatives.cases.map(({ expr, points }) => ({ text: expr, point: points[0] ?? {} })),
  ...ideals.cases.map(({ input, points }) => ({ text: input, point: points[0]?.at ?? {} })),
].map(({ text, point }) => ({ text, coordinates: Object.keys(point), at: Object.values(point) }));

/** A printed expression as a function of the coordinates, read anew. */
function readBack(of: Printable, coordinates: readonly string[]): (x: readonly number[]) => number {
  const { formula } = formulaOf(`f(${coordinates.join(", ")}) = ${of.math()}`);
  return (x) => evaluateNode(formula.valueNode, x);
}

/** Central differences of fourth order: knows nothing of rules. */
function slope(f: (x: readonly number[]) => number, x: readonly number[], coordinate: number): number {
  const h = 1e-3 * Math.max(1, Math.abs(x[coordinate] ?? 0));
  const at = (by: number): number => f(x.map((entry, i) => (i === coordinate ? entry + by * h : entry)));
  return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h);
}

describe.each(cases)("each step of $text", ({ text, coordinates, at }) => {
  test("leads from an expression to its derivative, and nowhere else", () => {
    const { formula } = formulaOf(`f(${coordinates.join(", ")}) = ${text}`);
    coordinates.forEach((_, coordinate) => {
      const root = formula.steps(coordinate);
      for (const step of all(root)) {
        for (const { before, after } of [step, ...(step.alike ?? [])]) {
          const expected = slope(readBack(before, coordinates), at, coordinate);
          const found = readBack(after, coordinates)(at);
          if (!Number.isFinite(expected)) continue;
          expect(Math.abs(found - expected), `${before.math()} => ${after.math()}`).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)));
        }
        if (step.simplification) {
          const [from, to] = [step.simplification.from, step.after].map((part) => readBack(part, coordinates)(at));
          if (Number.isFinite(from)) expect(Math.abs((to ?? NaN) - (from ?? NaN)), step.simplification.from.math()).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(from ?? NaN)));
          expect(step.simplification.by.length).toBeGreaterThan(0);
        }
        if (step.inner) {
          const expected = slope(readBack(step.inner.value, coordinates), at, coordinate);
          const found = readBack(step.inner.derivative, coordinates)(at);
          if (Number.isFinite(expected)) expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)));
        }
      }
      expect(root.after.math()).toBe(formula.gradient[coordinate]?.math());
      expect(seen(root).length).toBeLessThanOrEqual(12);
    });
  });
});

describe("rules are called what a teacher calls them", () => {
  test.each([
    ["3x", "constant multiple"], ["-x", "constant multiple"], ["x/3", "constant multiple"], ["x + x^2", "sum"], ["x - x^2", "difference"],
    ["x^3", "power"], ["x sin x", "product"], ["sin(x)/x", "quotient"], ["1/x", "reciprocal"], ["sin(x^2)", "sine, chain"], ["e^x", "exponential"],
    ["2^x", "exponential"], ["ln x", "logarithm"], ["log10(x)", "logarithm"], ["x^x", "logarithmic differentiation"], ["sqrt(x)", "square root"],
    ["x^0.5", "square root"], ["cbrt(x)", "cube root"], ["cos x", "cosine"], ["atan x", "arctangent"], ["tanh x", "hyperbolic tangent"],
    ["abs(x)", "absolute value"], ["max(x, 2)", "maximum"], ["min(x, x^2)", "minimum"], ["x > 0 ? x : x^2", "piecewise"],
  ])("%s: %s", (text, rule) => {
    expect(stepsOf(text).rule).toBe(rule);
  });
});

describe("a chain shows its inner function", () => {
  test("with its derivative", () => {
    expect(inner(stepsOf("sin(x^2 + 1)"))).toEqual(["u", "x^2 + 1", "2 * x"]);
  });
  test("under another letter for each that stands in another, none of them an unknown's", () => {
    const outer = stepsOf("sin(e^(u^2))");
    expect(inner(outer)).toEqual(["v", "exp(u^2)", "2 * u * exp(u^2)"]);
    expect(inner(outer.children[0])).toEqual(["w", "u^2", "2 * u"]);
  });
  test("and is not told as a step where one sees it", () => {
    expect(stepsOf("(2x + 3)^5").children).toEqual([]);
    expect(stepsOf("(x^2 + 3)^5").children.map((step) => step.rule)).toEqual(["sum"]);
  });
});

describe("what one sees is no step", () => {
  test("the slopes of x + 1 and 3 − x, beside a product or a quotient", () => {
    for (const text of ["(x + 1)/(x - 1)", "x (3 - x)", "(x + 2)(x - 1)"]) expect(stepsOf(text).children, text).toEqual([]);
  });
});

describe("what would be told twice is told once", () => {
  test("many terms of a sum that go the same way", () => {
    const text = Array.from({ length: 30 }, (_, i) => `(${i + 2} x - ${i} y + 1)^2`).join(" + ");
    const root = stepsOf(text);
    expect(root.children).toHaveLength(1);
    expect(root.children[0]?.alike).toHaveLength(29);
    expect(root.children[0]?.alike?.[0]?.after.math()).toBe("6 * (3 * x - y + 1)");
  });
  test("a few terms stay apart", () => {
    expect(stepsOf("x^4 + x^3 + x^2").children.map((step) => step.after.math())).toEqual(["4 * x^3", "3 * x^2", "2 * x"]);
  });
  test("a multiple of a multiple", () => {
    expect(all(stepsOf("-(3 * x^2) / 7")).map((step) => step.rule)).toEqual(["constant multiple", "power"]);
  });
  test("a sum of many different terms is told in two, the second part folded", () => {
    const root = stepsOf("x^2 + sin x + cos x + tan x + e^x + ln x + sqrt(x) + 1/x + atan x + asin x + sinh x + cosh x + tanh x");
    expect(root.children).toHaveLength(9);
    expect(root.children[8]?.before.math()).toBe("atan(x) + asin(x) + sinh(x) + cosh(x) + tanh(x)");
    expect(seen(root)).toHaveLength(10);
    expect(all(root)).toHaveLength(15);
  });
});

describe("the last step names how the result was made shorter", () => {
  test.each([
    ["x e^(-x)", ["factor out"]],
    ["sqrt(x^2 + 1)", ["cancel"]],
    ["(2x + 1)^5", ["multiply the numbers"]],
    ["(x^2 + 1)/(x - 1)", ["multiply out and collect like terms"]],
    ["sin(x) + x cos(x)", ["collect like terms"]],
    ["x * x^2.5", ["combine powers", "collect like terms"]],
    ["tan x", ["1 + tan² = sec²"]],
    ["tan(x^2)", ["1 + tan² = sec²"]],
    ["tanh(3x)", ["1 − tanh² = sech²"]],
    ["sin(x) cos(x)", ["combine powers", "double angle"]],
    ["sin(x)/(1 + cos(x))", ["combine powers", "sin² + cos² = 1", "cancel"]],
    ["sinh(x)/cosh(x)", ["combine powers", "cosh² − sinh² = 1"]],
    ["ln(tan(x))", ["tan = sin/cos"]],
    ["ln((1 + x)/(1 - x))", ["cancel", "multiply out"]],
    ["ln(x + sqrt(x^2 + 1))", ["cancel"]],
    ["asin(x/2)", ["clear fractions"]],
    ["(e^x - e^-x)/(e^x + e^-x)", ["combine powers", "multiply out and collect like terms"]],
  ])("of %s", (text, by) => {
    expect(stepsOf(text).simplification?.by).toEqual(by);
  });
  test("and says nothing where the rule gives the result", () => {
    for (const text of ["x^3", "x sin x", "sin(x)/x", "ln(x) + x^2", "1/x"]) expect(stepsOf(text).simplification, text).toBeUndefined();
  });

  test.each([
    ["100 (1 - x^2)^2", "100 * (-4 * x * (1 - x^2))"],
    ["cos(2x)^3", "3 * cos(2 * x)^2 * (-2 * sin(2 * x))"],
    ["5 cos(3x)", "5 * (-3 * sin(3 * x))"],
  ])("a minus stays with its factor: %s", (text, from) => {
    expect(stepsOf(text).simplification?.from.math()).toBe(from);
  });
});

describe("a sum over an index", () => {
  const text = `const xs = Array.from({ length: 50 }, (_, i) => i / 10), ys = xs.map((x) => 2 * x + 1);
export function loss(w: number, b: number) {
  let total = 0;
  for (let i = 0; i < xs.length; i++) {
    const error = w * xs[i] + b - ys[i];
    total += error ** 2;
  }
  return total / xs.length;
}`;
  const objective = compile(readProgram({ text, language: "typescript" }), "loss");
  test("is gone into by its own rule, and then told as any other expression", () => {
    const root = objective.formula?.steps(0);
    const told = root ? all(root) : [];
    expect(told.map((step) => step.rule)).toEqual(["constant multiple", "sum over an index", "power, chain"]);
    expect(told[2]?.before.latex()).toBe("(w x_i + b - y_i)^2");
    expect(told[2]?.after.latex()).toBe("2x_i (w x_i + b - y_i)");
    expect(inner(told[2])[0]).toBe("u");
    expect(root?.after.latex()).toBe(objective.formula?.gradient[0]?.latex());
  });
  test("has w + h inside it, where the difference quotient puts it", () => {
    const { definition } = objective.differenceQuotients?.(objective.start, 0) ?? {};
    expect(definition?.latex()).toContain("((w + h) x_i + b - y_i)^2");
  });
});

describe("shared parts", () => {
  test("are told in full once, however often they occur", () => {
    // Each line doubles the length of what is written out.
    const text = "export function f(x: number) { let t = x * x; t = Math.sin(t) * t; t = Math.sin(t) * t; t = Math.sin(t) * t; t = Math.sin(t) * t; t = Math.sin(t) * t; return t; }";
    const root = compile(readProgram({ text, language: "typescript" }), "f").formula?.steps(0);
    expect(root && all(root).length).toBeLessThan(100);
  });
});
