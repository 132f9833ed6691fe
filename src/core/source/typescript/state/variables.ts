import { accumulate, assign, read } from "../../../ir/build";
import type { Expression, Local } from "../../../ir/types";
import { walkExpression } from "../../../ir/visit";
import type { ValueSlot } from "./journal";
import type { Machine } from "./machine";
import { toFloat } from "../evaluate/numbers";
import { addends } from "../evaluate/sums";
import type { Node } from "../syntax/syntax";
import { scalar, type ScalarValue, type Value } from "./values";

/** Writes a variable, element or field. A run-time value goes into the IR variable that belongs to it. */
export function setSlot(machine: Machine, slot: ValueSlot, value: Value, node: Node): void {
  if (value.kind !== "scalar") return machine.journal.setValue(slot, value);
  const { expression, local } = home(machine, slot, value);
  if (expression.kind === "read" && expression.local === local) return machine.journal.setValue(slot, { ...scalar(read(local)), ...lack(value) });
  const span = machine.spanOf(node);
  const isOwn = slot.content.kind === "scalar" && slot.content.expression.kind === "read" && slot.content.expression.local === local;
  const terms = isOwn && local.type === "f64" ? addends(expression, (part) => part.kind === "read" && part.local === local) : undefined;
  if (terms && terms.every((term) => !reads(term, local))) {
    for (const term of terms) machine.emit(accumulate(local, term, undefined, span));
    return;
  }
  machine.emit(assign(local, expression, span));
  machine.journal.setValue(slot, { ...scalar(read(local)), ...lack(value) });
}

const lack = (value: ScalarValue): { maybeMissing?: true } => (value.maybeMissing ? { maybeMissing: true } : {});

/** The variable the slot's run-time values live in; an integer joins a float's. */
function home(machine: Machine, slot: ValueSlot, value: ScalarValue): { expression: Expression; local: Local } {
  const before = slot.local;
  if (before && before.type === value.type) return { expression: value.expression, local: before };
  if (before && before.type === "f64" && value.type === "i32") return { expression: toFloat(value.expression), local: before };
  const local = machine.local(value.type, slot.label ?? "t", slot.label);
  slot.local = local;
  return { expression: value.expression, local };
}

export function reads(expression: Expression, local: Local): boolean {
  let found = false;
  walkExpression(expression, (part) => {
    if (part.kind === "read" && part.local === local) found = true;
  });
  return found;
}
