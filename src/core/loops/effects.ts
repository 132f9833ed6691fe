import type { ArrayVariable, Block, Expression, Local, Statement } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";

export type Variable = Local | ArrayVariable;

/** Everything the statement writes, nested statements and loop indices included. */
export function writesOf(statement: Statement): Set<Variable> {
  const written = new Set<Variable>();
  walkBlock([statement], (inner) => {
    switch (inner.kind) {
      case "assign": written.add(inner.local); return;
      case "pop":
        written.add(inner.local);
        written.add(inner.stack);
        return;
      case "push": written.add(inner.stack); return;
      case "store":
      case "fill": written.add(inner.array); return;
      case "accumulate": written.add(inner.target); return;
      case "for": written.add(inner.index); return;
      default: return;
    }
  });
  return written;
}

/** Everything the expression reads. */
export function readsOf(expression: Expression, into = new Set<Variable>()): Set<Variable> {
  walkExpression(expression, (e) => {
    if (e.kind === "read") into.add(e.local);
    if (e.kind === "load") into.add(e.array);
  });
  return into;
}

/** How often the expression reads a local. */
export function countReads(expression: Expression, local: Local): number {
  let count = 0;
  walkExpression(expression, (e) => { if (e.kind === "read" && e.local === local) count++; });
  return count;
}

export function countReadsIn(block: Block, local: Local): number {
  let count = 0;
  walkBlock(block, (statement) => {
    for (const expression of expressionsOf(statement)) count += countReads(expression, local);
    if (statement.kind === "for" && statement.exit === local) count++;
  });
  return count;
}

/** Operations in an expression: what a reader has to take in at once. */
export function sizeOfExpression(expression: Expression): number {
  let size = 0;
  walkExpression(expression, (e) => { if ((e.kind === "call" && e.primitive !== "toFloat") || e.kind === "select") size++; });
  return size;
}
