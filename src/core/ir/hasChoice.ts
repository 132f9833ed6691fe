import type { Expression } from "./types";
import { walkExpression } from "./visit";

/** Whether a part of the expression is evaluated in some cases only. */
export function hasChoice(expression: Expression): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "select" || (e.kind === "call" && (e.primitive === "and" || e.primitive === "or"))) found = true; });
  return found;
}
