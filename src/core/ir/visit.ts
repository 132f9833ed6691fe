import type { Block, Expression, ScalarType, Statement } from "./types";
import { primitiveType } from "./primitiveTypes";

/** The type an expression evaluates to. */
export function typeOf(expression: Expression): ScalarType {
  switch (expression.kind) {
    case "constant": return expression.type;
    case "read": return expression.local.type;
    case "load": return expression.array.element;
    case "call": return primitiveType(expression.primitive).result;
    case "select": return typeOf(expression.whenTrue);
  }
}

/** Direct sub-expressions, in order of evaluation. */
export function operands(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "constant":
    case "read": return [];
    case "load": return expression.indices;
    case "call": return expression.args;
    case "select": return [expression.condition, expression.whenTrue, expression.whenFalse];
  }
}

/** Expressions a statement evaluates itself (not those of nested blocks). */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "assign": return [statement.value];
    case "store": return [...statement.indices, statement.value];
    case "accumulate": return [...(statement.indices ?? []), statement.value];
    case "fill": return [statement.value];
    case "push": return [statement.value];
    case "if": return [statement.condition];
    case "for": return [statement.from, statement.to];
    case "while": return [statement.condition];
    case "pop":
    case "trap": return [];
  }
}

export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case "if": return [statement.then, statement.else];
    case "for":
    case "while": return [statement.body];
    default: return [];
  }
}

/** Calls `each` on the expression and all below it, outermost first. */
export function walkExpression(expression: Expression, each: (expression: Expression) => void): void {
  each(expression);
  for (const operand of operands(expression)) walkExpression(operand, each);
}

/** Calls `each` on every statement of the block, nested ones included, in program order. */
export function walkBlock(block: Block, each: (statement: Statement) => void): void {
  for (const statement of block) {
    each(statement);
    for (const inner of blocksOf(statement)) walkBlock(inner, each);
  }
}

/** Rebuilds an expression bottom-up; unchanged parts are shared. */
export function mapExpression(expression: Expression, change: (expression: Expression) => Expression): Expression {
  switch (expression.kind) {
    case "constant":
    case "read": return change(expression);
    case "load": {
      const indices = mapAll(expression.indices, change);
      return change(indices === expression.indices ? expression : { ...expression, indices });
    }
    case "call": {
      const args = mapAll(expression.args, change);
      return change(args === expression.args ? expression : { ...expression, args });
    }
    case "select": {
      const condition = mapExpression(expression.condition, change);
      const whenTrue = mapExpression(expression.whenTrue, change);
      const whenFalse = mapExpression(expression.whenFalse, change);
      const same = condition === expression.condition && whenTrue === expression.whenTrue && whenFalse === expression.whenFalse;
      return change(same ? expression : { ...expression, condition, whenTrue, whenFalse });
    }
  }
}

function mapAll(list: readonly Expression[], change: (expression: Expression) => Expression): readonly Expression[] {
  let changed = false;
  const mapped = list.map((item) => {
    const next = mapExpression(item, change);
    if (next !== item) changed = true;
    return next;
  });
  return changed ? mapped : list;
}
