import { call } from "../ir/build";
import type { Expression } from "../ir/types";
import { absolute, arg, choose, equals, minus, neg, num, over, plus, root, square, text, times } from "./express";
import { mathFunction, writtenOut } from "./notation";
import type { Rule } from "./rule";
import { unary } from "./unary";

const one = num(1);
const oneMinusSquare = (x: Expression): Expression => minus(one, square(x));

export const trigonometric: readonly Rule[] = [
  unary("sin", "sine", Math.sin, (x) => `Math.sin(${x})`, mathFunction("sin"), (x) => call("cos", [x])),
  unary("cos", "cosine", Math.cos, (x) => `Math.cos(${x})`, mathFunction("cos"), (x) => neg(call("sin", [x]))),
  unary("tan", "tangent", Math.tan, (x) => `Math.tan(${x})`, mathFunction("tan"), (_x, result) => plus(one, square(result))),
  unary("sec", "secant", (x) => 1 / Math.cos(x), (x) => `(1 / Math.cos(${x}))`, writtenOut("\\sec", "1 / Math.cos($0)", "1 / np.cos($0)", "sec"),
    (x, result) => times(result, call("tan", [x]))),
  unary("csc", "cosecant", (x) => 1 / Math.sin(x), (x) => `(1 / Math.sin(${x}))`, writtenOut("\\csc", "1 / Math.sin($0)", "1 / np.sin($0)", "csc"),
    (x, result) => neg(times(result, call("cot", [x])))),
  unary("cot", "cotangent", (x) => 1 / Math.tan(x), (x) => `(1 / Math.tan(${x}))`, writtenOut("\\cot", "1 / Math.tan($0)", "1 / np.tan($0)", "cot"),
    (_x, result) => neg(plus(one, square(result)))),
  unary("asin", "arcsine", Math.asin, (x) => `Math.asin(${x})`, mathFunction("asin", "\\arcsin", "arcsin"),
    (x) => over(one, root(oneMinusSquare(x)))),
  unary("acos", "arccosine", Math.acos, (x) => `Math.acos(${x})`, mathFunction("acos", "\\arccos", "arccos"),
    (x) => neg(over(one, root(oneMinusSquare(x))))),
  unary("atan", "arctangent", Math.atan, (x) => `Math.atan(${x})`, mathFunction("atan", "\\arctan", "arctan"),
    (x) => over(one, plus(one, square(x)))),
  unary("asec", "arcsecant", (x) => Math.acos(1 / x), (x) => `Math.acos(1 / ${x})`, writtenOut("\\operatorname{arcsec}", "Math.acos(1 / $0)", "np.arccos(1 / $0)", "asec"),
    (x) => over(one, times(absolute(x), root(minus(square(x), one))))),
  unary("acsc", "arccosecant", (x) => Math.asin(1 / x), (x) => `Math.asin(1 / ${x})`, writtenOut("\\operatorname{arccsc}", "Math.asin(1 / $0)", "np.arcsin(1 / $0)", "acsc"),
    (x) => neg(over(one, times(absolute(x), root(minus(square(x), one)))))),
  unary("acot", "arccotangent", (x) => Math.atan(1 / x), (x) => `Math.atan(1 / ${x})`, writtenOut("\\operatorname{arccot}", "Math.atan(1 / $0)", "np.arctan(1 / $0)", "acot"),
    (x) => neg(over(one, plus(one, square(x))))),
  {
    name: "atan2", ruleName: "arctangent", value: (y, x) => Math.atan2(y ?? NaN, x ?? NaN),
    javascript: (args) => `Math.atan2(${text(args)}, ${text(args, 1)})`,
    // At the origin the angle has no derivative; the flat choice keeps a descent there from being thrown off (as PyTorch).
    partial: (index, args) => {
      const radius = plus(square(arg(args)), square(arg(args, 1)));
      return choose(equals(radius, num(0)), num(0), angleSlope(index, args, radius));
    },
    textbook: (index, args) => angleSlope(index, args, plus(square(arg(args)), square(arg(args, 1)))),
    names: mathFunction("atan2", "\\operatorname{atan2}", "arctan2"),
  },
];

function angleSlope(index: number, args: readonly Expression[], radius: Expression): Expression {
  return index === 0 ? over(arg(args, 1), radius) : neg(over(arg(args), radius));
}
