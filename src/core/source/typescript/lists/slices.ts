import { call, int } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { asIndex } from "../evaluate/numbers";
import { binary } from "../evaluate/operators";
import type { Machine } from "../state/machine";
import { NotStatic } from "../state/signals";
import { known, madeByOf, scalar, type ListValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { constantDifference } from "./constantDifference";
import { ensureDense } from "./dense";
import { gather } from "./iteration";
import { capacityOf, constantDense, elementAt, lengthOf, lengthValue } from "./lists";
import { numbersOf, someNumbers } from "./numbers";

/** `list.slice(from, to)`: a copy. */
export function slice(machine: Machine, list: ListValue, from: Value | undefined, to: Value | undefined, node: Node): Value {
  const length = lengthOf(list);
  const isFixed = (value: Value | undefined): boolean => value === undefined || value.kind === "static";
  if (isFixed(from) && isFixed(to)) {
    if (length === undefined) return sliceOfCounted(machine, list, fixedNumber(machine, from, 0, node), to && fixedNumber(machine, to, Infinity, node), node);
    const [a, b] = clampRange(length, fixedNumber(machine, from, 0, node), fixedNumber(machine, to, length, node));
    const numbers = numbersOf(list);
    if (numbers) return someNumbers(machine, numbers, a, b, list.typed);
    if (b - a > 256 && machine.staticOnly === 0) return gather(machine, b - a, b - a, node, (index) => elementAt(machine, list, binary(machine, "+", index, known(a), node), node));
    return machine.listOf(Array.from({ length: b - a }, (_, i) => elementAt(machine, list, known(a + i), node)), list.typed);
  }
  if (machine.staticOnly > 0) throw new NotStatic("slice");
  const { start, count } = runTimeRange(machine, list, from, to, node);
  const base = machine.freeze(scalar(start));
  return machine.listOf(Array.from({ length: count }, (_, i) => elementAt(machine, list, binary(machine, "+", base, known(i), node), node)), list.typed);
}

/** Of a list that has been counted by the running program; so is what is cut from it. */
function sliceOfCounted(machine: Machine, list: ListValue, from: number, to: number | undefined, node: Node): Value {
  const count = asIndex(machine, lengthValue(list), node);
  const place = (at: number): Expression => (at < 0 ? call("maxInt", [call("addInt", [count, int(at)]), int(0)]) : call("minInt", [count, int(Math.min(at, capacityOf(list)))]));
  const start = machine.named(place(Math.trunc(from)));
  const end = to === undefined || to === Infinity ? count : place(Math.trunc(to));
  const length = machine.named(call("maxInt", [call("subtractInt", [end, start]), int(0)]));
  // Both ends told from the same side, or from the end on: it is at most as long as that.
  const most = to === undefined || to === Infinity ? (from < 0 ? -from : capacityOf(list) - from) : from < 0 === to < 0 ? to - from : capacityOf(list);
  const madeBy = madeByOf(list.state.content);
  return gather(machine, length, Math.min(capacityOf(list), Math.max(0, most)), node, (index) => elementAt(machine, list, binary(machine, "+", index, scalar(start), node), node), madeBy);
}

/** A window on a typed array: what is written through one of the two is read through the other. */
export function subarray(machine: Machine, list: ListValue, from: Value | undefined, to: Value | undefined, node: Node): Value {
  const length = lengthOf(list);
  if (length === undefined) throw machine.refuse(node, "E108", "How many elements this array has is known only at run time.", "Use a loop.");
  const state = list.state.content;
  const isFixed = (value: Value | undefined): boolean => value === undefined || value.kind === "static";
  // Nobody writes them: a window on them and a copy are the same until then.
  if (state.kind === "numbers" && isFixed(from) && isFixed(to)) return slice(machine, list, from, to, node);
  const isPlain = state.kind === "cells" && isFixed(from) && isFixed(to) && (machine.staticOnly > 0 || state.cells.every((cell) => cell.content.kind === "static"));
  if (isPlain) {
    const [a, b] = clampRange(length, fixedNumber(machine, from, 0, node), fixedNumber(machine, to, length, node));
    const view = machine.list({ kind: "cells", cells: state.cells.slice(a, b) }, list.typed);
    machine.windows.add(view.state).add(list.state);
    return view;
  }
  if (machine.staticOnly > 0) throw new NotStatic("subarray");
  const whole = state.kind === "numbers" ? constantDense(machine, list) : state.kind === "cells" ? ensureDense(machine, list, node).state.content : state;
  const bounds = whole?.kind === "dense" ? windowOf(machine, length, list, from, to, node) : undefined;
  if (whole?.kind !== "dense" || whole.layout.element.kind !== "leaf" || !bounds) return slice(machine, list, from, to, node);
  const { element } = whole.layout;
  const { start, count } = bounds;
  const offset = element.offset ? call("addInt", [element.offset, start]) : start;
  return machine.list({ kind: "dense", prefix: whole.prefix, layout: { kind: "list", length: count, element: { ...element, offset } } }, list.typed);
}

function windowOf(machine: Machine, length: number, list: ListValue, from: Value | undefined, to: Value | undefined, node: Node): { start: Expression; count: number } | undefined {
  const isFixed = (value: Value | undefined): boolean => value === undefined || value.kind === "static";
  if (isFixed(from) && isFixed(to)) {
    const [a, b] = clampRange(length, fixedNumber(machine, from, 0, node), fixedNumber(machine, to, length, node));
    return { start: { kind: "constant", type: "i32", value: a }, count: b - a };
  }
  const range = runTimeRange(machine, list, from, to, node);
  return { start: machine.dependence.isStable(range.start) ? range.start : machine.named(range.start), count: range.count };
}

function runTimeRange(machine: Machine, list: ListValue, from: Value | undefined, to: Value | undefined, node: Node): { start: Expression; count: number } {
  const start = asIndex(machine, from ?? known(0), node);
  const end = asIndex(machine, to ?? lengthValue(list), node);
  const count = constantDifference(end, start);
  const [low, high] = machine.facts.rangeOf(start);
  if (count === undefined || low < 0 || high + count > capacityOf(list)) {
    throw machine.needsUnrolled(new Set([...machine.dependence.loopsOf(start), ...machine.dependence.loopsOf(end)]), machine.refuse(
      node, "E108", "How long this slice is depends on numbers known only at run time.", "Use a loop over the indices.",
    ));
  }
  return { start, count: Math.max(0, count) };
}

export function clampRange(length: number, from: number, to: number): [number, number] {
  const clamp = (at: number): number => Math.trunc(at < 0 ? Math.max(0, length + at) : Math.min(at, length));
  const a = clamp(from);
  return [a, Math.max(a, clamp(to))];
}

export function fixedNumber(machine: Machine, value: Value | undefined, fallback: number, node: Node): number {
  if (!value || (value.kind === "static" && value.value === undefined)) return fallback;
  if (value.kind === "static") return Number(value.value);
  throw machine.needsStatic(value, machine.refuse(node, "E108", "This number must be known before the function runs.", "Use a constant."));
}
