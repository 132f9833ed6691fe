import type { Expression, PrimitiveName } from "../ir/types";
import { walkExpression } from "../ir/visit";

/** From this on (in additions) a value is taped rather than computed again. */
export const EXPENSIVE = 8;

const cheap: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "add", "subtract", "multiply", "negate", "abs", "sign", "min", "max", "toFloat", "toInt", "boolToFloat",
  "addInt", "subtractInt", "multiplyInt", "minInt", "maxInt", "bitAnd", "bitOr", "bitXor", "shiftLeft", "shiftRight",
  "less", "lessEqual", "greater", "greaterEqual", "equal", "notEqual", "lessInt", "lessEqualInt", "greaterInt",
  "greaterEqualInt", "equalInt", "notEqualInt", "and", "or", "not",
]);

export function costOf(expression: Expression): number {
  let total = 0;
  walkExpression(expression, (e) => {
    if (e.kind === "load" || e.kind === "select") total += 1;
    if (e.kind === "call") total += cheap.has(e.primitive) ? 1 : e.primitive === "divide" || e.primitive === "sqrt" ? 4 : EXPENSIVE;
  });
  return total;
}
