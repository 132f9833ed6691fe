import type { Expression } from "../../../ir/types";
import { keyOf } from "../state/facts";

/** b − a where both are the same but for a constant. */
export function constantDifference(b: Expression, a: Expression): number | undefined {
  const terms = new Map<string, number>();
  let constant = 0;
  const add = (expression: Expression, sign: number): void => {
    if (expression.kind === "constant") constant += sign * expression.value;
    else if (expression.kind === "call" && (expression.primitive === "addInt" || expression.primitive === "subtractInt")) {
      const [left, right] = expression.args;
      if (left) add(left, sign);
      if (right) add(right, expression.primitive === "addInt" ? sign : -sign);
    } else terms.set(keyOf(expression), (terms.get(keyOf(expression)) ?? 0) + sign);
  };
  add(b, 1);
  add(a, -1);
  return [...terms.values()].every((count) => count === 0) ? constant : undefined;
}
