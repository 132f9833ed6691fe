import { parse } from "mathjs";
import type { MathNode } from "mathjs";
import { describe, expect, it } from "vitest";
import { equationLatex } from "../../../src/core/optimize/equations/equationLatex";
import { parseEquation } from "../../../src/core/optimize/equations/parseEquation";
import type { Term } from "../../../src/core/optimize/equations/parseEquation";
import { methodOf, methods } from "../../../src/core/optimize/methods";

const latex = (text: string): string => equationLatex(parseEquation(text));

describe("an equation of a method is written", () => {
  it.each([
    ["x - learningRate * g", "x - \\eta \\, g"],
    ["beta1 * m + (1 - beta1) * g", "\\beta_1 \\, m + \\left(1 - \\beta_1\\right) \\, g"],
    ["x - learningRate / (1 - beta1^t) * m / (sqrt(v) + epsilon)", "x - \\frac{\\eta}{1 - \\beta_1^{t}} \\, \\frac{m}{\\sqrt{v} + \\varepsilon}"],
    ["a - (b - c)", "a - \\left(b - c\\right)"],
    ["a - b - c", "a - b - c"],
    ["-(a + b) * c", "-\\left(a + b\\right) \\, c"],
    ["(a + b)^2", "\\left(a + b\\right)^{2}"],
    ["2 * 3 * x", "2 \\cdot 3 \\, x"],
    ["a / b / c", "\\frac{a}{b \\, c}"],
    ["2 * t * b / (1 - b) * g", "\\frac{2 \\, t \\, b}{1 - b} \\, g"],
    ["(a + b) / (c + d) * (a - b)", "\\frac{a + b}{c + d} \\, \\left(a - b\\right)"],
    ["(a + b) * (c + d)", "\\left(a + b\\right) \\, \\left(c + d\\right)"],
    ["t == 1 ? g : b", "\\begin{cases} g & t = 1 \\\\ b & \\text{otherwise} \\end{cases}"],
    ["a > 0 ? p : (a < 0 ? q : 1)", "\\begin{cases} p & a > 0 \\\\ q & a < 0 \\\\ 1 & \\text{otherwise} \\end{cases}"],
    ["max(beta2 * u, abs(g) + epsilon)", "\\max\\left(\\beta_2 \\, u,\\, \\lvert g \\rvert + \\varepsilon\\right)"],
    ["step * step' / dot(turn, step)", "\\frac{s \\, s^{\\top}}{y^{\\top} s}"],
    ["-inv(H + shift * I) * g", "-\\left(H + \\lambda \\, I\\right)^{-1} \\, g"],
  ])("%s as %s", (text, expected) => expect(latex(text)).toBe(expected));

  it.each(["a +", "(a", "a b", "a $ b", "max(a", "unknown(a)"])("and what is none is not: %s", (text) => {
    expect(() => latex(text)).toThrow();
  });
});

/** Fully bracketed, so that two readers can be compared. */
function brackets(term: Term): string {
  switch (term.kind) {
    case "number": return term.text;
    case "name": return term.name;
    case "call": return `${term.name}(${term.args.map(brackets).join(",")})`;
    case "negative": return `(-${brackets(term.of)})`;
    case "transposed": return `(${brackets(term.of)}')`;
    case "binary": return `(${brackets(term.left)}${term.operator}${brackets(term.right)})`;
    case "cases": return `(${brackets(term.condition)}?${brackets(term.yes)}:${brackets(term.no)})`;
  }
}

function bracketsOfMathjs(node: MathNode): string {
  const told = node.toString({ parenthesis: "all" }).replace(/\s/g, "");
  return told;
}

const variants = methods.flatMap((method) => {
  const settings = [{}, ...("weightDecay" in method.defaults ? [{ weightDecay: 0.1 }] : []), ...("centered" in method.defaults ? [{ centered: true, momentum: 0.5 }] : [])];
  return settings.map((parameters) => ({ id: method.id, stepper: method.begin(1, parameters, 0.1) }));
});
const equations = [...variants.map(({ id, stepper }) => ({ id, stepper })), { id: "gd", stepper: methodOf("gd", "armijo").begin(1, {}, 1) }]
  .flatMap(({ id, stepper }) => stepper.equations.map(({ target, expression }) => ({ id, target, expression })));

it.each(equations)("$id, $target: is read as the parser reads it that holds the equations to the code", ({ expression }) => {
  const own = brackets(parseEquation(expression));
  // The other parser's text, read by ours again: brackets it adds around names and numbers say nothing.
  expect(brackets(parseEquation(bracketsOfMathjs(parse(expression))))).toBe(own);
  expect(latex(expression)).not.toMatch(/undefined/);
});
