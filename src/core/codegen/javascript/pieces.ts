import type { Block, Expression, IrFunction, Local, Statement } from "../../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../../ir/visit";

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

/** Locals that more than one piece, or the result, refers to; they live in memory between pieces. */
export function sharedLocals(pieces: readonly Block[], result: Expression): Set<Local> {
  const seen = new Map<Local, number>();
  const shared = new Set<Local>();
  const note = (local: Local, piece: number): void => {
    const earlier = seen.get(local);
    if (earlier === undefined) seen.set(local, piece);
    else if (earlier !== piece) shared.add(local);
  };
  const noteReads = (expression: Expression, piece: number): void => walkExpression(expression, (e) => { if (e.kind === "read") note(e.local, piece); });
  // A loop declares its own index wherever it stands.
  const indices = new Set<Local>();
  for (const [piece, block] of pieces.entries()) {
    walkBlock(block, (statement) => {
      for (const expression of expressionsOf(statement)) noteReads(expression, piece);
      if (statement.kind === "assign" || statement.kind === "pop") note(statement.local, piece);
      if (statement.kind === "accumulate" && statement.target.kind === "local") note(statement.target, piece);
      if (statement.kind === "for") {
        indices.add(statement.index);
        if (statement.exit) note(statement.exit, piece);
      }
    });
  }
  noteReads(result, pieces.length);
  for (const index of indices) shared.delete(index);
  return shared;
}

function operationsIn(statement: Statement): number {
  let count = 1;
  for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "call" || e.kind === "load" || e.kind === "select") count++; });
  for (const block of blocksOf(statement)) for (const inner of block) count += operationsIn(inner);
  return count;
}
