import { call } from "../ir/build";
import { arg, minus, neg, num, text, times } from "./express";
import { type Names, named, template } from "./notation";
import type { Rule } from "./rule";
import { erf } from "./numeric/erf";
import { gamma, logGamma } from "./numeric/gamma";
import { digamma, tetragammaSlope, trigamma } from "./numeric/polygamma";
import { logAddExp, logSigmoid, sigmoid, softplus, steady } from "./numeric/sigmoid";
import { unary } from "./unary";

const beyondMath = (latex: string, python: string, math: string): Names => ({
  latex: named(latex), typescript: named(math), python: named(python), math: named(math),
});

export const special: readonly Rule[] = [
  unary("sigmoid", "sigmoid", sigmoid, (x) => `(1 / (1 + Math.exp(-${x})))`, {
    latex: named("\\sigma"), typescript: template("1 / (1 + Math.exp(-$0))", 11, 13), python: template("1 / (1 + np.exp(-$0))", 11, 13),
    math: template("1 / (1 + exp(-$0))", 11, 13),
  }, (_x, result) => times(result, minus(num(1), result))),
  unary("softplus", "softplus", softplus, (x) => `library.softplus(${x})`, {
    latex: template("\\ln\\left(1 + e^{$0}\\right)"), typescript: template("Math.log1p(Math.exp($0))"), python: template("np.logaddexp(0, $0)"),
    math: template("log(1 + exp($0))"),
  }, (x) => call("sigmoid", [x])),
  unary("logSigmoid", "log-sigmoid", logSigmoid, (x) => `library.logSigmoid(${x})`, {
    latex: template("\\ln \\sigma\\left($0\\right)"), typescript: template("-Math.log1p(Math.exp(-$0))", 12, 13), python: template("-np.logaddexp(0, -$0)", 12, 13),
    math: template("-log(1 + exp(-$0))", 12, 13),
  }, (x) => call("sigmoid", [neg(x)])),
  {
    name: "logAddExp", ruleName: "log-sum-exp", value: (a, b) => logAddExp(a ?? NaN, b ?? NaN),
    javascript: (args) => `library.logAddExp(${text(args)}, ${text(args, 1)})`,
    partial: (index, args) => call("sigmoid", [minus(arg(args, index), arg(args, 1 - index))]),
    names: {
      latex: template("\\ln\\left(e^{$0} + e^{$1}\\right)"), typescript: template("(Math.max($0, $1) + Math.log1p(Math.exp(-Math.abs(($0) - ($1)))))"),
      python: named("np.logaddexp"), math: template("log(exp($0) + exp($1))"),
    },
  },
  // The same number spelt twice: the value of the user's own spelling, the derivative of one that does not overflow.
  {
    name: "steady", ruleName: "stable form", value: (own, better) => steady(own ?? NaN, better ?? NaN),
    javascript: (args) => `library.steady(${text(args)}, ${text(args, 1)})`,
    partial: (index) => num(index), carriesFrom: 1,
    names: {
      latex: template("$0"), typescript: template("(Number.isFinite($0) ? $0 : $1)"), python: template("($0 if np.isfinite($0) else $1)"), math: template("$0"),
    },
  },
  unary("erf", "error function", erf, (x) => `library.erf(${x})`, beyondMath("\\operatorname{erf}", "math.erf", "erf"),
    (x) => times(num(2 / Math.sqrt(Math.PI)), call("exp", [neg(times(x, x))]))),
  unary("gamma", "gamma function", gamma, (x) => `library.gamma(${x})`, beyondMath("\\Gamma", "math.gamma", "gamma"),
    (x, result) => times(result, call("digamma", [x]))),
  unary("logGamma", "log-gamma function", logGamma, (x) => `library.logGamma(${x})`,
    { ...beyondMath("\\ln\\Gamma", "math.lgamma", "lgamma") }, (x) => call("digamma", [x])),
  unary("digamma", "digamma function", digamma, (x) => `library.digamma(${x})`, beyondMath("\\psi", "scipy.special.digamma", "digamma"),
    (x) => call("trigamma", [x])),
  unary("trigamma", "trigamma function", trigamma, (x) => `library.trigamma(${x})`,
    { ...beyondMath("\\psi'", "trigamma", "trigamma"), python: template("scipy.special.polygamma(1, $0)") }, tetragammaSlope),
];
