import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import { objectiveOf } from "../support/objectiveOf";

interface Seen { code: string; at: string; message: string }

/** The warnings of the function f in a text, each with the text it stands on. */
function warningsOf(text: string, start: unknown[]): Seen[] {
  const lines = text.split("\n");
  return compile(readProgram({ text, language: "typescript" }), "f", { start }).warnings
    .filter(({ code }) => code.startsWith("W"))
    .map(({ code, message, range }) => ({
      code, message,
      at: range.start.line === range.end.line ? (lines[range.start.line] ?? "").slice(range.start.character, range.end.character) : `line ${range.start.line}`,
    }));
}

const mathWarnings = (expression: string, variables: string[], start: number[]): string[] =>
  objectiveOf(expression, variables, { start }).warnings.map(({ code }) => code);

describe("a gradient that is zero everywhere", () => {
  it("names the unknowns that the result does not depend on, where it depends on others", () => {
    const [warning, ...others] = warningsOf("function f(a: number, b: number, c: number) {\n  return a * a + 0 * 3;\n}", [1, 2, 3]);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ code: "W201", message: "The result does not depend on b and c, so a descent will not move them." });
  });

  it("says which step is in the way of which unknown", () => {
    const warnings = warningsOf("function f(a: number, b: number) {\n  return a * a + Math.floor(b / 2);\n}", [1, 3]);
    expect(warnings).toEqual([{ code: "W201", at: "Math.floor(b / 2)", message: "The derivative by b is zero everywhere because of floor: its result changes only in jumps." }]);
  });

  it("says so of the whole where no unknown reaches the result", () => {
    expect(warningsOf("function f(a: number) {\n  return Math.round(a);\n}", [1.2])).toMatchObject([{ code: "W201", at: "Math.round(a)" }]);
    expect(warningsOf("function f(a: number) {\n  return a ** 0;\n}", [1.2])).toMatchObject([{ code: "W201", message: expect.stringContaining("does not depend on the unknowns") as string }]);
  });

  it("says nothing of an array of which some elements are used", () => {
    expect(warningsOf("function f(w: number[]) {\n  return w[0] ** 2;\n}", [[1, 2]])).toEqual([]);
  });
});

describe("a start on a kink", () => {
  it.each([
    ["const r = x - 2;\n  return 3 + Math.abs(r);", [2], ["Math.abs(r)"]],
    ["return Math.max(x, 1) + x;", [1], ["Math.max(x, 1)"]],
    ["return Math.min(...[x, 2 * x, 4]);", [4], ["Math.min(...[x, 2 * x, 4])"]],
    ["if (x >= 1) return x * x;\n  return x;", [1], ["x >= 1"]],
    ["return x > 0 ? 2 * x : x;", [0], ["x > 0"]],
    ["return x !== 0 ? x : 3;", [0], ["x !== 0"]],
    ["return Math.sqrt(x);", [0], ["Math.sqrt(x)"]],
    ["return Math.cbrt(x);", [0], ["Math.cbrt(x)"]],
    ["return x ** 0.5;", [0], ["x ** 0.5"]],
    ["return Math.acos(x);", [1], ["Math.acos(x)"]],
    ["return x * Math.floor(x);", [2], ["Math.floor(x)"]],
    ["return x % 2;", [4], ["x % 2"]],
    ["return Math.hypot(x, 2 * x);", [0], ["Math.hypot(x, 2 * x)"]],
  ])("%s at %j: the operation and its place", (body, start, places) => {
    const warnings = warningsOf(`function f(x: number): number {\n  ${body}\n}`, start);
    expect(warnings.map(({ code }) => code)).toEqual(places.map(() => "W202"));
    expect(warnings.map(({ at }) => at)).toEqual(places);
  });

  it("in a loop, with the first turn it happens in", () => {
    const text = "const xs = [3, 2, 1, 0];\nfunction f(w: number) {\n  let sum = 0;\n  for (let i = 0; i < xs.length; i++) sum += Math.max(0, 1 - xs[i] * w);\n  return sum;\n}";
    expect(warningsOf(text, [0.5])).toEqual([
      { code: "W202", at: "Math.max(0, 1 - xs[i] * w)", message: "The start lies where the arguments of max are equal, first when i = 1; the slope is not unique there." },
    ]);
  });

  it.each([
    ["abs(x)^3", 0], ["abs(x) x", 0], ["max(x, 0)^2", 0], ["x >= 1 ? x^2 : 2x - 1", 1], ["max(x, x)", 1], ["hypot(x, x)^2", 0], ["x^1.5 + 1", 1], ["x > 0 ? x^3 : -x^3", 0],
    ["floor(x) + x", 1.5], ["max(x, 3)", 1], ["0 abs(x) + x", 0],
  ])("is no kink of %s at %d, which has one slope there", (expression, start) => {
    expect(mathWarnings(expression, ["x"], [start])).toEqual([]);
  });

  it("is found among a million rows in well under the time that interpreting them would take", () => {
    const text = "function f(w: number, xs: number[]) {\n  let sum = 0;\n  for (const x of xs) sum += Math.abs(w - x);\n  return sum;\n}";
    const xs = Float64Array.from({ length: 1_000_000 }, (_, i) => (i === 700_000 ? 0.5 : Math.sin(i)));
    const objective = compile(readProgram({ text, language: "typescript" }), "f", { start: [0.5, xs], variables: ["w"] });
    objective.gradient(objective.start);
    const before = performance.now();
    const codes = objective.warnings.map(({ code, message }) => [code, message]);
    const elapsed = performance.now() - before;
    expect(codes).toEqual([["W202", "The start lies on the kink of an absolute value, first in turn 700001 of the loop; its slope there is taken as 0."]]);
    expect(elapsed).toBeLessThan(2000);
  });
});

