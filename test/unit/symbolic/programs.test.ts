import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";

function formula(text: string): { value: string; gradient: string[]; code: string[] } {
  const program = readProgram({ text, language: "typescript" });
  const objective = compile(program, program.target ?? program.functions[0]?.name);
  if (!objective.formula) throw new Error(objective.noFormula);
  const { value, gradient } = objective.formula;
  return { value: value.latex(), gradient: gradient.map((entry) => entry.latex()), code: gradient.map((entry) => entry.typescript()) };
}

describe("formulas of TypeScript functions", () => {
  test("a square written as a product is a square", () => {
    expect(formula("function f(w: number) { const e = w - 2; return e * e; }")).toEqual({ value: "(w - 2)^2", gradient: ["2 (w - 2)"], code: ["2 * (w - 2)"] });
  });
  test("a loop over three rows is written out, without multiplications by one", () => {
    const { value, gradient } = formula(`const xs = [1, 2, 3], ys = [2, 4, 5];
      function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const e = w * xs[i] + b - ys[i]; s += e * e; } return s; }`);
    expect(value).toBe("(w + b - 2)^2 + (w \\cdot 2 + b - 4)^2 + (w \\cdot 3 + b - 5)^2");
    expect(gradient).toEqual(["28w + 12b - 50", "12w + 6b - 22"]);
  });
  test("an early return is a case", () => {
    expect(formula("function relu2(x: number) { if (x < 0) return 0; return x * x; }").gradient).toEqual(["\\begin{cases} 0 & x < 0 \\\\ 2x & \\text{otherwise} \\end{cases}"]);
  });
  test("a log-sum-exp with its shift has the gradient of one without", () => {
    const { code } = formula("function lse(a: number, b: number) { const m = Math.max(a, b); return m + Math.log(Math.exp(a - m) + Math.exp(b - m)); }");
    expect(code).toEqual(["1 / (1 + Math.exp(b - a))", "1 / (1 + Math.exp(a - b))"]);
  });
});
