import type { Block, Expression, Statement } from "./types";
import { mapExpression } from "./visit";

/** The block with every expression rebuilt, bottom-up, by `change`. */
export function rewriteBlock(block: Block, change: (expression: Expression) => Expression): Statement[] {
  return block.map((statement) => rewriteStatement(statement, change));
}

export function rewriteStatement(statement: Statement, change: (expression: Expression) => Expression): Statement {
  const all = (e: Expression): Expression => mapExpression(e, change);
  switch (statement.kind) {
    case "assign":
    case "fill":
    case "push": return { ...statement, value: all(statement.value) };
    case "store": return { ...statement, indices: statement.indices.map(all), value: all(statement.value) };
    case "accumulate":
      return { ...statement, value: all(statement.value), ...(statement.indices ? { indices: statement.indices.map(all) } : {}) };
    case "if":
      return { ...statement, condition: all(statement.condition), then: rewriteBlock(statement.then, change), else: rewriteBlock(statement.else, change) };
    case "for": return { ...statement, from: all(statement.from), to: all(statement.to), body: rewriteBlock(statement.body, change) };
    case "while": return { ...statement, condition: all(statement.condition), body: rewriteBlock(statement.body, change) };
    case "pop":
    case "trap": return statement;
  }
}

/** The block with nested blocks rebuilt first, and then each by `change`. */
export function rewriteBlocks(block: Block, change: (block: Block) => Block): Block {
  return change(block.map((statement): Statement => {
    switch (statement.kind) {
      case "if": return { ...statement, then: rewriteBlocks(statement.then, change), else: rewriteBlocks(statement.else, change) };
      case "for":
      case "while": return { ...statement, body: rewriteBlocks(statement.body, change) };
      default: return statement;
    }
  }));
}
