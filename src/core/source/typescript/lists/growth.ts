import { assign, branch, call, int, read } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { capacityOf, elementAt, elementsOf, lengthOf, maxLength } from "./lists";
import { copyInto, storeInto, tooLong } from "./store";
import { layoutLike, lengthen } from "./dense";
import { thaw } from "./numbers";
import type { Machine } from "../state/machine";
import { NeedsRoom, type Room } from "../state/signals";
import type { Node } from "../syntax/syntax";
import { known, missing, scalar, type DenseState, type Growth, type ListValue, type Value } from "../state/values";

/** Room for a list that is pushed to in a loop of which nobody knows how often it turns. */
const longestOpen = 10_000;

/** `list.push(value)`. */
export function push(machine: Machine, list: ListValue, value: Value, node: Node): void {
  const state = list.state.content;
  machine.elementWrites++;
  if (state.kind === "dense" && state.grows) return append(machine, list, state, state.grows, value, node);
  const region = machine.regions.at(-1);
  const isOlder = region !== undefined && list.state.birth < region.birth;
  const room: Room = { counted: false, added: roomInLoops(machine, list) ?? 1, sample: value };
  if (isOlder) throw new NeedsRoom(list, room);
  if (state.kind === "numbers") {
    thaw(machine, list);
    return push(machine, list, value, node);
  }
  if (state.kind === "cells") {
    if (state.cells.length >= maxLength) throw tooLong(machine, state.cells.length, node);
    machine.journal.appendCell(list.state, machine.slot(machine.freeze(value)));
    return;
  }
  makeRoom(machine, list, room, node);
  push(machine, list, value, node);
}

/** Where there is room: behind the last element that counts. */
function append(machine: Machine, list: ListValue, state: DenseState, grows: Growth, value: Value, node: Node): void {
  const at = state.count ?? int(state.layout.length);
  const added = grows.counter ? roomInLoops(machine, list) : 1;
  const atMost = grows.counter ? (added === undefined ? longestOpen : grows.counter.atMost + added) : machine.facts.rangeOf(at)[1] + 1;
  if (atMost > state.layout.length && machine.staticOnly === 0) throw moreRoom(machine, grows, atMost, node);
  if (added === undefined) trapBeyond(machine, at, state.layout.length, node);
  const index = machine.dependence.isStable(at) || state.layout.element.kind === "leaf" ? at : machine.named(at);
  storeInto(machine, state.layout.element, [...state.prefix, index], value, node);
  if (grows.counter) machine.emit(assign(grows.counter.local, call("addInt", [at, int(1)])));
  machine.journal.setList(list.state, grows.counter ? { ...state, grows: { ...grows, counter: { ...grows.counter, atMost } } } : { ...state, count: plus(at, 1) });
}

function trapBeyond(machine: Machine, at: Expression, length: number, node: Node): void {
  const span = machine.spanOf(node);
  machine.emit(branch(call("greaterEqualInt", [at, int(length)]), [
    { kind: "trap", code: "E108", message: `This array becomes longer than ${length.toLocaleString("en")} elements.`, ...(span ? { span } : {}) },
  ]));
}

/** `list.pop()`. */
export function pop(machine: Machine, list: ListValue, node: Node): Value {
  const state = list.state.content;
  const region = machine.regions.at(-1);
  const isOlder = region !== undefined && list.state.birth < region.birth;
  if (state.kind === "dense" && state.grows) {
    const { counter } = state.grows;
    const last = plus(state.count ?? int(state.layout.length), -1);
    const element = machine.freeze(elementAt(machine, list, last.kind === "constant" ? known(last.value) : scalar(last), node));
    if (counter) machine.emit(assign(counter.local, call("maxInt", [last, int(0)])));
    else machine.journal.setList(list.state, { ...state, count: last });
    return element;
  }
  if (isOlder) {
    const sample = state.kind === "cells" || state.kind === "numbers" ? elementsOf(machine, list)?.[0] : undefined;
    if (sample) throw new NeedsRoom(list, { counted: false, added: 0, sample });
    throw machine.needsUnrolled(new Set(machine.regions.filter((each) => each.kind === "loop")), machine.refuse(
      node, "E108", "How long this array is depends on numbers known only at run time.", "Keep an index instead.",
    ));
  }
  if (state.kind === "cells") {
    const last = state.cells.at(-1);
    if (last) machine.journal.setList(list.state, { kind: "cells", cells: state.cells.slice(0, -1) });
    return last?.content ?? missing;
  }
  if (state.kind === "numbers") {
    thaw(machine, list);
    return pop(machine, list, node);
  }
  const length = lengthOf(list);
  if (state.kind !== "dense" || length === undefined) throw machine.refuse(node, "E108", "How long this array is depends on numbers known only at run time.", "Keep an index instead.");
  const last = elementAt(machine, list, known(length - 1), node);
  machine.journal.setList(list.state, { ...state, layout: { ...state.layout, length: length - 1 } });
  return last;
}

