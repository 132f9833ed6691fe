import { call, int } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import type { Machine } from "../state/machine";
import { NotStatic } from "../state/signals";
import type { Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { asFloat, asNumber, isInteger } from "./numbers";

/** A whole number as an index counts with it; undefined where it may be none. */
export function integerOf(machine: Machine, value: Value): Expression | undefined {
  if (value.kind === "static") return typeof value.value === "number" && isInteger(value.value + 0) ? int(value.value) : undefined;
  return value.kind === "scalar" && value.type === "i32" ? machine.dependence.isStable(value.expression) ? value.expression : machine.named(value.expression) : undefined;
}

/** Before what the index ends, going by `step` while `operator` holds of i ± `shift` and the limit; undefined where that is no range. */
export function endOfRange(machine: Machine, operator: string, limit: Value, shift: Value | undefined, sign: 1 | -1, step: number, node: Node): Expression | undefined {
  const isUp = operator === "<" || operator === "<=" || ((operator === "!==" || operator === "!=") && step > 0);
  if (isUp !== step > 0) return undefined;
  const inclusive = operator === "<=" || operator === ">=";
  const bound = asNumber(machine, limit, node);
  const moved = shift === undefined ? undefined : asNumber(machine, shift, node);
  if (bound.kind === "static" && (moved === undefined || moved.kind === "static")) {
    const value = Number(bound.value) - sign * Number(moved?.value ?? 0);
    if (!Number.isFinite(value) || Math.abs(value) > 2 ** 31) return undefined;
    return int(isUp ? (inclusive ? Math.floor(value) + 1 : Math.ceil(value)) : (inclusive ? Math.ceil(value) - 1 : Math.floor(value)));
  }
  if (machine.staticOnly > 0) throw new NotStatic("loop bound");
  const whole = integral(machine, bound, isUp, inclusive, node);
  if (!whole) return undefined;
  if (!moved) return whole;
  const offset = moved.kind === "static" ? integerOf(machine, moved) : moved.type === "i32" ? moved.expression : undefined;
  return offset ? call(sign > 0 ? "subtractInt" : "addInt", [whole, offset]) : undefined;
}

function integral(machine: Machine, bound: ReturnType<typeof asNumber>, isUp: boolean, inclusive: boolean, node: Node): Expression | undefined {
  const extra = inclusive ? (isUp ? 1 : -1) : 0;
  if (bound.kind === "static") return int(Math.ceil(Number(bound.value)) + extra);
  if (bound.type === "i32") return extra === 0 ? bound.expression : call("addInt", [bound.expression, int(extra)]);
  // A count that is an argument is no unknown: nothing can be differentiated by it.
  machine.arguments?.needsKnown(bound.expression, "bound of a loop");
  const value = asFloat(machine, bound, node);
  const rounded = call(isUp !== inclusive ? "ceil" : "floor", [value]);
  const whole = call("toInt", [rounded]);
  return extra === 0 ? whole : call("addInt", [whole, int(extra)]);
}
