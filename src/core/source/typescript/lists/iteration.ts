import { call, int } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { callValue } from "../evaluate/calls";
import { branchOn, conditional } from "../evaluate/control";
import { runOver, runRange } from "../evaluate/loops";
import { asCondition, asIndex } from "../evaluate/numbers";
import type { Machine } from "../state/machine";
import { known, madeByOf, missing, type ListValue, type Value } from "../state/values";
import { setSlot } from "../state/variables";
import { isFunctionNode, type Node } from "../syntax/syntax";
import { push } from "./growth";
import { capacityOf, elementAt, lengthOf, lengthValue } from "./lists";
import { listOfMany } from "./numbers";
import { storeElement } from "./store";

export function apply(machine: Machine, callback: Value | undefined, args: readonly Value[], node: Node): Value {
  if (!callback) throw machine.refuse(node, "E101", "A function is missing here.");
  return callValue(machine, callback, args, node);
}

/** The results of a function for every index, as a list: IR arrays where the loop is kept. */
export function gather(machine: Machine, length: number | Expression, most: number, node: Node, compute: (index: Value) => Value, madeBy?: string): Value {
  if (most === 0) return machine.listOf([]);
  const out = machine.list({ kind: "pending", length: most, ...(typeof length === "number" ? {} : { count: length, ...(madeBy === undefined ? {} : { madeBy }) }) });
  let results: Value[] = [];
  let isKept = false;
  runRange(machine, {
    node, carried: [], range: { from: int(0), to: typeof length === "number" ? int(length) : length, step: 1 },
    body: (index) => {
      if (index.kind === "static" && index.value === 0) {
        results = [];
        isKept = false;
      }
      const value = machine.freeze(compute(index));
      if (index.kind === "static") results.push(value);
      else {
        isKept = true;
        storeElement(machine, out, index, value, node);
      }
    },
  });
  return isKept ? out : listOfMany(machine, results);
}

export function collect(machine: Machine, list: ListValue, node: Node, compute: (element: Value, index: Value) => Value): Value {
  const length = lengthOf(list);
  const count = length ?? asIndex(machine, lengthValue(list), node);
  return gather(machine, count, capacityOf(list), node, (index) => compute(elementAt(machine, list, index, node), index), madeByOf(list.state.content));
}

export function filter(machine: Machine, list: ListValue, callback: Value | undefined, node: Node): Value {
  let out = machine.list({ kind: "cells", cells: [] });
  runOver(machine, list, {
    node, carried: [],
    body: (element, index) => {
      if (index.kind === "static" && index.value === 0 && lengthOf(out) !== 0) out = machine.list({ kind: "cells", cells: [] });
      const held = machine.freeze(element);
      const condition = asCondition(machine, apply(machine, callback, [held, index, list], node), node);
      if (condition === false) return;
      if (condition === true) return push(machine, out, held, node);
      branchOn(machine, condition, node, () => push(machine, out, held, node), () => undefined);
    },
  });
  return out;
}

export function reduce(machine: Machine, list: ListValue, callback: Value | undefined, initial: readonly Value[], node: Node, fromRight: boolean): Value {
  const length = lengthOf(list);
  const [given] = initial;
  if (length === undefined && (!given || fromRight)) throw machine.refuse(node, "E108", "This reduction needs a first value, since the array may be empty.", "Give reduce an initial value.");
  const size = length ?? capacityOf(list);
  if (!given && size === 0) throw machine.refuse(node, "E108", "An empty array is reduced without an initial value.", "Give reduce an initial value.");
  const first = given ?? elementAt(machine, list, known(fromRight ? size - 1 : 0), node);
  const slot = machine.slot(machine.freeze(first), accumulatorName(callback));
  const skip = given ? 0 : 1;
  const to = length === undefined ? asIndex(machine, lengthValue(list), node) : int(length);
  const range = fromRight ? { from: int(size - 1 - skip), to: int(-1), step: -1 } : { from: int(skip), to, step: 1 };
  const start = slot.content;
  runRange(machine, {
    node, range, carried: [slot],
    body: (index) => {
      const isKept = index.kind === "scalar";
      // Nothing but this writes the accumulator, and only at the end of the iteration.
      if (isKept && slot.content.kind === "scalar" && slot.content.expression.kind === "read") machine.dependence.trust(slot.content.expression.local);
      const next = apply(machine, callback, [slot.content, elementAt(machine, list, index, node), index, list], node);
      if (isKept) setSlot(machine, slot, next, node);
      else machine.journal.setValue(slot, machine.freeze(next, slot.label));
    },
  });
  return size === 0 ? start : slot.content;
}

function accumulatorName(callback: Value | undefined): string | undefined {
  if (callback?.kind !== "function" || !isFunctionNode(callback.node)) return undefined;
  const [first] = callback.node.params;
  return first?.type === "Identifier" ? first.name : undefined;
}

export function quantify(machine: Machine, list: ListValue, node: Node, wanted: boolean, test: (element: Value, index: Value) => Value): Value {
  const slot = machine.slot(known(!wanted), wanted ? "some" : "every");
  const start = slot.content;
  runOver(machine, list, {
    node, carried: [],
    body: (element, index) => {
      if (index.kind === "static" && index.value === 0) machine.journal.setValue(slot, start);
      const condition = asCondition(machine, test(element, index), node);
      if (condition === wanted) machine.journal.setValue(slot, known(wanted));
      else if (typeof condition !== "boolean") {
        const hit = wanted ? condition : call("not", [condition]);
        branchOn(machine, hit, node, () => machine.journal.setValue(slot, known(wanted)), () => undefined);
      }
    },
  });
  return slot.content;
}

export function search(machine: Machine, list: ListValue, callback: Value | undefined, node: Node, pick: (element: Value, index: Value) => Value, otherwise: Value, fromRight = false): Value {
  return searchBy(machine, list, node, (element, index) => apply(machine, callback, [element, index, list], node), pick, otherwise, fromRight);
}

export function searchBy(machine: Machine, list: ListValue, node: Node, test: (element: Value, index: Value) => Value, pick: (element: Value, index: Value) => Value, otherwise: Value, fromRight = false): Value {
  const found = machine.slot(known(false), "found");
  const result = machine.slot(otherwise, "match");
  const length = lengthOf(list);
  if (fromRight && length === undefined) throw machine.refuse(node, "E108", "How many elements this array has is known only at run time.", "Search from the front.");
  const to = length === undefined ? asIndex(machine, lengthValue(list), node) : int(length);
  if (capacityOf(list) === 0) return otherwise;
  runRange(machine, {
    node, carried: [], range: fromRight ? { from: int((length ?? 0) - 1), to: int(-1), step: -1 } : { from: int(0), to, step: 1 },
    body: (index) => {
      const element = elementAt(machine, list, index, node);
      const done = asCondition(machine, found.content, node);
      if (done === true) return;
      const take = (): void => {
        const condition = test(element, index);
        conditional(machine, condition, node, () => {
          machine.journal.setValue(found, known(true));
          setSlot(machine, result, machine.freeze(pick(element, index)), node);
          return missing;
        }, () => missing);
      };
      if (done === false) take();
      else branchOn(machine, done, node, () => undefined, take);
    },
  });
  return result.content;
}
