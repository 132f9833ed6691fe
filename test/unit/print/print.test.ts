import katex from "katex";
import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import { interpret } from "../../../src/core/ir/interpret";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import { derivatives } from "../symbolic/derivativeCases";
import { formulaOf } from "../symbolic/formulaOf";

const formulas = [
  ...derivatives.cases.map(({ expr, points }) => `f(${Object.keys(points[0] ?? {}).join(", ")}) = ${expr}`),
  "f(x, y) = -(x - y)^2 - -x", "f(x, y) = x - (y - (x - 1))", "f(x, y) = (x/y)/(y/x)", "f(x, y) = 2^(x^y)", "f(x, y) = (2^x)^y", "f(x) = (-x)^2", "f(x) = -x^2",
  "f(x, y) = x > y ? x : y > 1 ? y : 2", "f(x, y) = sin(x) y", "f(x, y) = x * 3 * y", "f(x) = 1e-3 x^2 + 2.5e10", "f(x) = (sin(x))^2 + sin(x^2)", "f(x) = abs(x)/floor(x + 3)",
];

/** A small congruential generator: the points are the same in every run. */
function points(count: number, dimension: number): Float64Array[] {
  let seed = 7;
  return Array.from({ length: count }, () => Float64Array.from({ length: dimension }, () => 0.2 + 1.5 * ((seed = (seed * 48271) % 2147483647) / 2147483647)));
}

describe("plain mathematics can be read again", () => {
  test.each(formulas)("%s", (text) => {
    const { formula, coordinates, fn } = formulaOf(text);
    const head = `f(${coordinates.join(", ")}) = `;
    const again = formulaOf(head + formula.value.math());
    const slopes = formula.gradient.map((entry) => formulaOf(head + entry.math()));
    for (const at of points(4, coordinates.length)) {
      const value = interpret(fn, at).value;
      expect(same(interpret(again.fn, at).value, value)).toBe(true);
      slopes.forEach((slope, i) => {
        expect(same(interpret(slope.fn, at).value, evaluateNode(formula.partialNode(i), at))).toBe(true);
      });
    }
  });
});

const same = (a: number, b: number): boolean => (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

describe("LaTeX is typeset without complaint", () => {
  test.each(formulas)("%s", (text) => {
    const { formula } = formulaOf(text);
    for (const entry of [formula.value, ...formula.gradient, ...formula.hessian().flat()]) {
      expect(() => katex.renderToString(entry.latex(), { throwOnError: true, strict: "error" })).not.toThrow();
    }
  });
});

describe("each language in its own way", () => {
  test.each([
    ["(x1 - 1)^2 + alpha w_hat", "(x_1 - 1)^2 + \\alpha \\hat{w}", "(x1 - 1) ** 2 + alpha * w_hat", "(x1 - 1) ** 2 + alpha * w_hat"],
    ["exp(-x^2/2) + pi", "e^{-x^2/2} + \\pi", "Math.exp(-x * x / 2) + Math.PI", "np.exp(-x ** 2 / 2) + np.pi"],
    ["sin(x)^2 / sqrt(y)", "\\frac{\\sin^2 x}{\\sqrt{y}}", "Math.sin(x) ** 2 / Math.sqrt(y)", "np.sin(x) ** 2 / np.sqrt(y)"],
    ["ln(x) y", "\\ln(x) y", "Math.log(x) * y", "np.log(x) * y"],
    ["x y 2", "x y \\cdot 2", "x * y * 2", "x * y * 2"],
    ["abs(x/2)", "\\left|\\frac{x}{2}\\right|", "Math.abs(x / 2)", "np.abs(x / 2)"],
    ["16 * slope * center", "16 \\mathrm{slope} \\, \\mathrm{center}", "16 * slope * center", "16 * slope * center"],
    ["learning_rate x_max", "\\mathrm{learning\\_rate} \\, x_{\\mathrm{max}}", "learning_rate * x_max", "learning_rate * x_max"],
    ["theta_0 + learningRate x", "\\theta_0 + \\mathrm{learningRate} \\, x", "theta_0 + learningRate * x", "theta_0 + learningRate * x"],
    ["gamma(x) + erf(y)", "\\Gamma(x) + \\operatorname{erf}(y)", "gamma(x) + erf(y)", "math.gamma(x) + math.erf(y)"],
    ["(sin x)!", "(\\sin x)!", "gamma(Math.sin(x) + 1)", "math.gamma(np.sin(x) + 1)"],
    ["x*(y z)", "x y z", "x * y * z", "x * y * z"],
    ["x*(2 y)", "x (2y)", "x * 2 * y", "x * 2 * y"],
    ["sqrt(x)^2", "\\left(\\sqrt{x}\\right)^2", "Math.sqrt(x) ** 2", "np.sqrt(x) ** 2"],
    ["(-x)/(-y)", "\\frac{-x}{-y}", "-x / (-y)", "-x / (-y)"],
    ["log1p(x)", "\\ln(1 + x)", "Math.log1p(x)", "np.log1p(x)"],
    ["log1p(x/y)", "\\ln\\left(1 + \\frac{x}{y}\\right)", "Math.log1p(x / y)", "np.log1p(x / y)"],
    ["softplus(x/2)", "\\ln(1 + e^{x/2})", "Math.log1p(Math.exp(x / 2))", "np.logaddexp(0, x / 2)"],
    ["(x mod 3) y", "(x \\bmod 3) y", "(((x % 3) + 3) % 3) * y", "x % 3 * y"],
    ["-(x mod 3)", "-(x \\bmod 3)", "-(((x % 3) + 3) % 3)", "-(x % 3)"],
    ["(-x) mod 3", "(-x) \\bmod 3", "(((-x) % 3) + 3) % 3", "-x % 3"],
    ["A_ij + x_in", "A_{ij} + x_{\\mathrm{in}}", "A_ij + x_in", "A_ij + x_in"],
    ["(x > 0 ? x : 1) + y", "\\left(\\begin{cases} x & x > 0 \\\\ 1 & \\text{otherwise} \\end{cases}\\right) + y", "(x > 0 ? x : 1) + y", "(x if x > 0 else 1) + y"],
    ["y + (x > 0 ? x : 1)", "y + \\begin{cases} x & x > 0 \\\\ 1 & \\text{otherwise} \\end{cases}", "y + (x > 0 ? x : 1)", "y + (x if x > 0 else 1)"],
    ["x > 0 ? x : -x", "\\begin{cases} x & x > 0 \\\\ -x & \\text{otherwise} \\end{cases}", "x > 0 ? x : -x", "x if x > 0 else -x"],
  ])("%s", (text, latex, typescript, python) => {
    const { value } = formulaOf(text).formula;
    expect([value.latex(), value.typescript(), value.python()]).toEqual([latex, typescript, python]);
  });
});

describe("TypeScript can be read again", () => {
  test.each(formulas)("%s", (text) => {
    const { formula, coordinates, fn } = formulaOf(text);
    const parameters = coordinates.map((name) => `${name}: number`).join(", ");
    const program = readProgram({ text: `function f(${parameters}) { return ${formula.value.typescript()}; }`, language: "typescript" });
    const again = compile(program, "f", { variables: coordinates });
    for (const at of points(4, coordinates.length)) expect(same(again.value(at), interpret(fn, at).value)).toBe(true);
  });
});
