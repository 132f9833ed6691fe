import { call, select } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import type { Machine } from "../state/machine";
import { isNumberLike, scalar, type ScalarValue, type StaticValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { asBool, asFloat, asIndex, isAbsent, isIntLike } from "./numbers";

/** `condition ? a : b` of two numbers, without control flow. */
export function choose(machine: Machine, condition: Expression, whenTrue: Value, whenFalse: Value, node: Node): Value | undefined {
  if (!isNumberLike(whenTrue) || !isNumberLike(whenFalse)) return undefined;
  const span = machine.spanOf(node);
  const isTruth = (value: StaticValue | ScalarValue): boolean => (value.kind === "scalar" ? value.type === "bool" : typeof value.value === "boolean");
  if (isTruth(whenTrue) && isTruth(whenFalse)) {
    if (whenTrue.kind === "static" && whenFalse.kind === "static") return scalar(whenTrue.value ? condition : call("not", [condition], span));
    return scalar(select(condition, asBool(machine, whenTrue, node), asBool(machine, whenFalse, node), span));
  }
  const someInt = [whenTrue, whenFalse].some((value) => value.kind === "scalar" && value.type === "i32");
  if (someInt && isIntLike(whenTrue) && isIntLike(whenFalse)) {
    return scalar(select(condition, asIndex(machine, whenTrue, node), asIndex(machine, whenFalse, node), span));
  }
  const chosen = scalar(select(condition, asFloat(machine, whenTrue, node), asFloat(machine, whenFalse, node), span));
  return isAbsent(whenTrue) || isAbsent(whenFalse) ? { ...chosen, maybeMissing: true } : chosen;
}
