import { assign, call, int, read } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { capacityOf, elementAt, elementsOf, lengthOf, maxLength } from "./lists";
import { copyInto, storeElement, tooLong } from "./store";
import { layoutLike, lengthen } from "./dense";
import type { Machine } from "../state/machine";
import { NeedsRoom, type Room } from "../state/signals";
import type { Node } from "../syntax/syntax";
import { known, missing, scalar, type ListValue, type Value } from "../state/values";

/** A list that is filled inside loops that are kept: where the next element goes. */
interface Growth {
  /** The counter, where the number of pushes is known only at run time. */
  readonly counter?: Expression;
  readonly initial: number;
  readonly capacity: number;
  /** Under which `Arguments` remembers how much room it takes. */
  readonly key: string;
  /** How many pushes have been read since: with a counter, all of them must find room. */
  asked: number;
}

const growing = new WeakMap<ListValue, Growth>();

/** `list.push(value)`. */
export function push(machine: Machine, list: ListValue, value: Value, node: Node): void {
  const state = list.state.content;
  machine.elementWrites++;
  const region = machine.regions.at(-1);
  const isOlder = region !== undefined && list.state.birth < region.birth;
  const growth = growing.get(list);
  if (growth?.counter && state.kind !== "cells") {
    growth.asked += capacityOfLoops(machine, list) ?? 1;
    if (growth.initial + growth.asked > growth.capacity && machine.staticOnly === 0) {
      const length = Math.max(growth.initial + growth.asked, 2 * growth.capacity);
      if (length > maxLength) throw tooLong(machine, length, node);
      throw machine.arguments?.needsRoom(growth.key, length) ?? tooLong(machine, length, node);
    }
    storeElement(machine, list, scalar(growth.counter), value, node);
    const local = growth.counter.kind === "read" ? growth.counter.local : undefined;
    if (local) machine.emit(assign(local, call("addInt", [growth.counter, int(1)])));
    return;
  }
  if (state.kind === "cells" && !isOlder) {
    if (state.cells.length >= maxLength) throw tooLong(machine, state.cells.length, node);
    machine.journal.appendCell(list.state, machine.slot(machine.freeze(value)));
    return;
  }
  const place = closedPlace(machine, list);
  if (growth && place && state.kind !== "cells") {
    storeElement(machine, list, scalar(add(place.index, growth.initial)), value, node);
    return;
  }
  if (!isOlder) {
    throw machine.needsUnrolled(new Set(machine.regions.filter((each) => each.kind === "loop")), machine.refuse(
      node, "E108", "This array has a fixed length here and cannot grow.", "Make it long enough when it is created.",
    ));
  }
  const added = capacityOfLoops(machine, list);
  if (added === undefined) {
    throw machine.refuse(node, "E108", "How long this array becomes depends on numbers known only at run time.", "Give it a fixed length and write its elements.");
  }
  throw new NeedsRoom(list, { counted: place === undefined || machine.counted.has(list), added, sample: value });
}

const add = (index: Expression, amount: number): Expression => (amount === 0 ? index : call("addInt", [index, int(amount)]));

/** Which iteration of all the loops entered since the list was made is running; undefined under a branch. */
function closedPlace(machine: Machine, list: ListValue): { index: Expression } | undefined {
  const inner = machine.regions.filter((region) => region.birth > list.state.birth);
  let index: Expression | undefined;
  for (const region of inner) {
    if (region.kind !== "loop" || region.trips === undefined || !region.iteration) return undefined;
    index = index ? call("addInt", [call("multiplyInt", [index, int(region.trips)]), region.iteration]) : region.iteration;
  }
  return index ? { index } : undefined;
}

function capacityOfLoops(machine: Machine, list: ListValue): number | undefined {
  let total = 1;
  for (const region of machine.regions) {
    if (region.kind !== "loop" || region.birth <= list.state.birth) continue;
    if (region.trips === undefined && region.most === undefined) return undefined;
    total *= region.trips ?? region.most ?? 1;
  }
  return total;
}

/** Before the region that fills it: the list becomes an IR array with room for what is to come. */
export function makeRoom(machine: Machine, list: ListValue, room: Room, node: Node): void {
  if (room.length !== undefined) return lengthen(machine, list, room.length, room.sample, node);
  const before = growing.get(list);
  // A second place that pushes: positions are no longer told by the loops alone.
  const counted = room.counted || before !== undefined;
  if (counted) machine.counted.add(list);
  const elements = elementsOf(machine, list) ?? [];
  const pushes = (machine.pushes.get(list) ?? 0) + 1;
  machine.pushes.set(list, pushes);
  const label = machine.labels.get(list);
  const key = `${node.start ?? 0}:${label ?? ""}`;
  const capacity = Math.max(elements.length + room.added * pushes, counted ? machine.arguments?.roomOf(key) ?? 0 : 0);
  if (capacity > maxLength) throw tooLong(machine, capacity, node);
  const sample = elements[0] ?? room.sample;
  const counter = counted ? machine.local("i32", label ? `${label}_length` : "count") : undefined;
  const layout = { kind: "list" as const, length: capacity, element: layoutLike(machine, sample, [capacity], label, node) };
  if (elements.length > 0) copyInto(machine, layout, [], list, node);
  if (counter) {
    machine.emit(assign(counter, int(elements.length)));
    machine.facts.bound(counter, [0, capacity]);
  }
  growing.set(list, { initial: elements.length, capacity, key, asked: 0, ...(counter ? { counter: read(counter) } : {}) });
  machine.journal.setList(list.state, { kind: "dense", layout, prefix: [], ...(counter ? { count: read(counter) } : {}) });
}

/** `list.pop()`. */
export function pop(machine: Machine, list: ListValue, node: Node): Value {
  const state = list.state.content;
  const region = machine.regions.at(-1);
  const growth = growing.get(list);
  if (state.kind === "cells") {
    if (region && list.state.birth < region.birth) {
      throw machine.needsUnrolled(new Set(machine.regions.filter((each) => each.kind === "loop")), machine.refuse(
        node, "E108", "How long this array is depends on numbers known only at run time.", "Keep an index instead.",
      ));
    }
    const last = state.cells.at(-1);
    if (last) machine.journal.setList(list.state, { kind: "cells", cells: state.cells.slice(0, -1) });
    return last?.content ?? missing;
  }
  if (state.kind === "dense" && growth?.counter?.kind === "read") {
    machine.emit(assign(growth.counter.local, call("subtractInt", [growth.counter, int(1)])));
    const elements = elementAt(machine, list, scalar(growth.counter), node);
    return machine.freeze(elements);
  }
  if (state.kind === "dense" && !region) {
    const length = lengthOf(list) ?? capacityOf(list);
    const last = elementAt(machine, list, known(length - 1), node);
    machine.journal.setList(list.state, { ...state, layout: { ...state.layout, length: length - 1 } });
    return last;
  }
  throw machine.refuse(node, "E108", "How long this array is depends on numbers known only at run time.", "Keep an index instead.");
}

