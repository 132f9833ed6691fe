import type { Block, IrFunction, Statement } from "../../ir/types";
import { blocksOf, expressionsOf, walkExpression } from "../../ir/visit";

/**
 * V8 gives up optimising a function of about 3,800 operations, and then runs it fifteen times slower. Above this many, a
 * function is cut into pieces.
 */
const LARGEST_FUNCTION = 3000;
const LARGEST_PIECE = 1000;

/** The function's top-level statements in pieces of bearable size; one piece where it is small anyway. */
export function piecesOf(fn: IrFunction): Block[] {
  const sizes = fn.body.map(operationsIn);
  if (sizes.reduce((sum, size) => sum + size, 0) <= LARGEST_FUNCTION) return [fn.body];
  const pieces: Statement[][] = [];
  let current: Statement[] = [];
  let size = 0;
  for (const [k, statement] of fn.body.entries()) {
    if (size > 0 && size + (sizes[k] ?? 0) > LARGEST_PIECE) {
      pieces.push(current);
      current = [];
      size = 0;
    }
    current.push(statement);
    size += sizes[k] ?? 0;
  }
  return [...pieces, current];
}

function operationsIn(statement: Statement): number {
  let count = 1;
  for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "call" || e.kind === "load" || e.kind === "select") count++; });
  for (const block of blocksOf(statement)) for (const inner of block) count += operationsIn(inner);
  return count;
}
