import { call } from "../ir/build";
import type { Expression } from "../ir/types";
import { choose, lessThan, num, over, plus, square, times } from "./express";
import { mathFunction, named, template } from "./notation";
import type { Rule } from "./rule";
import { unary } from "./unary";

/**
 * A logarithm's value left of its domain is NaN, and so is its derivative, though 1/x would be finite. The NaN is the
 * result itself, not a constant, so that the second derivative is NaN too.
 */
const withinDomain = (x: Expression, end: number, slope: Expression, result: Expression): Expression => choose(lessThan(x, num(end)), result, slope);

export const exponential: readonly Rule[] = [
  unary("exp", "exponential", Math.exp, (x) => `Math.exp(${x})`, { ...mathFunction("exp"), latex: template("e^{$0}", 13) }, (_x, result) => result),
  unary("expm1", "exponential", Math.expm1, (x) => `Math.expm1(${x})`, { ...mathFunction("expm1"), latex: template("e^{$0} - 1", 10) },
    (x) => call("exp", [x])),
  unary("log", "logarithm", Math.log, (x) => `Math.log(${x})`, mathFunction("log", "\\ln"),
    (x, result) => withinDomain(x, 0, over(num(1), x), result), (x) => over(num(1), x)),
  unary("log1p", "logarithm", Math.log1p, (x) => `Math.log1p(${x})`, { ...mathFunction("log1p"), latex: template("\\ln\\left(1 + $0\\right)", 14, 10) },
    (x, result) => withinDomain(x, -1, over(num(1), plus(num(1), x)), result), (x) => over(num(1), plus(num(1), x))),
  unary("log2", "logarithm", Math.log2, (x) => `Math.log2(${x})`, mathFunction("log2", "\\log_{2}"),
    (x, result) => withinDomain(x, 0, over(num(1), times(x, num(Math.LN2))), result), (x) => over(num(1), times(x, call("log", [num(2)])))),
  unary("log10", "logarithm", Math.log10, (x) => `Math.log10(${x})`, mathFunction("log10", "\\log_{10}"),
    (x, result) => withinDomain(x, 0, over(num(1), times(x, num(Math.LN10))), result), (x) => over(num(1), times(x, call("log", [num(10)])))),
  unary("sqrt", "square root", Math.sqrt, (x) => `Math.sqrt(${x})`, { ...mathFunction("sqrt"), latex: template("\\sqrt{$0}") },
    (_x, result) => over(num(1), times(num(2), result))),
  unary("cbrt", "cube root", Math.cbrt, (x) => `Math.cbrt(${x})`,
    { ...mathFunction("cbrt"), latex: template("\\sqrt[3]{$0}"), math: named("cbrt") },
    (_x, result) => over(num(1), times(num(3), square(result)))),
];
