import { bool, call, float, int } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { typeOf } from "../../../ir/visit";
import type { Span } from "../../positions";
import { wantNumber } from "../arguments/holes";
import type { Machine } from "../state/machine";
import type { Node } from "../syntax/syntax";
import { describe, known, type ScalarValue, type StaticValue, type Value } from "../state/values";

/** Whole numbers are exact below this, whichever their sign. */
export const int32 = 2 ** 31;

export function isInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < int32 && !Object.is(value, -0);
}

/** An operand of arithmetic as JavaScript would convert it; refuses what is no number. */
export function asNumber(machine: Machine, value: Value, node: Node): StaticValue | ScalarValue {
  if (value.kind === "hole") return wantNumber(machine, value);
  if (value.kind === "poison") return value.fail(node);
  if (value.kind === "scalar") return value;
  if (value.kind === "static") {
    if (typeof value.value !== "string" && typeof value.value !== "bigint") return value;
    const converted = Number(value.value);
    if (!Number.isNaN(converted)) return known(converted);
    throw machine.refuse(node, "E107", `A ${typeof value.value} takes part in the arithmetic here.`, "Use numbers only where the result depends on them.");
  }
  throw machine.refuse(node, "E107", `A number is needed here, and this is ${describe(value)}.`, value.kind === "list" ? "Use its elements, or its length." : undefined);
}

export function asFloat(machine: Machine, value: Value, node: Node): Expression {
  const number = asNumber(machine, value, node);
  const span = machine.spanOf(node);
  if (number.kind === "scalar") {
    if (number.type === "i32") return toFloat(number.expression, span);
    if (number.type === "bool") return call("boolToFloat", [number.expression], span);
    return number.expression;
  }
  const plain = Number(number.value);
  const constant = float(plain, number.span ?? span, number.text);
  return number.computedFrom ? { ...constant, computedFrom: number.computedFrom } : constant;
}

export function toFloat(expression: Expression, span?: Span): Expression {
  return expression.kind === "constant" ? float(expression.value, span) : call("toFloat", [expression], span ?? expression.span);
}

/** An index or a count: exact where it is an integer already, truncated otherwise. */
export function asIndex(machine: Machine, value: Value, node: Node): Expression {
  const number = asNumber(machine, value, node);
  if (number.kind === "static") return int(Math.trunc(Number(number.value)), machine.spanOf(node));
  return toInt(asFloatOrInt(machine, number, node));
}

function asFloatOrInt(machine: Machine, value: ScalarValue, node: Node): Expression {
  return value.type === "i32" ? value.expression : asFloat(machine, value, node);
}

export function toInt(expression: Expression): Expression {
  if (expression.kind === "constant") return int(Math.trunc(expression.value), expression.span);
  if (expression.kind === "call" && expression.primitive === "toFloat" && expression.args[0]) return expression.args[0];
  return typeOf(expression) === "i32" ? expression : call("toInt", [expression], expression.span);
}

/** JavaScript's truthiness, known or as a condition. */
export function asCondition(machine: Machine, value: Value, node: Node): boolean | Expression {
  switch (value.kind) {
    case "static": return Boolean(value.value);
    case "scalar": {
      if (value.type === "bool") return value.expression;
      const span = machine.spanOf(node);
      if (value.type === "i32") return call("notEqualInt", [value.expression, int(0)], span);
      const nonZero = call("notEqual", [value.expression, float(0)], span);
      return call("and", [nonZero, call("not", [call("isNaN", [value.expression], span)], span)], span);
    }
    case "hole": return asCondition(machine, wantNumber(machine, value), node);
    case "poison": return value.fail(node);
    default: return true;
  }
}

export function asBool(machine: Machine, value: Value, node: Node): Expression {
  const condition = asCondition(machine, value, node);
  return typeof condition === "boolean" ? bool(condition, machine.spanOf(node)) : condition;
}

export function isIntLike(value: StaticValue | ScalarValue): boolean {
  return value.kind === "scalar" ? value.type === "i32" : typeof value.value === "number" && isInteger(value.value);
}

export function isAbsent(value: Value): boolean {
  return value.kind === "static" ? value.value === undefined || value.value === null : value.kind === "scalar" && value.maybeMissing === true;
}
