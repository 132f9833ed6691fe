import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/index";
import { interpret } from "../../../src/core/ir/interpret";
import { readMath } from "../../../src/core/source/math/readMath";
import type { SetOut } from "../../../src/core/symbolic/formula";

function read(text: string): { objective: Objective; set: SetOut | undefined } {
  const program = readProgram({ text, language: text.includes("function") ? "typescript" : "math" });
  const objective = compile(program, program.target ?? program.functions.at(-1)?.name);
  return { objective, set: objective.formula?.setOut?.() };
}

const ofX = (body: string): string => `function f(x: number) { ${body} }`;
const ofXy = (body: string): string => `function f(x: number, y: number) { ${body} }`;
const sigmoid = "const s = 1 / (1 + Math.exp(-x));";

const told: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [ofX(`${sigmoid} return s * (1 - s);`), "s (1 - s)", ["s (1 - s) (1 - 2s)"], ["s = \\frac{1}{1 + e^{-x}}"]],
  [ofX(`${sigmoid} return s * s;`), "s^2", ["2s^2 (1 - s)"], ["s = \\frac{1}{1 + e^{-x}}"]],
  [ofX(`${sigmoid} return x * s;`), "x s", ["s + x s (1 - s)"], ["s = \\frac{1}{1 + e^{-x}}"]],
  ["function f(w1: number, w2: number) { const h = Math.tanh(w1), o = w2 * h; return (o - 1) ** 2; }", "(o - 1)^2", ["2w_2 (o - 1) (1 - h^2)", "2h (o - 1)"], ["h = \\tanh w_1", "o = w_2 h"]],
  [ofXy("const r2 = x ** 2 + y ** 2; return r2 * Math.exp(-r2);"), "r_2 e^{-r_2}", ["2x (1 - r_2) e^{-r_2}", "2y (1 - r_2) e^{-r_2}"], ["r_2 = x^2 + y^2"]],
  ["function f(w: number, b: number) { const z = 2 * w + b, a = 1 / (1 + Math.exp(-z)); return -Math.log(a); }", "-\\ln a", ["2 (a - 1)", "a - 1"], ["a = \\frac{1}{1 + e^{-(2w + b)}}"]],
  ["u = x^2\nsin(u) + u", "\\sin u + u", ["2x \\cos u + 2x"], ["u = x^2"]],
  [ofXy("const r = Math.sqrt(x * x + y * y); return Math.exp(-r) * x;"), "e^{-r} x", ["\\frac{(r - x^2) e^{-r}}{r}", "-\\frac{x y e^{-r}}{r}"], ["r = \\sqrt{x^2 + y^2}"]],
  [ofXy("const r = Math.hypot(x, y); return Math.sin(r) / r;"), "\\frac{\\sin r}{r}", ["\\frac{x (r \\cos r - \\sin r)}{r^3}", "\\frac{y (r \\cos r - \\sin r)}{r^3}"], ["r = \\sqrt{x^2 + y^2}"]],
  [ofXy("const r = Math.sqrt(x * x + y * y + 1); return r * Math.log(1 + r);"), "r \\ln(1 + r)", ["\\frac{x \\ln(1 + r)}{r} + \\frac{x}{1 + r}", "\\frac{y \\ln(1 + r)}{r} + \\frac{y}{1 + r}"], ["r = \\sqrt{x^2 + y^2 + 1}"]],
  ["function f(m: number, s: number) { const z = (2.5 - m) / s; return 0.5 * z * z + Math.log(s); }", "0.5z^2 + \\ln s", ["-\\frac{z}{s}", "\\frac{1 - z^2}{s}"], ["z = \\frac{2.5 - m}{s}"]],
  [ofXy("const h = [Math.tanh(x + y), Math.tanh(x - y)], o = h[0] * h[1]; return (o - 1) ** 2;"), "(o - 1)^2",
    ["2 (o - 1) (h_1 (1 - h_0^2) + h_0 (1 - h_1^2))", "2 (o - 1) (h_1 (1 - h_0^2) + h_0 (h_1^2 - 1))"], ["h_0 = \\tanh(x + y)", "h_1 = \\tanh(x - y)", "o = h_0 h_1"]],
];

