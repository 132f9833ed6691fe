import { accumulate, branch, call, fill, float, int, load, loop, read, select, store } from "../../../ir/build";
import type { ArrayVariable, Expression, Statement } from "../../../ir/types";
import { keyOf } from "../state/facts";
import { wantList } from "../arguments/holes";
import { dataLeaf, isTruth, layoutOf, valueAt } from "./layouts";
import type { Machine } from "../state/machine";
import { asFloat, asIndex, asBool } from "../evaluate/numbers";
import { addends } from "../evaluate/sums";
import { NeedsDense, NeedsRoom } from "../state/signals";
import type { Node } from "../syntax/syntax";
import { setSlot } from "../state/variables";
import { describe, known, missing, scalar, type DenseState, type Layout, type ListLayout, type ListValue, type Value } from "../state/values";

export const maxLength = 10_000_000;

/** How many elements, if that is known now. */
export function lengthOf(list: ListValue): number | undefined {
  const state = list.state.content;
  switch (state.kind) {
    case "cells": return state.cells.length;
    case "dense": return state.count ? undefined : state.layout.length;
    case "pending": return state.count ? undefined : state.length;
  }
}

/** The length as a value; where only the running program knows it, the counter that holds it. */
export function lengthValue(list: ListValue): Value {
  const state = list.state.content;
  if (state.kind !== "cells" && state.count) return scalar(state.count);
  return known(lengthOf(list) ?? 0);
}

/** The largest the length can be. */
export function capacityOf(list: ListValue): number {
  const state = list.state.content;
  return state.kind === "cells" ? state.cells.length : state.kind === "dense" ? state.layout.length : state.length;
}

/** All elements one by one, where their number is known. */
export function elementsOf(machine: Machine, list: ListValue): readonly Value[] | undefined {
  const state = list.state.content;
  if (state.kind === "cells") return state.cells.map((cell) => cell.content);
  if (state.kind === "pending" || state.count) return state.kind === "pending" && state.length === 0 ? [] : undefined;
  return Array.from({ length: state.layout.length }, (_, i) => valueAt(machine, state.layout.element, [...state.prefix, int(i)]));
}

export function elementAt(machine: Machine, list: ListValue, index: Value, node: Node): Value {
  const state = list.state.content;
  if (index.kind === "static") {
    const at = Number(index.value);
    if (state.kind === "cells") {
      const cell = state.cells[at];
      if (!cell && list.grow && Number.isInteger(at) && at >= 0 && at < 1000) throw list.grow(at + 1);
      if (!cell) overrun(machine, node, at, state.cells.length);
      return cell?.content ?? missing;
    }
    if (state.kind === "pending") return missing;
    if (!Number.isInteger(at) || at < 0) return missing;
    if (at >= state.layout.length) {
      if (state.layout.grow && at < 1000) throw state.layout.grow(at + 1);
      overrun(machine, node, at, state.layout.length);
      return missing;
    }
    if (state.count) return guarded(machine, state, int(at), node);
    return spanned(valueAt(machine, state.layout.element, [...state.prefix, int(at)]), machine, node);
  }
  const at = asIndex(machine, index, node);
  if (at.kind === "constant") return elementAt(machine, list, known(at.value), node);
  if (state.kind === "dense") return guarded(machine, state, at, node);
  if (state.kind === "pending" || state.cells.length === 0) return missing;
  const constant = constantLayout(machine, list);
  if (constant) return guarded(machine, { kind: "dense", layout: constant, prefix: [] }, at, node);
  if (machine.ragged.has(list)) throw ragged(machine, index, node);
  return elementAt(machine, ensureDense(machine, list, node), index, node);
}

function ragged(machine: Machine, index: Value, node: Node): Error {
  return machine.needsStatic(index, machine.refuse(
    node, "E107", "The elements of this array are not alike, so it cannot be indexed by a number known only at run time.",
    "Use rows of one length and objects with the same numeric fields.",
  ));
}

/** How far reads go past the end: a sign that a guessed length is wrong. */
function overrun(machine: Machine, node: Node, at: number, length: number): void {
  if (at >= length && at < 4096) machine.overruns.set(node, Math.max(machine.overruns.get(node) ?? 0, at - length + 1));
}

function spanned(value: Value, machine: Machine, node: Node): Value {
  const span = machine.spanOf(node);
  return value.kind === "scalar" && span ? { ...value, expression: { ...value.expression, span } } : value;
}

