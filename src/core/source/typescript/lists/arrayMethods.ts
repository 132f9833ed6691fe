import { call, int } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { callValue } from "../evaluate/calls";
import { branchOn, conditional } from "../evaluate/control";
import { keyOf } from "../state/facts";
import { fillList } from "./filled";
import { pop, push } from "./growth";
import { iterableOf } from "./iterables";
import { capacityOf, elementAt, elementsOf, lengthOf, lengthValue, storeElement } from "./lists";
import { runOver, runRange } from "../evaluate/loops";
import type { Machine } from "../state/machine";
import { asCondition, asIndex, binary, text } from "../evaluate/numbers";
import { NotStatic } from "../state/signals";
import { isFunctionNode, type Node } from "../syntax/syntax";
import { known, missing, scalar, type ListValue, type NativeCall, type Value } from "../state/values";
import { setSlot } from "../state/variables";

type Method = (machine: Machine, list: ListValue, args: readonly Value[], node: Node) => Value;

const methods: Record<string, Method> = {
  map: (machine, list, [callback], node) => collect(machine, list, node, (element, index) => apply(machine, callback, [element, index, list], node)),
  forEach: (machine, list, [callback], node) => {
    runOver(machine, list, { node, carried: [], body: (element, index) => { apply(machine, callback, [element, index, list], node); } });
    return missing;
  },
  filter: (machine, list, [callback], node) => filter(machine, list, callback, node),
  reduce: (machine, list, [callback, ...initial], node) => reduce(machine, list, callback, initial, node, false),
  reduceRight: (machine, list, [callback, ...initial], node) => reduce(machine, list, callback, initial, node, true),
  some: (machine, list, [callback], node) => quantify(machine, list, node, true, (element, index) => apply(machine, callback, [element, index, list], node)),
  every: (machine, list, [callback], node) => quantify(machine, list, node, false, (element, index) => apply(machine, callback, [element, index, list], node)),
  includes: (machine, list, [wanted = missing], node) => quantify(machine, list, node, true, (element) => binary(machine, "===", element, wanted, node)),
  find: (machine, list, [callback], node) => search(machine, list, callback, node, (element) => element, missing),
  findIndex: (machine, list, [callback], node) => search(machine, list, callback, node, (_element, index) => index, known(-1)),
  indexOf: (machine, list, [wanted = missing], node) => searchBy(machine, list, node, (element) => binary(machine, "===", element, wanted, node), (_element, index) => index, known(-1)),
  push: (machine, list, args, node) => {
    for (const value of args) push(machine, list, value, node);
    return lengthValue(list);
  },
  pop: (machine, list, _args, node) => pop(machine, list, node),
  shift: (machine, list, _args, node) => {
    const [first = missing, ...rest] = all(machine, list, node);
    replace(machine, list, rest, node);
    return first;
  },
  unshift: (machine, list, args, node) => {
    replace(machine, list, [...args, ...all(machine, list, node)], node);
    return lengthValue(list);
  },
  splice: (machine, list, [start, count, ...added], node) => {
    const elements = [...all(machine, list, node)];
    const removed = elements.splice(fixedNumber(machine, start, 0, node), fixedNumber(machine, count, Infinity, node), ...added);
    replace(machine, list, elements, node);
    return machine.listOf(removed);
  },
  slice: (machine, list, [from, to], node) => slice(machine, list, from, to, node),
  subarray: (machine, list, [from, to], node) => slice(machine, list, from, to, node),
  concat: (machine, list, args, node) => machine.listOf([
    ...all(machine, list, node),
    ...args.flatMap((arg) => (arg.kind === "list" || arg.kind === "hole" ? all(machine, iterableOf(machine, arg, node), node) : [arg])),
  ]),
  flat: (machine, list, [depth], node) => machine.listOf(flatten(machine, list, fixedNumber(machine, depth, 1, node), node)),
  flatMap: (machine, list, [callback], node) => {
    const mapped = collect(machine, list, node, (element, index) => apply(machine, callback, [element, index, list], node));
    return mapped.kind === "list" ? machine.listOf(flatten(machine, mapped, 1, node)) : mapped;
  },
  fill: (machine, list, [value = missing, from, to], node) => {
    if (!from && !to) return fillList(machine, list, value, node);
    const length = lengthOf(list) ?? capacityOf(list);
    const [a, b] = clampRange(length, fixedNumber(machine, from, 0, node), fixedNumber(machine, to, length, node));
    for (let i = a; i < b; i++) storeElement(machine, list, known(i), value, node);
    return list;
  },
  reverse: (machine, list, _args, node) => {
    const elements = all(machine, list, node).map((element) => machine.freeze(element)).reverse();
    replace(machine, list, elements, node);
    return list;
  },
  toReversed: (machine, list, _args, node) => machine.listOf([...all(machine, list, node)].reverse()),
  with: (machine, list, [index, value = missing], node) => {
    const copy = machine.listOf(all(machine, list, node));
    storeElement(machine, copy, index ?? known(0), value, node);
    return copy;
  },
  set: (machine, list, [source, offset], node) => {
    const from = fixedNumber(machine, offset, 0, node);
    if (source) all(machine, iterableOf(machine, source, node), node).forEach((element, i) => storeElement(machine, list, known(from + i), element, node));
    return missing;
  },
  at: (machine, list, [index = known(0)], node) => {
    if (index.kind === "static" && Number(index.value) < 0) {
      return elementAt(machine, list, binary(machine, "+", lengthValue(list), index, node), node);
    }
    return elementAt(machine, list, index, node);
  },
  entries: (machine, list, _args, node) => collect(machine, list, node, (element, index) => machine.listOf([index, element])),
  keys: (machine, list) => machine.listOf(Array.from({ length: capacityOf(list) }, (_, i) => known(i))),
  values: (_machine, list) => list,
  join: (machine, list, [separator], node) => {
    const elements = all(machine, list, node);
    if (!elements.every((element) => element.kind === "static")) return text(machine);
    return known(elements.map((element) => (element.kind === "static" ? String(element.value ?? "") : "")).join(separator?.kind === "static" ? String(separator.value) : ","));
  },
  toString: (machine: Machine) => text(machine),
  sort: (machine, list, [callback], node) => {
    replace(machine, list, sorted(machine, list, callback, node), node);
    return list;
  },
  toSorted: (machine, list, [callback], node) => machine.listOf(sorted(machine, list, callback, node)),
};