describe("a value that is not finite at the start", () => {
  it.each([
    ["return x - 0 * Math.log(x);", 0, "Math.log(x)", "not a number: here the logarithm of x = 0 is -infinity"],
    ["const inner = x - 2;\n  return x + Math.log(inner);", 1, "Math.log(inner)", "not a number: here the logarithm of inner = -1 is not a number"],
    ["const e = Math.exp(x);\n  return e / (e - 1);", 800, "Math.exp(x)", "not a number: here the exponential of x = 800 is infinity"],
    ["return Math.exp(x);", 800, "Math.exp(x)", "infinite: here the exponential of x = 800 is infinity"],
    ["return 1 / (x - x);", 5, "1 / (x - x)", "infinite: here the quotient of 1 and 0 is infinity"],
    ["return Math.pow(x, 0.5) + x;", -4, "Math.pow(x, 0.5)", "not a number: here the power of x = -4 and 0.5 is not a number"],
    // What overflows on the way and does no harm is not blamed.
    ["const harmless = 1 / (1 + Math.exp(1000 * x));\n  return harmless + Math.sqrt(-x);", 1, "Math.sqrt(-x)", "not a number: here the square root of -1 is not a number"],
  ])("%s at %d", (body, start, at, message) => {
    expect(warningsOf(`function f(x: number): number {\n  ${body}\n}`, [start])).toEqual([{ code: "W203", at, message: `At the start the value is ${message}.` }]);
  });

  it.each([
    ["for (let i = 0; i < xs.length; i++) sum += w / xs[i];", [1, 2, 0, 4], "w / xs[i]", "infinite: here the quotient of w = 1 and 0 is infinity, first when i = 2"],
    ["for (const x of xs) sum += Math.sqrt(x * w);", [4, -9, 1], "Math.sqrt(x * w)", "not a number: here the square root of -9 is not a number, first in turn 2 of the loop"],
    ["sum = xs.map((x) => x * w).reduce((a, b) => a + Math.log(b), 0);", [4, 1, -1], "Math.log(b)", "not a number: here the logarithm of b = -1 is not a number, first in turn 3 of the loop"],
  ])("in a loop, with the first turn: %s", (loop, xs, at, message) => {
    const text = `const xs = ${JSON.stringify(xs)};\nfunction f(w: number) {\n  let sum = 0;\n  ${loop}\n  return sum / 2;\n}`;
    expect(warningsOf(text, [1])).toEqual([{ code: "W203", at, message: `At the start the value is ${message}.` }]);
  });

  it("says where data brings a NaN in", () => {
    const text = "function f(w: number, xs: number[]) {\n  let sum = 0;\n  for (let i = 0; i < xs.length; i++) sum += (xs[i] - w) ** 2;\n  return sum;\n}";
    const objective = compile(readProgram({ text, language: "typescript" }), "f", { start: [1, [1, NaN, 3]], variables: ["w"] });
    expect(objective.warnings).toMatchObject([{ code: "W203", message: "At the start the value is not a number: here an element of xs is not a number, first when i = 1." }]);
  });

  it("stands on the sub-expression of a formula", () => {
    const [warning] = compile(readProgram({ text: "f(x, y) = y + x log(x)", language: "math" }), "f", { start: [-1, 2] }).warnings;
    expect(warning).toMatchObject({ code: "W203", range: { start: { line: 0, character: 16 }, end: { line: 0, character: 22 } } });
  });
});

describe("a gradient that is not finite where the value is", () => {
  it.each([
    ["return Math.atan(1 / x);", 0, "1 / x", "quotient"],
    ["const e = Math.exp(1000 * x);\n  return x * (1 + 1 / e);", 1, "Math.exp(1000 * x)", "exponential"],
  ])("%s at %d stands where it stops being so", (body, start, at, rule) => {
    expect(warningsOf(`function f(x: number): number {\n  ${body}\n}`, [start])).toEqual([
      { code: "W203", at, message: `At the start the value is finite but its gradient is not: it stops being so in the derivative of this ${rule}.` },
    ]);
  });

  it("has its turn of the loop", () => {
    const text = "const ys = [2, 3];\nfunction f(x: number) {\n  let sum = 0;\n  for (let i = 0; i < ys.length; i++) sum += Math.atan(1 / (x - ys[i]));\n  return sum;\n}";
    expect(warningsOf(text, [3])).toMatchObject([{ code: "W203", at: "1 / (x - ys[i])", message: expect.stringMatching(/of this quotient, first when i = 1\.$/) as string }]);
  });
});
