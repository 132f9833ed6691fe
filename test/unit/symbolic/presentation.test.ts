import { describe, expect, test } from "vitest";
import { formulaOf } from "./formulaOf";

/** Formula, then its partial derivatives as plain mathematics. */
const gradients: [string, ...string[]][] = [
  ["(1 - x)^2 + 100 (y - x^2)^2", "-2 * (1 - x) - 400 * x * (y - x^2)", "200 * (y - x^2)"],
  ["f(x, y) = 2x+3xy + y^3", "2 + 3 * y", "3 * x + 3 * y^2"],
  ["x^2+2xy+3+cos(x+2y)", "2 * x + 2 * y - sin(x + 2 * y)", "2 * x - 2 * sin(x + 2 * y)"],
  ["f(w, x, b, y) = (y - (w x + b))^2", "-2 * x * (y - (w * x + b))", "-2 * w * (y - (w * x + b))", "-2 * (y - (w * x + b))", "2 * (y - (w * x + b))"],
  ["0.26 (x^2 + y^2) - 0.48 x y", "0.52 * x - 0.48 * y", "0.52 * y - 0.48 * x"],
  ["x^2.3", "2.3 * x^1.3"],
  ["x^(1/3)", "1 / (3 * x^(2 / 3))"],
  ["x/(x^2+1)", "(1 - x^2) / (x^2 + 1)^2"],
  ["(x+1)/(x-1)", "-2 / (x - 1)^2"],
  ["x^3 (1-x)^2", "x^2 * (1 - x) * (3 - 5 * x)"],
  ["atan(y/x)", "-y / (x^2 + y^2)", "x / (x^2 + y^2)"],
  ["1/(1+exp(-x))", "exp(-x) / (1 + exp(-x))^2"],
  ["-(y log(p) + (1-y) log(1-p))", "log(1 - p) - log(p)", "(p - y) / (p * (1 - p))"],
  ["exp(-(x-m)^2/(2 s^2))", "-(x - m) * exp(-(x - m)^2 / (2 * s^2)) / s^2"],
  ["x e^(-x^2-y^2)", "(1 - 2 * x^2) * exp(-x^2 - y^2)", "-2 * x * y * exp(-x^2 - y^2)"],
  ["x e^(-(x^2+y^2))", "(1 - 2 * x^2) * exp(-(x^2 + y^2))", "-2 * x * y * exp(-(x^2 + y^2))"],
  ["log(1+exp(x))", "1 / (1 + exp(-x))"],
  ["(x + 2y - 7)^2 + (2x + y - 5)^2", "10 * x + 8 * y - 34", "8 * x + 10 * y - 38"],
  ["exp(x) sin(x)", "exp(x) * (sin(x) + cos(x))"],
  ["x > 1 ? x^2 : 2x", "x > 1 ? 2 * x : 2"],
  ["(2x)^e", "2 * e * (2 * x)^(e - 1)"],
];

describe("derivatives read as a person writes them", () => {
  test.each(gradients)("%s", (text, ...expected) => {
    const { formula } = formulaOf(text);
    expected.forEach((entry, i) => expect(formula.gradient[i]?.math()).toBe(entry));
  });
});

describe("second derivatives", () => {
  test.each([
    ["x^3 y^2", ["6 * x * y^2", "6 * x^2 * y", "6 * x^2 * y", "2 * x^3"]],
    ["sin(x) cos(x)", ["-2 * sin(2 * x)"]],
    ["x^x", ["x^x * (log(x) + 1)^2 + x^(x - 1)"]],
  ])("of %s", (text, expected) => {
    expect(formulaOf(text).formula.hessian().flat().map((entry) => entry.math())).toEqual(expected);
  });
});

describe("the derivation", () => {
  test("names each rule and skips what says nothing", () => {
    const step = formulaOf("x sin(x^2) + 3x").formula.steps(0);
    expect(step.rule).toBe("sum");
    expect(step.children.map((child) => child.rule)).toEqual(["product", "constant multiple"]);
    expect(step.children[0]?.children.map((child) => [child.rule, child.before.math(), child.after.math()])).toEqual([["sine, chain", "sin(x^2)", "2 * x * cos(x^2)"]]);
    expect(step.after.math()).toBe(formulaOf("x sin(x^2) + 3x").formula.gradient[0]?.math());
  });
});
