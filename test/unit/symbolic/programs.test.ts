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
  test.each([[2, "xs", "\\frac{1}{2} \\sum_{i=1}^{2} (w x_i + b - y_i)^2", "\\sum_{i=1}^{2} x_i (w x_i + b - y_i)"], [3, "xs", "\\frac{1}{3} \\sum_{i=1}^{3} (w x_i + b - y_i)^2", "\\frac{2}{3} \\sum_{i=1}^{3} x_i (w x_i + b - y_i)"]])("a loop over %i rows of data that have a name is a sum", (rows, name, value, gradient) => {
    const text = `const ${name} = [1, 2, 3].slice(0, ${rows}), ys = [2, 4, 5];
      function loss(w: number, b: number) { let s = 0; for (let i = 0; i < ${name}.length; i++) { const e = w * ${name}[i] + b - ys[i]; s += e * e; } return s / ${name}.length; }`;
    expect([formula(text).value, formula(text).gradient[0]]).toEqual([value, gradient]);
  });
  test("few turns are written out that go over no named rows, or count in numbers", () => {
    expect(formula("function f(a: number) { let s = 0; for (const x of [1, 2, 4]) s += (x - a) ** 2; return s; }").value).toBe("(1 - a)^2 + (2 - a)^2 + (4 - a)^2");
    expect(formula("const c = [1, 2, 3]; function f(x: number) { let s = 0; for (let i = 0; i < c.length; i++) s += c[i] * x ** i; return s; }").value).toBe("1 + 2x + 3x^2");
    expect(formula("const c = [1, 2, 3]; function f(x: number) { let s = 0; for (let i = c.length - 1; i >= 0; i--) s = s * x + c[i]; return s; }").value).toBe("(3x + 2) x + 1");
  });
  test.each([
    "function f(x: number) { let s = 0; for (let i = 0; ; i++) { if (i > 3) break; s += x ** i; } return s; }",
    "function f(x: number) { let s = 0, i = 0; while (true) { if (i > 3) break; s += x ** i; i++; } return s; }",
  ])("a loop that ends in its middle is written out: %s", (text) => {
    expect(formula(text).value).toBe("1 + x + x^2 + x^3");
  });
  test("an early return is a case", () => {
    expect(formula("function relu2(x: number) { if (x < 0) return 0; return x * x; }").gradient).toEqual(["\\begin{cases} 0 & x < 0 \\\\ 2x & \\text{otherwise} \\end{cases}"]);
  });
  test("a log-sum-exp with its shift has the gradient of one without", () => {
    const { code } = formula("function lse(a: number, b: number) { const m = Math.max(a, b); return m + Math.log(Math.exp(a - m) + Math.exp(b - m)); }");
    expect(code).toEqual(["1 / (1 + Math.exp(b - a))", "1 / (1 + Math.exp(a - b))"]);
  });
});