/** `list.length = n`. */
export function truncate(machine: Machine, list: ListValue, length: number, node: Node): void {
  const state = list.state.content;
  machine.elementWrites++;
  const region = machine.regions.at(-1);
  const isOlder = region !== undefined && list.state.birth < region.birth;
  if (state.kind === "dense" && state.grows && length <= state.layout.length) {
    const { counter } = state.grows;
    if (counter) machine.emit(assign(counter.local, call("minInt", [read(counter.local), int(length)])));
    else machine.journal.setList(list.state, { ...state, count: int(length) });
    return;
  }
  const sample = elementsOf(machine, list)?.[0];
  if (isOlder && (state.kind === "cells" || state.kind === "numbers") && sample) throw new NeedsRoom(list, { counted: false, added: 0, sample });
  const now = lengthOf(list);
  if (isOlder || now === undefined || length > now) {
    throw machine.needsUnrolled(new Set(machine.regions.filter((each) => each.kind === "loop")), machine.refuse(node, "E108", "How long this array is depends on numbers known only at run time.", "Make a new array instead."));
  }
  if (state.kind === "cells") machine.journal.setList(list.state, { kind: "cells", cells: state.cells.slice(0, length) });
  else if (length === 0) machine.journal.setList(list.state, { kind: "cells", cells: [] });
  else machine.journal.setList(list.state, state.kind === "pending" || state.kind === "numbers" ? { ...state, length } : { ...state, layout: { ...state.layout, length } });
}

/** Before the region that fills it: the list becomes an IR array with room for what is to come, or is given a counter. */
export function makeRoom(machine: Machine, list: ListValue, room: Room, node: Node): void {
  if (room.length !== undefined) return lengthen(machine, list, room.length, room.sample, node);
  const state = list.state.content;
  const label = machine.labels.get(list);
  const key = `${node.start ?? 0}:${label ?? ""}`;
  if (state.kind === "dense" && state.grows) return counted(machine, list, state, state.grows, label);
  if (machine.arguments?.isWrittenOut(key)) {
    throw machine.refuse(node, "E108", "How long this array becomes depends on numbers known only at run time.", "Give it a fixed length and write its elements.");
  }
  const count = state.kind === "dense" ? state.count : undefined;
  const capacity = Math.max(capacityOf(list) + room.added, machine.arguments?.roomOf(key) ?? 0);
  if (capacity > maxLength) throw tooLong(machine, capacity, node);
  const sample = (capacityOf(list) > 0 && state.kind !== "pending" ? elementAt(machine, list, known(0), node) : undefined) ?? room.sample;
  const layout = { kind: "list" as const, length: capacity, element: layoutLike(machine, sample, [capacity], label, node) };
  if (state.kind === "dense" || (elementsOf(machine, list) ?? []).some((element) => element !== missing)) copyInto(machine, layout, [], list, node);
  const made: DenseState = { kind: "dense", layout, prefix: [], count: count ?? int(capacityOf(list)), grows: { list, key }, madeBy: key };
  machine.journal.setList(list.state, made);
  if (room.counted || (count && count.kind !== "constant")) counted(machine, list, made, { list, key }, label);
}

/** From here on a variable counts the elements. */
function counted(machine: Machine, list: ListValue, state: DenseState, grows: Growth, label: string | undefined): void {
  if (grows.counter) return;
  const count = state.count ?? int(state.layout.length);
  const local = machine.local("i32", label ? `${label}_length` : "count");
  machine.emit(assign(local, count));
  machine.facts.bound(local, [0, state.layout.length]);
  machine.journal.setList(list.state, { ...state, count: read(local), grows: { ...grows, counter: { local, atMost: machine.facts.rangeOf(count)[1] } } });
}

/** How many elements a push adds that is read once: as often as the loops around it turn that are younger than the list. */
function roomInLoops(machine: Machine, list: ListValue): number | undefined {
  let total = 1;
  for (const region of machine.regions) {
    if (region.kind !== "loop" || region.birth <= list.state.birth) continue;
    const trips = region.trips ?? region.most;
    if (trips === undefined) return undefined;
    total *= trips;
  }
  return total;
}

/** The function is read again, with more room for the list. */
export function moreRoom(machine: Machine, grows: Growth, length: number, node: Node): Error {
  if (!(length <= maxLength)) return tooLong(machine, length, node);
  return machine.arguments?.needsRoom(grows.key, length) ?? tooLong(machine, length, node);
}

/** count + amount, with the numbers in it added up. */
export function plus(count: Expression, amount: number): Expression {
  if (amount === 0) return count;
  if (count.kind === "constant") return int(count.value + amount);
  const [first, second] = count.kind === "call" && count.primitive === "addInt" ? count.args : [];
  if (first && second?.kind === "constant") return plus(first, second.value + amount);
  return call("addInt", [count, int(amount)]);
}
