import { call, int, load } from "../../../ir/build";
import type { ArrayVariable, Expression, Numbers } from "../../../ir/types";
import { known, scalar, type Layout, type LeafLayout, type ListValue, type ObjectValue, type RecordLayout, type Value } from "../state/values";
import { elementsOf } from "./lists";
import type { Machine } from "../state/machine";
import { Refusal } from "../syntax/refusal";

export type LeafMaker = (values: readonly Value[], type: "f64" | "bool", shape: readonly number[]) => ArrayVariable;

/**
 * How a list's elements lie in IR arrays. `values` are all elements at one depth, row-major over the outer `shape`: numbers
 * become one array, rows of one length another dimension, objects of the same fields one layout a field.
 */
export function layoutOf(machine: Machine, values: readonly Value[], shape: readonly number[], leaf: LeafMaker): Layout {
  const constants: Layout = { kind: "constants", at: (indices) => values[rowMajor(indices, shape)] ?? known(undefined) };
  const [first] = values;
  if (!first) return constants;
  if (values.every(isNumber)) return { kind: "leaf", type: "f64", suffix: [], array: leaf(values, "f64", shape) };
  if (values.every(isTruth)) return { kind: "leaf", type: "bool", suffix: [], array: leaf(values, "bool", shape) };
  if (first.kind === "list") {
    const rows: (readonly Value[])[] = [];
    for (const value of values) {
      if (value.kind !== "list") return constants;
      const elements = elementsOf(machine, value);
      if (!elements || elements.length !== (rows[0] ?? elements).length) return constants;
      rows.push(elements);
    }
    const length = rows[0]?.length ?? 0;
    if (length === 0) return constants;
    return { kind: "list", length, element: layoutOf(machine, rows.flat(), [...shape, length], leaf) };
  }
  if (first.kind === "object") {
    const objects: ObjectValue[] = [];
    for (const value of values) {
      if (value.kind !== "object" || value.prototype !== first.prototype) return constants;
      objects.push(value);
    }
    return recordOf(machine, objects, shape, leaf);
  }
  return constants;
}

function recordOf(machine: Machine, objects: readonly ObjectValue[], shape: readonly number[], leaf: LeafMaker): RecordLayout {
  const names = new Set(objects.flatMap((object) => [...object.fields.content.keys()]));
  const fields = new Map<string, Layout>();
  for (const name of names) {
    const column = objects.map((object) => object.fields.content.get(name)?.content ?? known(undefined));
    fields.set(name, layoutOf(machine, column, shape, leaf));
  }
  const prototype = objects[0]?.prototype;
  const learn = objects[0]?.learn;
  return { kind: "record", fields, ...(prototype ? { of: prototype } : {}), ...(learn ? { learn } : {}) };
}

export function isNumber(value: Value): boolean {
  return value.kind === "scalar" ? value.type !== "bool" && value.maybeMissing !== true : value.kind === "static" && typeof value.value === "number";
}

export function isTruth(value: Value): boolean {
  return value.kind === "scalar" ? value.type === "bool" : value.kind === "static" && typeof value.value === "boolean";
}

function rowMajor(indices: readonly number[], shape: readonly number[]): number {
  return indices.reduce((at, index, k) => at * (shape[k] ?? 1) + index, 0);
}

/** Numbers known now, as constant data of the generated program. */
export function dataLeaf(machine: Machine, hint: string): LeafMaker {
  return (values, type, shape) => {
    const numbers = values.map((value) => (value.kind === "static" ? Number(value.value) : NaN));
    const values64 = type === "bool" ? Int32Array.from(numbers) : Float64Array.from(numbers);
    return dataArray(machine, values64, shape, hint);
  };
}

export function dataArray(machine: Machine, values: Numbers, shape: readonly number[], hint: string): ArrayVariable {
  const array = machine.array(values instanceof Int32Array ? "i32" : "f64", shape, { kind: "data", values }, hint, hint);
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isInteger(value)) return array;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  machine.facts.boundData(array, [low, high]);
  return array;
}

/** The element of a layout at given indices. */
export function valueAt(machine: Machine, layout: Layout, indices: readonly Expression[]): Value {
  switch (layout.kind) {
    case "leaf": {
      const all = leafIndices(layout, indices);
      const fixed = constantIndices(all);
      if (fixed && layout.array.role.kind === "data") {
        const value = layout.array.role.values[rowMajor(fixed, layout.array.shape)] ?? NaN;
        return known(layout.type === "bool" ? value !== 0 : value);
      }
      const counted = fixed || layout.type === "bool" ? undefined : countedFrom(machine, layout.array);
      const [only] = all;
      if (counted !== undefined && only && all.length === 1) return scalar(call("toFloat", [counted === 0 ? only : call("addInt", [only, int(counted)])]));
      const element = load(layout.array, all);
      return scalar(layout.type === "bool" ? call("notEqualInt", [element, int(0)]) : element);
    }
    case "list": return viewOf(machine, layout, indices);
    case "record": return { kind: "record", layout, prefix: indices };
    case "constants": {
      const fixed = constantIndices(indices);
      if (fixed) return layout.at(fixed);
      const loops = new Set(indices.flatMap((index) => [...machine.dependence.loopsOf(index)]));
      throw machine.needsUnrolled(loops, new Refusal(
        "E107", "Which of several unlike values is meant here depends on a number that is known only at run time.",
        "Use rows of one length and objects with the same numeric fields.", indices.find((index) => index.span)?.span ?? { start: 0, end: 0 },
      ));
    }
  }
}

/** What a list that has no name counts from, as [...Array(11).keys()].slice(1) counts from 1: nobody could say which data are meant. */
function countedFrom(machine: Machine, array: ArrayVariable): number | undefined {
  const list = machine.sources.get(array);
  if (!list || array.role.kind !== "data" || array.shape.length !== 1 || (list.state.label ?? machine.labels.get(list)) !== undefined) return undefined;
  const { values } = array.role;
  const [first] = values;
  return first !== undefined && Number.isInteger(first) && values.every((value, i) => value === first + i) ? first : undefined;
}

/** Where in its array an element of the layout is. */
export function leafIndices(layout: LeafLayout, indices: readonly Expression[]): Expression[] {
  const all = [...indices, ...layout.suffix.map((index) => int(index))];
  const last = all.pop();
  if (!last) return all;
  if (!layout.offset) return [...all, last];
  const { offset } = layout;
  return [...all, last.kind === "constant" && offset.kind === "constant" ? int(last.value + offset.value) : call("addInt", [offset, last])];
}

function viewOf(machine: Machine, layout: Layout & { kind: "list" }, prefix: readonly Expression[]): ListValue {
  return { ...machine.list({ kind: "dense", layout, prefix }), ...(layout.grow ? { grow: layout.grow } : {}) };
}

export function constantIndices(indices: readonly Expression[]): readonly number[] | undefined {
  const numbers: number[] = [];
  for (const index of indices) {
    if (index.kind !== "constant") return undefined;
    numbers.push(index.value);
  }
  return numbers;
}
