import { call } from "../../../ir/build";
import { walkExpression } from "../../../ir/visit";
import type { Machine } from "../state/machine";
import { known, missing, scalar, type Value } from "../state/values";
import { bare, type Node } from "../syntax/syntax";
import { conditional } from "./control";
import { asBool, asCondition, isAbsent } from "./numbers";

/** `a && b`, `a || b`, `a ?? b`. */
export function logical(machine: Machine, operator: string, left: () => Value, right: () => Value, node: Node): Value {
  const first = left();
  if (operator === "??") {
    if (first.kind === "static") return isAbsent(first) ? right() : first;
    if (first.kind !== "scalar" || !first.maybeMissing || first.type !== "f64") return first;
    const held = machine.freeze(first);
    if (held.kind !== "scalar") return held;
    return conditional(machine, scalar(call("isNaN", [held.expression])), node, right, () => ({ ...scalar(held.expression) }));
  }
  const itself = operator === "||" && isOrZero(node) ? orZero(machine, first, node) : undefined;
  if (itself) return itself;
  const condition = asCondition(machine, first, node);
  if (typeof condition === "boolean") return condition === (operator === "&&") ? right() : first;
  // Two plain conditions: one expression. The second must be safe to compute whatever the first says.
  if (first.kind === "scalar" && first.type === "bool") {
    let second: Value = missing;
    const mark = machine.journal.mark();
    const birth = machine.now();
    const statements = machine.capture(() => {
      second = machine.facts.assuming(condition, operator === "&&", right);
    });
    const isPlain = statements.length === 0 && machine.journal.writtenSince(mark).size === 0;
    if (isPlain && isTruthValue(second) && isSafe(second)) {
      const other = asBool(machine, second, node);
      if (other.kind === "constant") return (other.value !== 0) === (operator === "&&") ? first : other.value !== 0 ? known(true) : known(false);
      return scalar(call(operator === "&&" ? "and" : "or", [condition, other], machine.spanOf(node)));
    }
    machine.journal.rollback(mark, birth);
  }
  const held = machine.freeze(first);
  return conditional(machine, scalar(condition), node, operator === "&&" ? right : () => held, operator === "&&" ? () => held : right);
}

function isOrZero(node: Node): boolean {
  const right = node.type === "LogicalExpression" || node.type === "AssignmentExpression" ? bare(node.right) : undefined;
  return right?.type === "NumericLiteral" && right.value === 0;
}

/** `x || 0` is x itself but where that is no number, so it has no kink at 0; and an unknown is a number. */
function orZero(machine: Machine, value: Value, node: Node): Value | undefined {
  if (value.kind !== "scalar" || value.type !== "f64") return undefined;
  if (!value.maybeMissing && machine.arguments?.isUnknown(value.expression)) return value;
  const held = machine.freeze(value);
  if (held.kind !== "scalar") return held;
  return conditional(machine, scalar(call("isNaN", [held.expression])), node, () => known(0), () => ({ ...scalar(held.expression) }));
}

function isTruthValue(value: Value): boolean {
  return value.kind === "static" ? typeof value.value === "boolean" : value.kind === "scalar" && value.type === "bool";
}

function isSafe(value: Value): boolean {
  if (value.kind !== "scalar") return true;
  let safe = true;
  walkExpression(value.expression, (part) => {
    if (part.kind === "load" && part.indices.some((index) => index.kind !== "constant")) safe = false;
  });
  return safe;
}
