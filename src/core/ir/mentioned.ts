import type { ArrayVariable, Block, Expression } from "./types";
import { expressionsOf, walkBlock, walkExpression } from "./visit";

/** Of `arrays`, those the block or the result reads or writes, in their order. */
export function mentionedArrays(block: Block, arrays: readonly ArrayVariable[], result?: Expression): ArrayVariable[] {
  const found = new Set<ArrayVariable>();
  const inExpression = (expression: Expression): void => walkExpression(expression, (e) => { if (e.kind === "load") found.add(e.array); });
  if (result) inExpression(result);
  walkBlock(block, (statement) => {
    if (statement.kind === "store" || statement.kind === "fill") found.add(statement.array);
    if (statement.kind === "accumulate" && statement.target.kind === "array") found.add(statement.target);
    if (statement.kind === "push" || statement.kind === "pop") found.add(statement.stack);
    expressionsOf(statement).forEach(inExpression);
  });
  return arrays.filter((array) => found.has(array));
}