describe("derivatives by means of the user's names", () => {
  test.each(told)("%j", (text, value, gradient, where) => {
    const { set } = read(text);
    expect(set && [set.value.latex(), set.gradient.map((partial) => partial.latex()), set.where.map((one) => `${one.name.latex()} = ${one.value.latex()}`)]).toEqual([value, gradient, where]);
  });

  test("the slope of an own sigmoid within another function has no exponential left", () => {
    const { set } = read("function f(w: number, b: number) { const z = 2 * w + b, a = 1 / (1 + Math.exp(-z)); return (a - 1) ** 2 / 2; }");
    expect(set?.gradient.map((partial) => partial.latex()).join()).not.toMatch(/exp|e\^/);
  });

  test("what the user's function is called by is no reason to name its argument alone", () => {
    const { set } = read("s(z) = 1/(1+e^-z)\n(s(w x + b) - y)^2");
    expect(set && [set.value.latex(), set.where.map((one) => one.name.latex())]).toEqual(["(s - y)^2", ["s"]]);
  });

  test("a short density stays as it was written, and a number gets no name", () => {
    const { objective, set } = read("f(x,m,s) = exp(-(x-m)^2/(2s^2))/(s sqrt(2pi))");
    expect((set?.value ?? objective.formula?.value)?.math()).toBe("exp(-(x - m)^2 / (2 * s^2)) / (s * sqrt(2 * pi))");
    expect(set?.where.some((one) => one.value.math() === "sqrt(2 * pi)")).not.toBe(true);
  });

  test("-z * z is -z² in a definition as in the gradient", () => {
    const { set } = read(ofXy("const r = Math.sqrt(x * x + 1), z = y - r, q = Math.exp(-z * z) * r; return q * q + q;"));
    expect(set?.where.at(-1)?.value.latex()).toBe("e^{-z^2} r");
  });

  test("a constant given a value stands in front of its letter, a number stays where it was typed", () => {
    const { objective, set } = read("function f(w: number, b: number) { const x = 2, y = 1, z = w * x + b * 3; return (z - y) ** 2; }");
    expect([objective.formula?.value.math(), set?.where.map((one) => one.value.latex())]).toEqual(["(2 * w + b * 3 - 1)^2", ["2w + b \\cdot 3"]]);
  });

  test("a squared distance stands in every place of the gradient", () => {
    const { set } = read(ofXy("const r2 = x * x + y * y; return Math.log(1 + r2) / r2;"));
    expect(set?.gradient.map((partial) => partial.latex()).join()).not.toContain("x^2");
  });
});

const others = [
  ofXy("const a = x + y, b = x - y; return a * b + Math.exp(a) * b;"), ofXy("const E = Math.exp(-x * x), q = E * (1 + y * y); return q * q + E;"),
  ofXy("const p = 3 / (1 + Math.exp(x * y)), d = 1 / (2 + x * x); return p * p * d + d;"), ofXy("const m = Math.max(x, y); const s = Math.exp(x - m) + Math.exp(y - m); return m + Math.log(s);"),
  ofXy("const c = x > 0.5 ? x * x + y : Math.exp(y * x); return c * c + Math.sin(c);"), ofXy("const r = Math.hypot(x, y), t = Math.atan2(y, x); return r * Math.cos(3 * t) + r ** 3;"),
  "function f(a: number, b: number) { const m = Math.max(a, b), ea = Math.exp(a - m), eb = Math.exp(b - m), p = ea / (ea + eb); return -Math.log(p); }",
  "function f(t1: number, t2: number) { const x = Math.cos(t1) + 0.8 * Math.cos(t1 + t2), y = Math.sin(t1) + 0.8 * Math.sin(t1 + t2); return (x - 1) ** 2 + (y - 0.5) ** 2; }",
  ofXy("const r = Math.hypot(x, y), c = Math.cos(r), s = Math.sin(r); return c * s / r;"), ofXy("const a = x * Math.exp(y), b = a / (1 + x * x); return a * b + b;"),
  ofXy("const u = Math.cbrt(x * y), v = Math.abs(x - y) + 1; return u * v + v ** 2.5 / v;"), ofXy("const r = Math.sqrt(x * x + 1), z = y - r, q = Math.exp(-z * z) * r; return q * q + q;"),
];

describe("names change how derivatives look, never what they are", () => {
  test.each([...told.map(([text]) => text), ...others])("%j", (text) => {
    const { objective, set } = read(text);
    expect(set).toBeDefined();
    if (!set) return;
    const definitions = set.where.map((one) => `${one.name.math()} = ${one.value.math()}`).join("\n");
    const valueOf = (formula: string, x: Float64Array): number => {
      const program = readMath({ text: `${definitions}\nobjective(${objective.coordinates.join(", ")}) = ${formula}`, language: "math" });
      return interpret(program.lower("objective", {}).function, x).value;
    };
    for (const shift of [0.3, 0.7, 1.6]) {
      const x = Float64Array.from(objective.coordinates, (_, i) => shift + 0.17 * i);
      expect(valueOf(set.value.math(), x)).toBeCloseTo(objective.value(x), 9);
      const gradient = objective.gradient(x);
      set.gradient.forEach((partial, k) => expect(valueOf(partial.math(), x)).toBeCloseTo(gradient[k] ?? NaN, 8));
    }
  });
});
