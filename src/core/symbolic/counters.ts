import type { Block, Expression, Local, While } from "../ir/types";
import { expressionsOf, operands, walkBlock } from "../ir/visit";
import { affineOf, isNumber } from "./affine";

/** Whole numbers that each turn of a loop raises by the same, once and whatever happens, and by how much. */
export function countersIn(body: Block): Map<string, { local: Local; step: number }> {
  const assignments = new Map<string, number>();
  walkBlock(body, (statement) => {
    if (statement.kind === "assign") assignments.set(statement.local.name, (assignments.get(statement.local.name) ?? 0) + 1);
  });
  const counters = new Map<string, { local: Local; step: number }>();
  for (const statement of body) {
    if (statement.kind !== "assign" || statement.local.type !== "i32" || assignments.get(statement.local.name) !== 1) continue;
    const value = affineOf(statement.value);
    const own = value?.terms.get(statement.local.name);
    if (value && own?.times === 1 && value.terms.size === 1 && value.constant !== 0) counters.set(statement.local.name, { local: statement.local, step: value.constant });
  }
  return counters;
}

/** The locals an expression reads. */
export function localsIn(expression: Expression): Local[] {
  return expression.kind === "read" ? [expression.local] : operands(expression).flatMap(localsIn);
}

export const wholeNumber = (expression: Expression | undefined): number | undefined => {
  const affine = expression && affineOf(expression);
  return affine && isNumber(affine) ? affine.constant : undefined;
};

/** How often each local is read in a part of a program. */
export function readsIn(body: Block, result?: Expression): Map<string, number> {
  const reads = new Map<string, number>();
  const count = (expression: Expression): void => {
    if (expression.kind === "read") reads.set(expression.local.name, (reads.get(expression.local.name) ?? 0) + 1);
    operands(expression).forEach(count);
  };
  walkBlock(body, (statement) => expressionsOf(statement).forEach(count));
  if (result) count(result);
  return reads;
}

/** What `do … while` asks after each turn; undefined for a loop that asks before. `valueOf`: what a variable is when the loop begins. */
export function testedLast({ condition, body }: While, valueOf: (local: string) => Expression | undefined): Expression | undefined {
  const last = body.at(-1);
  if (condition.kind !== "read" || last?.kind !== "assign" || last.local.name !== condition.local.name) return undefined;
  const goes = valueOf(condition.local.name);
  return goes?.kind === "constant" && goes.value !== 0 ? last.value : undefined;
}
