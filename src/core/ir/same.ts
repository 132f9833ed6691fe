import type { Expression } from "./types";
import { operands } from "./visit";

/** Structural equality; spans and spellings do not count. */
export function sameExpression(a: Expression, b: Expression | undefined): boolean {
  if (a === b) return true;
  if (!b || a.kind !== b.kind) return false;
  switch (a.kind) {
    case "constant": return b.kind === "constant" && a.type === b.type && Object.is(a.value, b.value);
    case "read": return b.kind === "read" && a.local === b.local;
    case "load":
      if (b.kind !== "load" || a.array !== b.array) return false;
      break;
    case "call":
      if (b.kind !== "call" || a.primitive !== b.primitive) return false;
      break;
    case "select": break;
  }
  const mine = operands(a);
  const theirs = operands(b);
  return mine.length === theirs.length && mine.every((operand, j) => sameExpression(operand, theirs[j]));
}
