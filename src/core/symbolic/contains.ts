import type { Expression } from "../ir/types";
import { operands } from "../ir/visit";
import type { Sums } from "./sums";

/** Is the part somewhere in the whole, inside sums too? */
export function contains(whole: Expression, part: Expression, sums: Sums | undefined, seen = new Set<Expression>()): boolean {
  if (whole === part) return true;
  if (seen.has(whole)) return false;
  seen.add(whole);
  const body = sums?.of(whole)?.body;
  return operands(whole).some((operand) => contains(operand, part, sums, seen)) || (body !== undefined && contains(body, part, sums, seen));
}