export function arrayMethod(name: string): NativeCall | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return undefined;
  return (machine, args, node, self) => {
    if (!self) throw machine.refuse(node, "E101", `${name} is called without an array.`);
    return method(machine, iterableOf(machine, self, node), args, node);
  };
}

function apply(machine: Machine, callback: Value | undefined, args: readonly Value[], node: Node): Value {
  if (!callback) throw machine.refuse(node, "E101", "A function is missing here.");
  return callValue(machine, callback, args, node);
}

function all(machine: Machine, list: ListValue, node: Node): readonly Value[] {
  const elements = elementsOf(machine, list);
  if (!elements) throw machine.refuse(node, "E108", "How many elements this array has is known only at run time.", "Use a loop or reduce.");
  return elements;
}

function replace(machine: Machine, list: ListValue, elements: readonly Value[], node: Node): void {
  const region = machine.regions.at(-1);
  const state = list.state.content;
  if (state.kind === "dense" && elements.length === state.layout.length) {
    elements.map((element) => machine.freeze(element)).forEach((element, i) => storeElement(machine, list, known(i), element, node));
    return;
  }
  if (region && list.state.birth < region.birth) {
    throw machine.needsUnrolled(new Set(machine.regions.filter((each) => each.kind === "loop")), machine.refuse(
      node, "E108", "How long this array becomes depends on numbers known only at run time.", "Keep its length, or use an index.",
    ));
  }
  machine.elementWrites++;
  machine.journal.setList(list.state, { kind: "cells", cells: elements.map((element) => machine.slot(machine.freeze(element))) });
}

/** The results of a function for every index, as a list: IR arrays where the loop is kept. */
export function gather(machine: Machine, length: number | Expression, most: number, node: Node, compute: (index: Value) => Value): Value {
  const out = machine.list({ kind: "pending", length: most, ...(typeof length === "number" ? {} : { count: length }) });
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
  return isKept ? out : machine.listOf(results);
}

function collect(machine: Machine, list: ListValue, node: Node, compute: (element: Value, index: Value) => Value): Value {
  const length = lengthOf(list);
  const count = length ?? asIndex(machine, lengthValue(list), node);
  return gather(machine, count, capacityOf(list), node, (index) => compute(elementAt(machine, list, index, node), index));
}

