import type { PrimitiveName } from "../ir/types";
import { text } from "./express";
import { type Names, named, operator, precedence, template } from "./notation";
import type { Rule } from "./rule";

const { sum, product, shift, bitAnd, bitOr, bitXor } = precedence;

const integerRule = (
  name: PrimitiveName, ruleName: string, value: (a: number, b: number) => number, javascript: (a: string, b: string) => string, names: Names,
): Rule => ({
  name, ruleName, names,
  value: (a, b) => value(a ?? 0, b ?? 0),
  javascript: (args) => javascript(text(args), text(args, 1)),
});

const function2 = (name: string): Names => ({
  latex: named(`\\${name}`), typescript: named(`Math.${name}`), python: named(name), math: named(name),
});

/** Two's complement on 32 bits, as JavaScript's `|0`. They index and decide; nothing is ever differentiated through them. */
export const integer: readonly Rule[] = [
  integerRule("addInt", "sum", (a, b) => (a + b) | 0, (a, b) => `((${a} + ${b}) | 0)`, operator("+", sum, "both")),
  integerRule("subtractInt", "difference", (a, b) => (a - b) | 0, (a, b) => `((${a} - ${b}) | 0)`, operator("-", sum)),
  integerRule("multiplyInt", "product", Math.imul, (a, b) => `Math.imul(${a}, ${b})`, operator("*", product, "both", { latex: "\\cdot" })),
  integerRule("divideInt", "quotient", (a, b) => (a / b) | 0, (a, b) => `((${a} / ${b}) | 0)`, {
    latex: template("\\operatorname{trunc}\\left(\\frac{$0}{$1}\\right)"), typescript: template("Math.trunc($0 / $1)", 14, 12),
    python: template("int($0 / $1)", 14, 12), math: template("fix($0 / $1)", 14, 12),
  }),
  integerRule("remainderInt", "remainder", (a, b) => (a % b) | 0, (a, b) => `((${a} % ${b}) | 0)`, operator("%", product, "left", { latex: "\\bmod" })),
  integerRule("minInt", "minimum", (a, b) => Math.min(a, b), (a, b) => `Math.min(${a}, ${b})`, function2("min")),
  integerRule("maxInt", "maximum", (a, b) => Math.max(a, b), (a, b) => `Math.max(${a}, ${b})`, function2("max")),
  integerRule("bitAnd", "bitwise and", (a, b) => a & b, (a, b) => `(${a} & ${b})`, operator("&", bitAnd, "both", { latex: "\\mathbin{\\&}" })),
  integerRule("bitOr", "bitwise or", (a, b) => a | b, (a, b) => `(${a} | ${b})`, operator("|", bitOr, "both", { latex: "\\mathbin{|}" })),
  integerRule("bitXor", "bitwise exclusive or", (a, b) => a ^ b, (a, b) => `(${a} ^ ${b})`, operator("^", bitXor, "both", { latex: "\\oplus" })),
  integerRule("shiftLeft", "shift", (a, b) => a << b, (a, b) => `(${a} << ${b})`, operator("<<", shift, "left", { latex: "\\ll" })),
  integerRule("shiftRight", "shift", (a, b) => a >> b, (a, b) => `(${a} >> ${b})`, operator(">>", shift, "left", { latex: "\\gg" })),
  {
    name: "toFloat", ruleName: "identity", value: (a) => a ?? NaN, javascript: (args) => text(args), names: identity(),
  },
  {
    // The index a number denotes: truncated, and 0 for what is no number.
    name: "toInt", ruleName: "truncation", value: (a) => (a ?? 0) | 0, javascript: (args) => `(${text(args)} | 0)`,
    names: {
      latex: template("$0"), typescript: template("Math.trunc($0)"), python: named("int"), math: template("fix($0)"),
    },
  },
  {
    name: "boolToFloat", ruleName: "indicator", value: (a) => a ?? 0, javascript: (args) => `(${text(args)} ? 1 : 0)`,
    names: {
      latex: template("\\mathbf{1}\\left[$0\\right]"), typescript: template("($0 ? 1 : 0)", 14, 2), python: named("float"),
      math: template("($0 ? 1 : 0)", 14, 2),
    },
  },
];

function identity(): Names {
  const itself = template("$0");
  return { latex: itself, typescript: itself, python: itself, math: itself };
}
