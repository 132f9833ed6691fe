import { runOver } from "../evaluate/loops";
import { binary } from "../evaluate/operators";
import { text } from "../evaluate/texts";
import type { Machine } from "../state/machine";
import { known, missing, type ListValue, type NativeCall, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { allElements } from "./allElements";
import { fillList } from "./filled";
import { pop, push } from "./growth";
import { iterableOf } from "./iterables";
import { apply, collect, filter, quantify, reduce, search, searchBy } from "./iteration";
import { elementAt, lengthOf, lengthValue } from "./lists";
import { mapNumbers } from "./mapNumbers";
import { clampRange, fixedNumber, slice, subarray } from "./slices";
import { sorted, sortInPlace } from "./sorting";
import { storeElement } from "./store";

type Method = (machine: Machine, list: ListValue, args: readonly Value[], node: Node) => Value;

const methods: Record<string, Method> = {
  map: (machine, list, [callback], node) => mapNumbers(machine, list, callback, node, list.typed) ?? collect(machine, list, node, (element, index) => apply(machine, callback, [element, index, list], node)),
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
  findLast: (machine, list, [callback], node) => search(machine, list, callback, node, (element) => element, missing, true),
  findLastIndex: (machine, list, [callback], node) => search(machine, list, callback, node, (_element, index) => index, known(-1), true),
  lastIndexOf: (machine, list, [wanted = missing], node) => searchBy(machine, list, node, (element) => binary(machine, "===", element, wanted, node), (_element, index) => index, known(-1), true),
  indexOf: (machine, list, [wanted = missing], node) => searchBy(machine, list, node, (element) => binary(machine, "===", element, wanted, node), (_element, index) => index, known(-1)),
  push: (machine, list, args, node) => {
    // All of them are computed before the first is in its place.
    const values = args.length > 1 ? args.map((value) => machine.freeze(value)) : args;
    for (const value of values) push(machine, list, value, node);
    return lengthValue(list);
  },
  pop: (machine, list, _args, node) => pop(machine, list, node),
  shift: (machine, list, _args, node) => {
    const [first = missing, ...rest] = allElements(machine, list, node);
    replace(machine, list, rest, node);
    return first;
  },
  unshift: (machine, list, args, node) => {
    replace(machine, list, [...args, ...allElements(machine, list, node)], node);
    return lengthValue(list);
  },
  splice: (machine, list, [start, count, ...added], node) => {
    const elements = [...allElements(machine, list, node)];
    const removed = elements.splice(fixedNumber(machine, start, 0, node), fixedNumber(machine, count, Infinity, node), ...added);
    replace(machine, list, elements, node);
    return machine.listOf(removed);
  },
  slice: (machine, list, [from, to], node) => slice(machine, list, from, to, node),
  subarray: (machine, list, [from, to], node) => subarray(machine, list, from, to, node),
  concat: (machine, list, args, node) => machine.listOf([
    ...allElements(machine, list, node),
    ...args.flatMap((arg) => (arg.kind === "list" || arg.kind === "hole" ? allElements(machine, iterableOf(machine, arg, node), node) : [arg])),
  ]),
  flat: (machine, list, [depth], node) => machine.listOf(flatten(machine, list, fixedNumber(machine, depth, 1, node), node)),
  flatMap: (machine, list, [callback], node) => {
    const mapped = collect(machine, list, node, (element, index) => apply(machine, callback, [element, index, list], node));
    return mapped.kind === "list" ? machine.listOf(flatten(machine, mapped, 1, node)) : mapped;
  },
  fill: (machine, list, [value = missing, from, to], node) => {
    if (!from && !to) return fillList(machine, list, value, node);
    const { length } = allElements(machine, list, node);
    const [a, b] = clampRange(length, fixedNumber(machine, from, 0, node), fixedNumber(machine, to, length, node));
    for (let i = a; i < b; i++) storeElement(machine, list, known(i), value, node);
    return list;
  },
  reverse: (machine, list, _args, node) => {
    const elements = allElements(machine, list, node).map((element) => machine.freeze(element)).reverse();
    replace(machine, list, elements, node);
    return list;
  },
  toReversed: (machine, list, _args, node) => machine.listOf([...allElements(machine, list, node)].reverse()),
  with: (machine, list, [index, value = missing], node) => {
    const copy = machine.listOf(allElements(machine, list, node));
    storeElement(machine, copy, index ?? known(0), value, node);
    return copy;
  },
  set: (machine, list, [source, offset], node) => {
    const from = fixedNumber(machine, offset, 0, node);
    if (source) allElements(machine, iterableOf(machine, source, node), node).forEach((element, i) => storeElement(machine, list, known(from + i), element, node));
    return missing;
  },
  at: (machine, list, [index = known(0)], node) => {
    if (index.kind === "static" && Number(index.value) < 0) {
      return elementAt(machine, list, binary(machine, "+", lengthValue(list), index, node), node);
    }
    return elementAt(machine, list, index, node);
  },
  entries: (machine, list, _args, node) => collect(machine, list, node, (element, index) => machine.listOf([index, element])),
  keys: (machine, list, _args, node) => {
    const length = lengthOf(list);
    return length === undefined ? collect(machine, list, node, (_element, index) => index) : machine.listOf(Array.from({ length }, (_, i) => known(i)));
  },
  values: (_machine, list) => list,
  join: (machine, list, [separator], node) => {
    const elements = allElements(machine, list, node);
    if (!elements.every((element) => element.kind === "static")) return text(machine);
    return known(elements.map((element) => (element.kind === "static" ? String(element.value ?? "") : "")).join(separator?.kind === "static" ? String(separator.value) : ","));
  },
  toString: (machine: Machine) => text(machine),
  sort: (machine, list, [callback], node) => sortInPlace(machine, list, callback, node, (elements) => replace(machine, list, elements, node)),
  toSorted: (machine, list, [callback], node) => sorted(machine, list, callback, node),
  toSpliced: (machine, list, [start, count, ...added], node) => {
    const elements = [...allElements(machine, list, node)];
    elements.splice(fixedNumber(machine, start, 0, node), fixedNumber(machine, count, Infinity, node), ...added);
    return machine.listOf(elements);
  },
  copyWithin: (machine, list, [target, from, to], node) => {
    const elements = [...allElements(machine, list, node)];
    const moved = elements.copyWithin(fixedNumber(machine, target, 0, node), fixedNumber(machine, from, 0, node), fixedNumber(machine, to, elements.length, node));
    replace(machine, list, moved, node);
    return list;
  },
};

export function arrayMethod(name: string): NativeCall | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return undefined;
  return (machine, args, node, self) => {
    if (!self) throw machine.refuse(node, "E101", `${name} is called without an array.`);
    return method(machine, iterableOf(machine, self, node), args, node);
  };
}

function replace(machine: Machine, list: ListValue, elements: readonly Value[], node: Node): void {
  const region = machine.regions.at(-1);
  const state = list.state.content;
  if (state.kind === "dense" && elements.length === lengthOf(list)) {
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

function flatten(machine: Machine, list: ListValue, depth: number, node: Node): Value[] {
  return allElements(machine, list, node).flatMap((element) => (element.kind === "list" && depth > 0 ? flatten(machine, element, depth - 1, node) : [element]));
}
