import type { ArrayVariable, Block } from "./types";
import { expressionsOf, walkBlock, walkExpression } from "./visit";

/** Of `arrays`, those the block reads or writes, in their order. */
export function mentionedArrays(block: Block, arrays: readonly ArrayVariable[]): ArrayVariable[] {
  const found = new Set<ArrayVariable>();
  walkBlock(block, (statement) => {
    if (statement.kind === "store" || statement.kind === "fill") found.add(statement.array);
    if (statement.kind === "accumulate" && statement.target.kind === "array") found.add(statement.target);
    if (statement.kind === "push" || statement.kind === "pop") found.add(statement.stack);
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "load") found.add(e.array); });
  });
  return arrays.filter((array) => found.has(array));
}
