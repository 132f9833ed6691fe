import { call } from "../ir/build";
import type { Expression } from "../ir/types";
import { absolute, choose, greaterThan, lessThan, minus, neg, num, over, plus, root, square, times } from "./express";
import { mathFunction, writtenOut } from "./notation";
import type { Rule } from "./rule";
import { unary } from "./unary";

const one = num(1);

export const hyperbolic: readonly Rule[] = [
  unary("sinh", "hyperbolic sine", Math.sinh, (x) => `Math.sinh(${x})`, mathFunction("sinh"), (x) => call("cosh", [x])),
  unary("cosh", "hyperbolic cosine", Math.cosh, (x) => `Math.cosh(${x})`, mathFunction("cosh"), (x) => call("sinh", [x])),
  unary("tanh", "hyperbolic tangent", Math.tanh, (x) => `Math.tanh(${x})`, mathFunction("tanh"), (_x, result) => minus(one, square(result))),
  unary("sech", "hyperbolic secant", (x) => 1 / Math.cosh(x), (x) => `(1 / Math.cosh(${x}))`,
    writtenOut("\\operatorname{sech}", "1 / Math.cosh($0)", "1 / np.cosh($0)", "sech"), (x, result) => neg(times(result, call("tanh", [x])))),
  unary("csch", "hyperbolic cosecant", (x) => 1 / Math.sinh(x), (x) => `(1 / Math.sinh(${x}))`,
    writtenOut("\\operatorname{csch}", "1 / Math.sinh($0)", "1 / np.sinh($0)", "csch"), (x, result) => neg(times(result, call("coth", [x])))),
  unary("coth", "hyperbolic cotangent", (x) => 1 / Math.tanh(x), (x) => `(1 / Math.tanh(${x}))`,
    writtenOut("\\coth", "1 / Math.tanh($0)", "1 / np.tanh($0)", "coth"), (_x, result) => minus(one, square(result))),
  unary("asinh", "inverse hyperbolic sine", Math.asinh, (x) => `Math.asinh(${x})`, mathFunction("asinh", "\\operatorname{arsinh}", "arcsinh"),
    (x) => over(one, root(plus(square(x), one)))),
  unary("acosh", "inverse hyperbolic cosine", Math.acosh, (x) => `Math.acosh(${x})`, mathFunction("acosh", "\\operatorname{arcosh}", "arccosh"),
    // Two roots rather than √(x²-1): NaN below 1, where the function is not defined either.
    (x) => over(one, times(root(minus(x, one)), root(plus(x, one)))), (x) => over(one, root(minus(square(x), one)))),
  unary("atanh", "inverse hyperbolic tangent", Math.atanh, (x) => `Math.atanh(${x})`, mathFunction("atanh", "\\operatorname{artanh}", "arctanh"),
    (x, result) => choose(greaterThan(absolute(x), one), result, reciprocalOfOneMinusSquare(x)), reciprocalOfOneMinusSquare),
  unary("asech", "inverse hyperbolic secant", (x) => Math.acosh(1 / x), (x) => `Math.acosh(1 / ${x})`,
    writtenOut("\\operatorname{arsech}", "Math.acosh(1 / $0)", "np.arccosh(1 / $0)", "asech"),
    (x, result) => choose(lessThan(x, num(0)), result, asechSlope(x)), asechSlope),
  unary("acsch", "inverse hyperbolic cosecant", (x) => Math.asinh(1 / x), (x) => `Math.asinh(1 / ${x})`,
    writtenOut("\\operatorname{arcsch}", "Math.asinh(1 / $0)", "np.arcsinh(1 / $0)", "acsch"),
    (x) => neg(over(one, times(absolute(x), root(plus(one, square(x))))))),
  unary("acoth", "inverse hyperbolic cotangent", (x) => Math.atanh(1 / x), (x) => `Math.atanh(1 / ${x})`,
    writtenOut("\\operatorname{arcoth}", "Math.atanh(1 / $0)", "np.arctanh(1 / $0)", "acoth"),
    (x, result) => choose(lessThan(absolute(x), one), result, reciprocalOfOneMinusSquare(x)), reciprocalOfOneMinusSquare),
];

function reciprocalOfOneMinusSquare(x: Expression): Expression {
  return over(one, minus(one, square(x)));
}

function asechSlope(x: Expression): Expression {
  return neg(over(one, times(x, root(minus(one, square(x))))));
}