/** Proves the index in range, or makes the element NaN outside, as `undefined` would be in arithmetic. */
function guarded(machine: Machine, state: DenseState, at: Expression, node: Node): Value {
  const [low, high] = machine.facts.rangeOf(at);
  const { length, grow, element } = state.layout;
  if (grow && high >= length && high < 4096) throw grow(high + 1);
  overrun(machine, node, high, length);
  const outside: Expression[] = [];
  if (low < 0) outside.push(call("lessInt", [at, int(0)]));
  if (state.count) outside.push(call("greaterEqualInt", [at, state.count]));
  else if (high >= length) outside.push(call("greaterEqualInt", [at, int(length)]));
  const [first, second] = outside;
  const index = machine.isStable(at) || (element.kind === "leaf" && outside.length === 0) ? at : machine.named(at);
  if (!first || (state.count && low >= 0 && high < length)) return spanned(valueAt(machine, element, [...state.prefix, index]), machine, node);
  const isOutside = second ? call("or", [first, second]) : first;
  if (element.kind === "leaf") {
    const inside = valueAt(machine, element, [...state.prefix, index]);
    if (inside.kind !== "scalar" || inside.type === "bool") {
      return inside.kind === "scalar" ? scalar(select(call("not", [isOutside]), inside.expression, { kind: "constant", type: "bool", value: 0 })) : inside;
    }
    return { ...scalar(select(isOutside, float(NaN), inside.expression, machine.spanOf(node))), maybeMissing: true };
  }
  const span = machine.spanOf(node);
  machine.emit(branch(isOutside, [{ kind: "trap", code: "E112", message: "An index is outside its array.", ...(span ? { span } : {}) }]));
  return valueAt(machine, element, [...state.prefix, index]);
}

const constants = new WeakMap<ListValue, { machine: Machine; writes: number; layout: ListLayout | undefined }>();

/** The list as constant data, if nothing in it depends on the unknowns. Found once, however often it is read. */
function constantLayout(machine: Machine, list: ListValue): ListLayout | undefined {
  const before = constants.get(list);
  if (before && before.machine === machine && before.writes === machine.elementWrites) return before.layout;
  const elements = elementsOf(machine, list);
  const layout = elements && elements.every((value) => isConstant(machine, value))
    ? { kind: "list" as const, length: elements.length, element: layoutOf(machine, elements, [elements.length], dataLeaf(machine, list.state.label ?? "data")) }
    : undefined;
  constants.set(list, { machine, writes: machine.elementWrites, layout });
  if (layout) rememberSource(machine, layout, list);
  return layout;
}

/** Should one of these arrays be written after all, it is this list that must become a writable array. */
function rememberSource(machine: Machine, layout: Layout, list: ListValue): void {
  if (layout.kind === "leaf") machine.sources.set(layout.array, list);
  else if (layout.kind === "list") rememberSource(machine, layout.element, list);
  else if (layout.kind === "record") for (const field of layout.fields.values()) rememberSource(machine, field, list);
}

function isConstant(machine: Machine, value: Value): boolean {
  switch (value.kind) {
    case "static":
    case "function":
    case "native":
    case "collection": return true;
    case "list": return elementsOf(machine, value)?.every((element) => isConstant(machine, element)) ?? false;
    case "object": return [...value.fields.content.values()].every((field) => isConstant(machine, field.content));
    default: return false;
  }
}

/** Turns the list into an IR array that may be written at run-time indices, at a place where that dominates its uses. */
export function ensureDense(machine: Machine, list: ListValue, node: Node): ListValue {
  const region = machine.regions.at(-1);
  if (region && list.state.birth < region.birth) throw new NeedsDense(list);
  densify(machine, list, node);
  return list;
}

