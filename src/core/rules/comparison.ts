import type { PrimitiveName } from "../ir/types";
import { text } from "./express";
import { infix, type Names, named, operator, precedence, prefix } from "./notation";
import type { Rule } from "./rule";

const { comparison: strength } = precedence;

type Test = (a: number, b: number) => boolean;

function tests(float: PrimitiveName, int: PrimitiveName, symbol: string, latex: string, test: Test, names?: Names): Rule[] {
  const shared = {
    ruleName: "comparison",
    value: (a?: number, b?: number) => (test(a ?? NaN, b ?? NaN) ? 1 : 0),
    javascript: (args: readonly string[]) => `(${text(args)} ${symbol} ${text(args, 1)})`,
    names: names ?? operator(symbol, strength, "none", { latex }),
  };
  return [{ name: float, ...shared }, { name: int, ...shared }];
}

const spelt = (typescript: string, python: string, latex: string): Names => ({
  latex: infix(latex, strength, "none"), typescript: infix(typescript, strength, "none"), python: infix(python, strength, "none"),
  math: infix(python, strength, "none"),
});

/** They decide which piece of a function is evaluated; the derivative is that piece's. */
export const comparison: readonly Rule[] = [
  ...tests("less", "lessInt", "<", "<", (a, b) => a < b),
  ...tests("lessEqual", "lessEqualInt", "<=", "\\le", (a, b) => a <= b),
  ...tests("greater", "greaterInt", ">", ">", (a, b) => a > b),
  ...tests("greaterEqual", "greaterEqualInt", ">=", "\\ge", (a, b) => a >= b),
  ...tests("equal", "equalInt", "===", "=", (a, b) => a === b, spelt("===", "==", "=")),
  ...tests("notEqual", "notEqualInt", "!==", "\\ne", (a, b) => a !== b, spelt("!==", "!=", "\\ne")),
  {
    name: "and", ruleName: "logic", value: (a, b) => (a && b ? 1 : 0), javascript: (args) => `(${text(args)} && ${text(args, 1)})`,
    names: { latex: infix("\\land", 3, "both"), typescript: infix("&&", 3, "both"), python: infix("and", 3, "both"), math: infix("and", 3, "both") },
  },
  {
    name: "or", ruleName: "logic", value: (a, b) => (a || b ? 1 : 0), javascript: (args) => `(${text(args)} || ${text(args, 1)})`,
    names: { latex: infix("\\lor", 2, "both"), typescript: infix("||", 2, "both"), python: infix("or", 2, "both"), math: infix("or", 2, "both") },
  },
  {
    name: "not", ruleName: "logic", value: (a) => (a ? 0 : 1), javascript: (args) => `(!${text(args)})`,
    // Python's not binds looser than a comparison; that of plain mathematics, as mathjs reads it, as tight as a minus.
    names: { latex: prefix("\\lnot "), typescript: prefix("!"), python: prefix("not ", 4), math: prefix("not ") },
  },
  {
    name: "isFinite", ruleName: "logic", value: (a) => (Number.isFinite(a) ? 1 : 0), javascript: (args) => `Number.isFinite(${text(args)})`,
    names: { latex: named("\\operatorname{isfinite}"), typescript: named("Number.isFinite"), python: named("np.isfinite"), math: named("isFinite") },
  },
  {
    name: "isNaN", ruleName: "logic", value: (a) => (Number.isNaN(a) ? 1 : 0), javascript: (args) => `Number.isNaN(${text(args)})`,
    names: { latex: named("\\operatorname{isnan}"), typescript: named("Number.isNaN"), python: named("np.isnan"), math: named("isNaN") },
  },
];
