import type { Expression } from "../ir/types";
import { arg, choose, equals, lessThan, minus, neg, num, over, text, times } from "./express";
import { infix, named, operator, precedence, prefix, template } from "./notation";
import type { Rule } from "./rule";
import { unary } from "./unary";

const { sum, product, power } = precedence;

const binary = (symbol: string) => (args: readonly string[]): string => `(${text(args)} ${symbol} ${text(args, 1)})`;

/** x^(y-1)·y where y is a number needs no logarithm and no look at x; otherwise 0^0 counts as constant. */
function powerInBase(x: Expression, y: Expression): Expression {
  if (y.kind !== "constant") return choose(equals(y, num(0)), num(0), times(y, powerOf(x, minus(y, num(1)))));
  if (y.value === 0) return num(0);
  if (y.value === 1) return num(1);
  if (y.value === 2) return times(y, x);
  return times(y, powerOf(x, num(y.value - 1)));
}

const powerOf = (x: Expression, y: Expression): Expression => ({ kind: "call", primitive: "power", args: [x, y] });
const logOf = (x: Expression): Expression => ({ kind: "call", primitive: "log", args: [x] });
const call1 = (primitive: "trunc" | "floor", x: Expression): Expression => ({ kind: "call", primitive, args: [x] });

export const arithmetic: readonly Rule[] = [
  {
    name: "add", ruleName: "sum", value: (a, b) => (a ?? NaN) + (b ?? NaN), javascript: binary("+"),
    partial: () => num(1), names: operator("+", sum, "both"),
  },
  {
    name: "subtract", ruleName: "difference", value: (a, b) => (a ?? NaN) - (b ?? NaN), javascript: binary("-"),
    partial: (index) => num(index === 0 ? 1 : -1), names: operator("-", sum),
  },
  {
    name: "multiply", ruleName: "product", value: (a, b) => (a ?? NaN) * (b ?? NaN), javascript: binary("*"),
    partial: (index, args) => arg(args, 1 - index), names: operator("*", product, "both", { latex: "\\cdot" }),
  },
  {
    name: "divide", ruleName: "quotient", value: (a, b) => (a ?? NaN) / (b ?? NaN), javascript: binary("/"),
    partial: (index, args, result) => (index === 0 ? over(num(1), arg(args, 1)) : neg(over(result, arg(args, 1)))),
    names: { ...operator("/", product), latex: template("\\frac{$0}{$1}") },
  },
  unary("negate", "constant multiple", (x) => -x, (x) => `(-${x})`, {
    latex: prefix("-"), typescript: prefix("-"), python: prefix("-"), math: prefix("-"),
  }, () => num(-1)),
  {
    name: "power", ruleName: "power", value: (a, b) => (a ?? NaN) ** (b ?? NaN),
    javascript: (args) => `Math.pow(${text(args)}, ${text(args, 1)})`,
    partial: (index, args, result) => {
      const x = arg(args);
      const y = arg(args, 1);
      if (index === 0) return powerInBase(x, y);
      // 0^y stays 0 as y moves (y ≥ 0): the limit of x^y·log x, where the product itself would be 0·∞.
      const elsewhere = times(result, logOf(x));
      return choose(equals(x, num(0)), choose(lessThan(y, num(0)), elsewhere, num(0)), elsewhere);
    },
    textbook: (index, args, result) => {
      const y = arg(args, 1);
      if (index === 1) return times(result, logOf(arg(args)));
      return y.kind === "constant" ? powerInBase(arg(args), y) : times(y, powerOf(arg(args), minus(y, num(1))));
    },
    names: {
      latex: template("{$0}^{$1}", power), typescript: infix("**", power, "right"), python: infix("**", power, "right"),
      math: infix("^", power, "right"),
    },
  },
  {
    name: "remainder", ruleName: "remainder", value: (a, b) => (a ?? NaN) % (b ?? NaN), javascript: binary("%"),
    partial: (index, args) => (index === 0 ? num(1) : neg(call1("trunc", over(arg(args), arg(args, 1))))),
    // Plain mathematics has % for the other remainder, the one that is never negative.
    names: { ...operator("%", product, "left", { latex: "\\bmod" }), python: named("np.fmod"), math: named("fmod") },
  },
  {
    name: "floorModulo", ruleName: "remainder", value: (a, b) => floorModulo(a ?? NaN, b ?? NaN),
    javascript: (args) => `library.floorModulo(${text(args)}, ${text(args, 1)})`,
    partial: (index, args) => (index === 0 ? num(1) : neg(call1("floor", over(arg(args), arg(args, 1))))),
    names: {
      ...operator("%", product, "left", { latex: "\\bmod" }), typescript: template("(($0 % $1) + $1) % $1", product, product + 1),
      math: named("mod"),
    },
  },
];

/** The remainder with the divisor's sign: Python's `%`. */
export function floorModulo(a: number, b: number): number {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