function filter(machine: Machine, list: ListValue, callback: Value | undefined, node: Node): Value {
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

function reduce(machine: Machine, list: ListValue, callback: Value | undefined, initial: readonly Value[], node: Node, fromRight: boolean): Value {
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
      if (isKept && slot.content.kind === "scalar" && slot.content.expression.kind === "read") machine.trust(slot.content.expression.local);
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

function quantify(machine: Machine, list: ListValue, node: Node, wanted: boolean, test: (element: Value, index: Value) => Value): Value {
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

function search(machine: Machine, list: ListValue, callback: Value | undefined, node: Node, pick: (element: Value, index: Value) => Value, otherwise: Value): Value {
  return searchBy(machine, list, node, (element, index) => apply(machine, callback, [element, index, list], node), pick, otherwise);
}

function searchBy(machine: Machine, list: ListValue, node: Node, test: (element: Value, index: Value) => Value, pick: (element: Value, index: Value) => Value, otherwise: Value): Value {
  const found = machine.slot(known(false), "found");
  const result = machine.slot(otherwise, "match");
  runOver(machine, list, {
    node, carried: [],
    body: (element, index) => {
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

function slice(machine: Machine, list: ListValue, from: Value | undefined, to: Value | undefined, node: Node): Value {
  const length = lengthOf(list);
  const isFixed = (value: Value | undefined): boolean => value === undefined || value.kind === "static";
  if (isFixed(from) && isFixed(to)) {
    if (length === undefined) throw machine.refuse(node, "E108", "How many elements this array has is known only at run time.", "Use a loop.");
    const [a, b] = clampRange(length, fixedNumber(machine, from, 0, node), fixedNumber(machine, to, length, node));
    if (b - a > 256 && machine.staticOnly === 0) return gather(machine, b - a, b - a, node, (index) => elementAt(machine, list, binary(machine, "+", index, known(a), node), node));
    return machine.listOf(Array.from({ length: b - a }, (_, i) => elementAt(machine, list, known(a + i), node)), list.typed);
  }
  if (machine.staticOnly > 0) throw new NotStatic("slice");
  const start = asIndex(machine, from ?? known(0), node);
  const end = asIndex(machine, to ?? lengthValue(list), node);
  const count = constantDifference(end, start);
  const [low, high] = machine.facts.rangeOf(start);
  if (count === undefined || low < 0 || high + count > capacityOf(list)) {
    throw machine.needsUnrolled(new Set([...machine.loopsOf(start), ...machine.loopsOf(end)]), machine.refuse(
      node, "E108", "How long this slice is depends on numbers known only at run time.", "Use a loop over the indices.",
    ));
  }
  const base = machine.freeze(scalar(start));
  return machine.listOf(Array.from({ length: Math.max(0, count) }, (_, i) => elementAt(machine, list, binary(machine, "+", base, known(i), node), node)), list.typed);
}

/** b − a where both are the same but for a constant. */
function constantDifference(b: Expression, a: Expression): number | undefined {
  const terms = new Map<string, number>();
  let constant = 0;
  const add = (expression: Expression, sign: number): void => {
    if (expression.kind === "constant") constant += sign * expression.value;
    else if (expression.kind === "call" && (expression.primitive === "addInt" || expression.primitive === "subtractInt")) {
      const [left, right] = expression.args;
      if (left) add(left, sign);
      if (right) add(right, expression.primitive === "addInt" ? sign : -sign);
    } else terms.set(keyOf(expression), (terms.get(keyOf(expression)) ?? 0) + sign);
  };
  add(b, 1);
  add(a, -1);
  return [...terms.values()].every((count) => count === 0) ? constant : undefined;
}

function clampRange(length: number, from: number, to: number): [number, number] {
  const clamp = (at: number): number => Math.trunc(at < 0 ? Math.max(0, length + at) : Math.min(at, length));
  const a = clamp(from);
  return [a, Math.max(a, clamp(to))];
}

function fixedNumber(machine: Machine, value: Value | undefined, fallback: number, node: Node): number {
  if (!value || (value.kind === "static" && value.value === undefined)) return fallback;
  if (value.kind === "static") return Number(value.value);
  throw machine.needsStatic(value, machine.refuse(node, "E108", "This number must be known before the function runs.", "Use a constant."));
}

function flatten(machine: Machine, list: ListValue, depth: number, node: Node): Value[] {
  return all(machine, list, node).flatMap((element) => (element.kind === "list" && depth > 0 ? flatten(machine, element, depth - 1, node) : [element]));
}

function sorted(machine: Machine, list: ListValue, callback: Value | undefined, node: Node): Value[] {
  const elements = [...all(machine, list, node)];
  if (machine.staticOnly === 0 && elements.some((element) => element.kind === "scalar")) {
    throw machine.refuse(node, "E112", "The order of these elements depends on the unknowns.", "Sort data before the function; for the largest use Math.max.");
  }
  return elements.sort((a, b) => {
    if (!callback) return a.kind === "static" && b.kind === "static" ? (String(a.value) < String(b.value) ? -1 : String(a.value) > String(b.value) ? 1 : 0) : 0;
    const order = apply(machine, callback, [a, b], node);
    if (order.kind !== "static") throw machine.refuse(node, "E112", "The order of these elements depends on the unknowns.", "Sort data before the function.");
    return Number(order.value);
  });
}

