import { call } from "../../../ir/build";
import type { Expression } from "../../../ir/types";

/**
 * `t + a − b` with t in front is "accumulate a, then −b", in that order: the sums come out bit for bit as the user's.
 * Undefined where the expression is no such sum.
 */
export function addends(expression: Expression, isTarget: (part: Expression) => boolean): Expression[] | undefined {
  if (expression.kind !== "call") return undefined;
  const [left, right] = expression.args;
  if (!left || !right) return undefined;
  if (expression.primitive === "add") {
    if (isTarget(left)) return [right];
    if (isTarget(right)) return [left];
    const before = addends(left, isTarget);
    return before ? [...before, right] : undefined;
  }
  if (expression.primitive === "subtract") {
    const negated = call("negate", [right], expression.span);
    if (isTarget(left)) return [negated];
    const before = addends(left, isTarget);
    return before ? [...before, negated] : undefined;
  }
  return undefined;
}
