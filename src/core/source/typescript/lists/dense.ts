import { fill, int, load, loop, read, select, store } from "../../../ir/build";
import type { ArrayVariable, Expression, Statement } from "../../../ir/types";
import { asBool, asFloat } from "../evaluate/numbers";
import type { Machine } from "../state/machine";
import { NeedsDense } from "../state/signals";
import { describe, known, type DenseState, type Layout, type ListLayout, type ListValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { isTruth, layoutOf, valueAt } from "./layouts";
import { capacityOf, elementAt, elementsOf, lengthOf } from "./lists";
import { thaw } from "./numbers";
import { copyInto } from "./store";

/** Turns the list into an IR array that may be written at run-time indices, at a place where that dominates its uses. */
export function ensureDense(machine: Machine, list: ListValue, node: Node): ListValue {
  const region = machine.regions.at(-1);
  if (region && list.state.birth < region.birth) throw new NeedsDense(list);
  densify(machine, list, node);
  return list;
}

export function densify(machine: Machine, list: ListValue, node: Node): void {
  thaw(machine, list);
  const state = list.state.content;
  if (state.kind !== "cells") return;
  const emitted = machine.block.length;
  const elements = state.cells.map((cell) => cell.content);
  if (elements.every((element) => element.kind === "static" && element.value === undefined)) {
    machine.journal.setList(list.state, { kind: "pending", length: elements.length });
    return;
  }
  const label = list.state.label ?? machine.labels.get(list);
  const layout = layoutOf(machine, elements, [elements.length], (values, type, shape) => {
    const array = machine.array(type === "bool" ? "i32" : "f64", shape, { kind: "scratch" }, label ?? "list", label);
    fillWith(machine, array, values, type, node);
    return array;
  });
  if (layout.kind === "constants" || hasConstants(layout)) {
    // Whoever asked asks again, and learns that the index must be known.
    machine.block.length = emitted;
    machine.ragged.add(list);
    return;
  }
  setDense(machine, list, { kind: "list", length: elements.length, element: layout }, []);
}

function hasConstants(layout: Layout): boolean {
  if (layout.kind === "list") return hasConstants(layout.element);
  if (layout.kind === "record") return [...layout.fields.values()].every(hasConstants) && layout.fields.size > 0;
  return layout.kind === "constants";
}

/** Rows that have names of their own go on meaning the same storage. */
function setDense(machine: Machine, list: ListValue, layout: ListLayout, prefix: readonly Expression[]): void {
  const state = list.state.content;
  if (state.kind === "cells" && layout.element.kind === "list") {
    const { element } = layout;
    state.cells.forEach((cell, i) => {
      if (cell.content.kind === "list") setDense(machine, cell.content, element, [...prefix, int(i)]);
    });
  }
  machine.journal.setList(list.state, { kind: "dense", layout, prefix });
}

function fillWith(machine: Machine, array: ArrayVariable, values: readonly Value[], type: "f64" | "bool", node: Node): void {
  const expressions = values.map((value) => toElement(machine, value, type, node));
  const [first] = expressions;
  if (first?.kind === "constant" && expressions.every((expression) => expression.kind === "constant" && Object.is(expression.value, first.value))) {
    machine.emit(fill(array, first));
    return;
  }
  if (expressions.length > 64 && expressions.every((expression) => expression.kind === "constant")) {
    const numbers = expressions.map((expression) => (expression.kind === "constant" ? expression.value : NaN));
    const data = machine.array(array.element, array.shape, { kind: "data", values: type === "bool" ? Int32Array.from(numbers) : Float64Array.from(numbers) }, `${array.name}0`);
    overAll(machine, array.shape, (indices) => machine.emit(store(array, indices, load(data, indices))));
    return;
  }
  expressions.forEach((expression, at) => machine.emit(store(array, unflatten(at, array.shape), expression)));
}

function unflatten(at: number, shape: readonly number[]): Expression[] {
  const indices: Expression[] = [];
  let rest = at;
  for (let k = shape.length - 1; k >= 0; k--) {
    const size = shape[k] ?? 1;
    indices.unshift(int(rest % size));
    rest = Math.floor(rest / size);
  }
  return indices;
}

/** Loops over every index of a shape. */
export function overAll(machine: Machine, shape: readonly number[], body: (indices: Expression[]) => void, outer: Expression[] = []): void {
  const [size, ...rest] = shape;
  if (size === undefined) return body(outer);
  forEachIndex(machine, size, (index) => overAll(machine, rest, body, [...outer, index]));
}

/** A kept loop over 0 … length − 1. */
export function forEachIndex(machine: Machine, length: number | Expression, body: (index: Expression) => void): void {
  const index = machine.stableLocal("i32", "k");
  const to = typeof length === "number" ? int(length) : length;
  machine.facts.bound(index, [0, (to.kind === "constant" ? to.value : machine.facts.rangeOf(to)[1]) - 1]);
  const statements: Statement[] = machine.capture(() => body(read(index)));
  machine.emit(loop(index, int(0), to, statements));
}

export function toElement(machine: Machine, value: Value, type: "f64" | "bool", node: Node): Expression {
  if (type === "f64") return asFloat(machine, value, node);
  const condition = asBool(machine, value, node);
  return condition.kind === "constant" ? int(condition.value) : select(condition, int(1), int(0));
}

/** A layout of new scratch arrays that can hold `length` elements like this one. */
export function layoutLike(machine: Machine, value: Value, shape: readonly number[], label: string | undefined, node: Node): Layout {
  const make = (element: "f64" | "i32"): ArrayVariable => machine.array(element, shape, { kind: "scratch" }, label ?? "list", label);
  switch (value.kind) {
    case "static":
    case "scalar":
    case "hole": {
      if (isTruth(value)) return { kind: "leaf", type: "bool", suffix: [], array: make("i32") };
      asFloat(machine, value, node);
      return { kind: "leaf", type: "f64", suffix: [], array: make("f64") };
    }
    case "list": {
      const length = lengthOf(value);
      if (length === undefined || length === 0) throw unlikeRows(machine, node);
      const first = length > 0 ? elementAt(machine, value, known(0), node) : known(0);
      return { kind: "list", length, element: layoutLike(machine, first, [...shape, length], label, node) };
    }
    case "object": {
      const fields = new Map<string, Layout>();
      for (const [name, slot] of value.fields.content) fields.set(name, layoutLike(machine, slot.content, shape, label ? `${label}_${name}` : name, node));
      return { kind: "record", fields, ...(value.prototype ? { of: value.prototype } : {}) };
    }
    case "record": {
      const fields = new Map<string, Layout>();
      for (const [name, layout] of value.layout.fields) {
        fields.set(name, layoutLike(machine, valueAt(machine, layout, value.prefix), shape, label ? `${label}_${name}` : name, node));
      }
      return { kind: "record", fields, ...(value.layout.of ? { of: value.layout.of } : {}) };
    }
    case "poison": return value.fail(node);
    default: throw machine.needsUnrolled(new Set(machine.regions.filter((region) => region.kind === "loop")), machine.refuse(
      node, "E107", `An array of ${describe(value).replace(/^an? /, "")}s cannot be made at run time.`, "Keep numbers in it.",
    ));
  }
}

/** `out[i] = …` on an array that is shorter: it becomes as long as the largest index. */
export function lengthen(machine: Machine, list: ListValue, length: number, sample: Value, node: Node): void {
  const elements = elementsOf(machine, list) ?? [];
  if (elements.length === 0) {
    if (sample.kind === "list" && capacityOf(sample) === 0) throw unlikeRows(machine, node);
    machine.journal.setList(list.state, { kind: "pending", length });
    return;
  }
  const layout: ListLayout = { kind: "list", length, element: layoutLike(machine, elements[0] ?? sample, [length], machine.labels.get(list), node) };
  copyInto(machine, layout, [], list, node);
  machine.journal.setList(list.state, { kind: "dense", layout, prefix: [] });
}

function unlikeRows(machine: Machine, node: Node): Error {
  return machine.needsUnrolled(new Set(machine.regions.filter((region) => region.kind === "loop")), machine.refuse(
    node, "E108", "The lengths of these rows are known only at run time.", "Make all rows of one length when they are created.",
  ));
}

/** A row of constant data is written: the list it is a row of becomes an array of its own, and the row a row of that. */
export function makeWritable(machine: Machine, list: ListValue, state: DenseState, node: Node): void {
  const array = firstArray(state.layout);
  const source = array ? machine.sources.get(array) : undefined;
  if (!source) throw machine.copyOnEntry(state.layout, node);
  if (source.state.content.kind === "cells" || source.state.content.kind === "numbers") ensureDense(machine, source, node);
  const whole = source.state.content;
  let layout: Layout | undefined = whole.kind === "dense" ? whole.layout : undefined;
  for (let k = 0; k < state.prefix.length; k++) layout = layout?.kind === "list" ? layout.element : undefined;
  if (layout?.kind !== "list") throw machine.copyOnEntry(state.layout, node);
  const { element } = state.layout;
  const window: ListLayout = element.kind === "leaf" && element.offset && layout.element.kind === "leaf"
    ? { ...layout, length: state.layout.length, element: { ...layout.element, offset: element.offset } } : layout;
  machine.journal.setList(list.state, { kind: "dense", layout: window, prefix: state.prefix });
}

export function firstArray(layout: Layout): ArrayVariable | undefined {
  switch (layout.kind) {
    case "leaf": return layout.array;
    case "list": return firstArray(layout.element);
    case "record": return [...layout.fields.values()].map(firstArray).find((array) => array !== undefined);
    case "constants": return undefined;
  }
}

export function isReadOnly(layout: Layout): boolean {
  if (layout.kind === "list") return isReadOnly(layout.element);
  if (layout.kind === "record") return [...layout.fields.values()].some(isReadOnly);
  return layout.kind === "leaf" && (layout.array.role.kind === "data" || layout.array.role.kind === "parameter");
}
