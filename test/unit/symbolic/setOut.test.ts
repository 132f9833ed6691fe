import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Formula } from "../../../src/core/symbolic/formula";

const points = "const xs = [0.5, 1, 2.5, 3, 4.5], ys = [0, 0, 1, 0, 1];";

function formulaOf(text: string): Formula {
  const program = readProgram({ text, language: "typescript" });
  const { formula, noFormula } = compile(program, program.target ?? program.functions.at(-1)?.name);
  if (!formula) throw new Error(noFormula);
  return formula;
}

const setOutOf = (text: string): { value?: string; gradient?: string[]; where?: string[] } => {
  const out = formulaOf(text).setOut?.();
  return out ? { value: out.value.latex(), gradient: out.gradient.map((entry) => entry.latex()), where: out.where.map(({ name, value }) => `${name.latex()} = ${value.latex()}`) } : {};
};

describe("formulas set out with the user's names", () => {
  test("a logistic loss as a textbook has it, with its probability under the name the program gives it", () => {
    const out = setOutOf(`${points}
      function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const z = w * xs[i] + b; const p = 1 / (1 + Math.exp(-z)); s -= ys[i] * Math.log(p) + (1 - ys[i]) * Math.log(1 - p); } return s / xs.length; }`);
    expect(out).toEqual({
      value: "-\\frac{1}{n} \\sum_{i=1}^{n} (y_i \\ln p_i + (1 - y_i) \\ln(1 - p_i))",
      gradient: ["-\\frac{1}{n} \\sum_{i=1}^{n} x_i (y_i - p_i)", "-\\frac{1}{n} \\sum_{i=1}^{n} (y_i - p_i)"],
      where: ["n = 5", "p_i = \\frac{1}{1 + e^{-(w x_i + b)}}"],
    });
  });

  test("each name stands after those it is made of", () => {
    const out = setOutOf("function f(x: number, y: number) { const dx = x - 1, dy = y - 2; const r2 = dx * dx + dy * dy; return Math.exp(-r2) * r2; }");
    expect(out).toMatchObject({ value: "e^{-r_2} r_2", where: ["\\mathrm{dx} = x - 1", "\\mathrm{dy} = y - 2", "r_2 = \\mathrm{dx}^2 + \\mathrm{dy}^2"] });
  });

  test("a layer's name stands in the gradient too", () => {
    const out = setOutOf("function f(a: number, b: number, c: number, d: number) { const h = Math.tanh(a * 0.5 + b); return (c * h + d - 1) ** 2; }");
    expect(out).toMatchObject({ value: "(c h + d - 1)^2", where: ["h = \\tanh(a \\cdot 0.5 + b)"] });
    expect(out.gradient?.[2]).toBe("2h (c h + d - 1)");
  });

  test("what depends on the turn of one loop and is added up by another has one name under two indices", () => {
    const out = setOutOf(`const xs = [0.5, 1, 2.5, 3, 4.5];
      function f(a: number, b: number) { const p = xs.map(x => Math.exp(a * x + b)); const total = p.reduce((s, v) => s + v, 0); let l = 0; for (let i = 0; i < xs.length; i++) l -= Math.log(p[i] / total); return l; }`);
    expect(out).toMatchObject({ value: "-\\sum_{i=1}^{n} \\ln\\left(\\frac{p_i}{\\mathrm{total}}\\right)", where: ["n = 5", "p_i = e^{a x_i + b}", "\\mathrm{total} = \\sum_{i=1}^{n} p_i"] });
  });

  test("a name that means two things is none", () => {
    const out = setOutOf("const part = (u: number) => { const v = Math.exp(u * u + 1); return v * v + v; }; function f(x: number, y: number) { return part(x) + part(y); }");
    expect(out.where?.some((line) => line.startsWith("v"))).not.toBe(true);
  });

  test("names that make nothing shorter are left out, the length of the data is told", () => {
    const out = setOutOf(`${points}
      function loss(w: number, b: number) { let total = 0; for (let i = 0; i < xs.length; i++) { const error = w * xs[i] + b - ys[i]; total += error ** 2; } return total / xs.length; }`);
    expect(out.where).toContain("n = 5");
    expect(out.where?.join()).not.toContain("total");
  });

  test("value and gradient themselves mention no such names", () => {
    const formula = formulaOf("function f(x: number, y: number) { const dx = x - 1, dy = y - 2; const r2 = dx * dx + dy * dy; return Math.exp(-r2) * r2; }");
    expect([formula.value, ...formula.gradient].map((entry) => entry.math()).join()).not.toMatch(/r2|dx|dy/);
  });
});
