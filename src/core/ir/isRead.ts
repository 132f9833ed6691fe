import type { Block, Local } from "./types";
import { expressionsOf, walkBlock, walkExpression } from "./visit";

/** Whether anything in the block reads the local. */
export function isRead(block: Block, local: Local): boolean {
  let found = false;
  walkBlock(block, (statement) => {
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "read" && e.local === local) found = true; });
    if (statement.kind === "for" && statement.exit === local) found = true;
  });
  return found;
}
