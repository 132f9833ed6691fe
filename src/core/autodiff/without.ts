import type { Block, Statement } from "../ir/types";

/** The block without the statements in `dropped`; blocks that thereby do nothing go too. */
export function without(block: Block, dropped: ReadonlySet<Statement>): Block {
  return block.flatMap((statement): Statement[] => {
    if (dropped.has(statement)) return [];
    switch (statement.kind) {
      case "if": return [{ ...statement, then: without(statement.then, dropped), else: without(statement.else, dropped) }];
      case "for":
      case "while": return [{ ...statement, body: without(statement.body, dropped) }];
      default: return [statement];
    }
  });
}
