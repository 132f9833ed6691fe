import type { Expression } from "../../../ir/types";
import { runOver } from "../evaluate/loops";
import { asIndex, binary, text } from "../evaluate/numbers";
import { keyOf } from "../state/facts";
import type { Machine } from "../state/machine";
import { NotStatic } from "../state/signals";
import { known, missing, scalar, type ListValue, type NativeCall, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { fillList } from "./filled";
import { pop, push } from "./growth";
import { iterableOf } from "./iterables";
import { apply, collect, filter, gather, quantify, reduce, search, searchBy } from "./iteration";
import { capacityOf, elementAt, elementsOf, lengthOf, lengthValue } from "./lists";
import { storeElement } from "./store";

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