export function densify(machine: Machine, list: ListValue, node: Node): void {
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

function toElement(machine: Machine, value: Value, type: "f64" | "bool", node: Node): Expression {
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

export function storeElement(machine: Machine, list: ListValue, index: Value, value: Value, node: Node): void {
  const state = list.state.content;
  machine.elementWrites++;
  if (state.kind === "pending") {
    const label = list.state.label ?? machine.labels.get(list);
    const element = layoutLike(machine, value, [state.length], label, node);
    machine.journal.setList(list.state, {
      kind: "dense", layout: { kind: "list", length: state.length, element }, prefix: [], ...(state.count ? { count: state.count } : {}),
    });
    return storeElement(machine, list, index, value, node);
  }
  if (state.kind === "cells") {
    if (index.kind === "static") return storeCell(machine, list, Number(index.value), value, node);
    const high = machine.facts.rangeOf(asIndex(machine, index, node))[1];
    if (high >= state.cells.length && high < maxLength) {
      const room = { counted: false, added: 0, sample: value, length: high + 1 };
      const region = machine.regions.at(-1);
      if (region && list.state.birth < region.birth) throw new NeedsRoom(list, room);
      lengthen(machine, list, room.length, value, node);
      return storeElement(machine, list, index, value, node);
    }
    if (machine.ragged.has(list)) throw ragged(machine, index, node);
    return storeElement(machine, ensureDense(machine, list, node), index, value, node);
  }
  if (isReadOnly(state.layout)) {
    makeWritable(machine, list, state, node);
    return storeElement(machine, list, index, value, node);
  }
  const at = asIndex(machine, index, node);
  const [low, high] = machine.facts.rangeOf(at);
  const { length } = state.layout;
  if (at.kind === "constant" && (at.value < 0 || at.value >= length)) {
    throw machine.needsUnrolled(new Set(machine.regions.filter((region) => region.kind === "loop")), machine.refuse(
      node, "E108", `The array has ${length} elements, and element ${at.value} is written.`, "Make it long enough when it is created.",
    ));
  }
  const fixed = machine.isStable(at) ? at : machine.named(at);
  if (low < 0 || high >= length) {
    const span = machine.spanOf(node);
    const outside = call("or", [call("lessInt", [fixed, int(0)]), call("greaterEqualInt", [fixed, int(length)])]);
    machine.emit(branch(outside, [{ kind: "trap", code: "E112", message: "An index is outside its array.", ...(span ? { span } : {}) }]));
  }
  storeInto(machine, state.layout.element, [...state.prefix, fixed], value, node);
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
function makeWritable(machine: Machine, list: ListValue, state: DenseState, node: Node): void {
  const array = firstArray(state.layout);
  const source = array ? machine.sources.get(array) : undefined;
  if (!source) throw machine.copyOnEntry(state.layout, node);
  if (source.state.content.kind === "cells") ensureDense(machine, source, node);
  const whole = source.state.content;
  let layout: Layout | undefined = whole.kind === "dense" ? whole.layout : undefined;
  for (let k = 0; k < state.prefix.length; k++) layout = layout?.kind === "list" ? layout.element : undefined;
  if (layout?.kind !== "list") throw machine.copyOnEntry(state.layout, node);
  machine.journal.setList(list.state, { kind: "dense", layout, prefix: state.prefix });
}

export function firstArray(layout: Layout): ArrayVariable | undefined {
  switch (layout.kind) {
    case "leaf": return layout.array;
    case "list": return firstArray(layout.element);
    case "record": return [...layout.fields.values()].map(firstArray).find((array) => array !== undefined);
    case "constants": return undefined;
  }
}

function isReadOnly(layout: Layout): boolean {
  if (layout.kind === "list") return isReadOnly(layout.element);
  if (layout.kind === "record") return [...layout.fields.values()].some(isReadOnly);
  return layout.kind === "leaf" && (layout.array.role.kind === "data" || layout.array.role.kind === "parameter");
}

function storeCell(machine: Machine, list: ListValue, at: number, value: Value, node: Node): void {
  const state = list.state.content;
  if (state.kind !== "cells" || !Number.isInteger(at) || at < 0) {
    throw machine.refuse(node, "E101", "Only elements 0, 1, 2 … of an array can be written.");
  }
  const cell = state.cells[at];
  if (cell) return setSlot(machine, cell, machine.freeze(value), node);
  if (at > maxLength) throw tooLong(machine, at, node);
  const cells = [...state.cells];
  while (cells.length < at) cells.push(machine.slot(missing));
  cells.push(machine.slot(machine.freeze(value)));
  machine.journal.setList(list.state, { kind: "cells", cells });
}

export function tooLong(machine: Machine, length: number, node: Node): Error {
  return machine.refuse(node, "E108", `An array of ${length.toExponential(0).replace("e+", "e")} elements is too long.`, "At most ten million elements are possible.");
}

export function storeInto(machine: Machine, layout: Layout, indices: readonly Expression[], value: Value, node: Node): void {
  switch (layout.kind) {
    case "leaf": {
      const all = [...indices, ...layout.suffix.map((index) => int(index))];
      const element = toElement(machine, value, layout.type, node);
      const terms = layout.type === "f64" ? addends(element, (part) => part.kind === "load" && part.array === layout.array && sameIndices(part.indices, all)) : undefined;
      if (terms && terms.every((term) => !loadsFrom(term, layout.array))) {
        for (const term of terms) machine.emit(accumulate(layout.array, term, all, machine.spanOf(node)));
      } else machine.emit(store(layout.array, all, element, machine.spanOf(node)));
      return;
    }
    case "list": {
      const list = value.kind === "hole" ? wantList(machine, value, 1) : value;
      if (list.kind !== "list" || lengthOf(list) !== layout.length) {
        throw machine.needsUnrolled(new Set(machine.regions.filter((region) => region.kind === "loop")), machine.refuse(
          node, "E108", "Rows of unlike length are kept in one array.", "Make all rows of one length.",
        ));
      }
      preserveRows(machine, layout, list, node);
      copyInto(machine, layout, indices, list, node);
      const state = list.state.content;
      const isOwn = state.kind === "cells" || (state.kind === "dense" && state.prefix.length === 0 && !isReadOnly(state.layout));
      if (isOwn && indices.every((index) => machine.isStable(index))) machine.journal.setList(list.state, { kind: "dense", layout, prefix: indices });
      return;
    }
    case "record":
      for (const view of machine.namedRecords) {
        if (view !== value && firstArray(view.layout) === firstArray(layout)) {
          throw machine.needsUnrolled(new Set(machine.regions.filter((region) => region.kind === "loop")), machine.refuse(
            node, "E101", "An object is put in another's place while that still has a name.", "Copy the fields, with { ...object }.",
          ));
        }
      }
      for (const [name, field] of layout.fields) storeInto(machine, field, indices, fieldOf(machine, value, name), node);
      return;
    case "constants": throw machine.refuse(node, "E107", "Values that are not numbers cannot be written into this array at run time.");
  }
}

/** Before a row is overwritten: rows that have names and may be this one go on holding what they held. */
function preserveRows(machine: Machine, layout: ListLayout, source: ListValue, node: Node): void {
  const array = firstArray(layout);
  for (const row of machine.namedRows) {
    const state = row.state.content;
    if (row === source || state.kind !== "dense" || state.prefix.length === 0 || firstArray(state.layout) !== array) continue;
    const kept = layoutLike(machine, row, [], machine.labels.get(row), node);
    if (kept.kind !== "list") continue;
    copyInto(machine, kept, [], row, node);
    machine.journal.setList(row.state, { kind: "dense", layout: kept, prefix: [] });
  }
}

/** A list of its own with the same elements: what a swap reads before it writes. */
export function detached(machine: Machine, value: Value, node: Node): Value {
  if (value.kind !== "list" || value.state.content.kind !== "dense") return value;
  const layout = layoutLike(machine, value, [], undefined, node);
  if (layout.kind !== "list") return value;
  copyInto(machine, layout, [], value, node);
  return machine.list({ kind: "dense", layout, prefix: [] });
}

function fieldOf(machine: Machine, value: Value, name: string): Value {
  if (value.kind === "object") return value.fields.content.get(name)?.content ?? missing;
  if (value.kind === "record") {
    const layout = value.layout.fields.get(name);
    return layout ? valueAt(machine, layout, value.prefix) : missing;
  }
  return missing;
}

function sameIndices(a: readonly Expression[], b: readonly Expression[]): boolean {
  return a.length === b.length && a.every((index, k) => keyOf(index) === keyOf(b[k] ?? index) && b[k] !== undefined);
}

function loadsFrom(expression: Expression, array: ArrayVariable): boolean {
  switch (expression.kind) {
    case "constant":
    case "read": return false;
    case "load": return expression.array === array || expression.indices.some((index) => loadsFrom(index, array));
    case "call": return expression.args.some((arg) => loadsFrom(arg, array));
    case "select": return [expression.condition, expression.whenTrue, expression.whenFalse].some((part) => loadsFrom(part, array));
  }
}

/** Element by element, as loops where there are many. */
export function copyInto(machine: Machine, layout: ListLayout, prefix: readonly Expression[], from: ListValue, node: Node): void {
  const state = from.state.content;
  if (state.kind === "dense" && layout.length > 4) {
    forEachIndex(machine, state.count ?? layout.length, (index) => {
      storeInto(machine, layout.element, [...prefix, index], valueAt(machine, state.layout.element, [...state.prefix, index]), node);
    });
    return;
  }
  const elements = elementsOf(machine, from) ?? [];
  elements.forEach((element, i) => storeInto(machine, layout.element, [...prefix, int(i)], element, node));
}


