import { assign, read } from "../../../ir/build";
import type { ArrayVariable, Expression, Local, Statement } from "../../../ir/types";
import { walkBlock, walkExpression } from "../../../ir/visit";
import type { Machine } from "./machine";
import type { Value } from "./values";

/**
 * Evaluates left to right. An operand that was read before a later one changes what it reads (`x + x++`) is kept in a
 * variable first, in front of the statements that change it.
 */
export function inOrder(machine: Machine, evaluations: readonly (() => Value)[]): Value[] {
  const values: Value[] = [];
  const { block } = machine;
  const positions: number[] = [];
  for (const evaluation of evaluations) {
    const before = block.length;
    values.push(evaluation());
    positions.push(block.length);
    if (block.length === before) continue;
    for (let i = 0; i < values.length - 1; i++) {
      const value = values[i];
      const position = positions[i];
      if (value?.kind !== "scalar" || position === undefined) continue;
      if (!isChangedBy(value.expression, block.slice(position))) continue;
      const local = machine.stableLocal(value.type, "held");
      block.splice(position, 0, assign(local, value.expression));
      values[i] = { ...value, expression: read(local) };
      for (let j = i; j < positions.length; j++) positions[j] = (positions[j] ?? 0) + 1;
    }
  }
  return values;
}

function isChangedBy(expression: Expression, statements: readonly Statement[]): boolean {
  const sources = new Set<Local | ArrayVariable>();
  walkExpression(expression, (part) => {
    if (part.kind === "read") sources.add(part.local);
    if (part.kind === "load") sources.add(part.array);
  });
  let changed = false;
  walkBlock(statements, (statement) => {
    switch (statement.kind) {
      case "assign":
      case "pop": changed ||= sources.has(statement.local); break;
      case "store":
      case "fill": changed ||= sources.has(statement.array); break;
      case "accumulate": changed ||= sources.has(statement.target); break;
      default: break;
    }
  });
  return changed;
}
