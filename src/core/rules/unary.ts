import type { Expression, PrimitiveName } from "../ir/types";
import { arg, text } from "./express";
import type { Names } from "./notation";
import type { Rule } from "./rule";

/** A rule for a function of one variable. `derivative` is absent where the function is piecewise constant. */
export function unary(
  name: PrimitiveName, ruleName: string, value: (x: number) => number, javascript: (x: string) => string, names: Names,
  derivative?: (x: Expression, result: Expression) => Expression, textbook?: (x: Expression, result: Expression) => Expression,
): Rule {
  return {
    name, ruleName, value, names,
    javascript: (args) => javascript(text(args)),
    ...(derivative ? { partial: (_index: number, args: readonly Expression[], result: Expression) => derivative(arg(args), result) } : {}),
    ...(textbook ? { textbook: (_index: number, args: readonly Expression[], result: Expression) => textbook(arg(args), result) } : {}),
  };
}
