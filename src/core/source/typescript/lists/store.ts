import { accumulate, branch, call, int, store } from "../../../ir/build";
import type { ArrayVariable, Expression } from "../../../ir/types";
import { wantList } from "../arguments/holes";
import { asIndex } from "../evaluate/numbers";
import { addends } from "../evaluate/sums";
import { keyOf } from "../state/facts";
import type { Machine } from "../state/machine";
import { NeedsDense, NeedsRoom } from "../state/signals";
import { objectCopies } from "../state/machine";
import { missing, type Layout, type ListLayout, type ListValue, type Value } from "../state/values";
import { setSlot } from "../state/variables";
import type { Node } from "../syntax/syntax";
import { ensureDense, firstArray, forEachIndex, isReadOnly, layoutLike, lengthen, makeWritable, toElement } from "./dense";
import { leafIndices, valueAt } from "./layouts";
import { constantDense, elementsOf, lengthOf, maxLength, ragged } from "./lists";
import { thaw } from "./numbers";

export function storeElement(machine: Machine, list: ListValue, index: Value, value: Value, node: Node): void {
  const state = list.state.content;
  machine.elementWrites++;
  if (state.kind === "pending") {
    const label = list.state.label ?? machine.labels.get(list);
    const element = layoutLike(machine, value, [state.length], label, node);
    machine.journal.setList(list.state, {
      kind: "dense", layout: { kind: "list", length: state.length, element }, prefix: [], ...(state.count ? { count: state.count } : {}),
      ...(state.madeBy === undefined ? {} : { madeBy: state.madeBy }),
    });
    return storeElement(machine, list, index, value, node);
  }
  if (state.kind === "numbers") {
    const region = machine.regions.at(-1);
    if (region && list.state.birth < region.birth) throw new NeedsDense(list);
    thaw(machine, list);
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
    if (machine.windows.has(list.state)) throw sharedWindow(machine, index, node);
    if (state.cells.length === 0) {
      throw machine.needsStatic(index, machine.refuse(node, "E108", "How long this array becomes depends on numbers known only at run time.", "Make it long enough when it is created: new Array(n)."));
    }
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
  const fixed = machine.dependence.isStable(at) ? at : machine.named(at);
  if (low < 0 || high >= length) {
    const span = machine.spanOf(node);
    const outside = call("or", [call("lessInt", [fixed, int(0)]), call("greaterEqualInt", [fixed, int(length)])]);
    machine.emit(branch(outside, [{ kind: "trap", code: "E112", message: "An index is outside its array.", ...(span ? { span } : {}) }]));
  }
  storeInto(machine, state.layout.element, [...state.prefix, fixed], value, node);
}

function sharedWindow(machine: Machine, index: Value, node: Node): Error {
  return machine.needsStatic(index, machine.refuse(node, "E101", "This array shares its numbers with a subarray of it, and is written where only the running program knows.", "Use slice, which copies."));
}

function storeCell(machine: Machine, list: ListValue, at: number, value: Value, node: Node): void {
  const state = list.state.content;
  if (state.kind !== "cells" || !Number.isInteger(at) || at < 0) {
    throw machine.refuse(node, "E101", "Only elements 0, 1, 2 … of an array can be written.");
  }
  const cell = state.cells[at];
  if (cell) return setSlot(machine, cell, machine.freeze(value), node);
  if (at > maxLength) throw tooLong(machine, at, node);
  const region = machine.regions.at(-1);
  if (at === state.cells.length && !(region && list.state.birth < region.birth)) {
    return machine.journal.appendCell(list.state, machine.slot(machine.freeze(value)));
  }
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
      const all = leafIndices(layout, indices);
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
      const isOwn = state.kind === "cells" || state.kind === "numbers" || (state.kind === "dense" && state.prefix.length === 0 && !isReadOnly(state.layout));
      if (isOwn && indices.every((index) => machine.dependence.isStable(index))) machine.journal.setList(list.state, { kind: "dense", layout, prefix: indices });
      return;
    }
    case "record":
      for (const view of machine.namedRecords) {
        if (view !== value && firstArray(view.layout) === firstArray(layout)) {
          if (machine.arguments && !machine.copiesObjects) throw machine.arguments.needsRoom(objectCopies, 1);
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
  if (value.kind === "record") {
    const fields = [...value.layout.fields].map(([name, field]) => [name, detached(machine, valueAt(machine, field, value.prefix), node)] as const);
    return machine.object(new Map(fields), value.layout.of);
  }
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
  const state = from.state.content.kind === "numbers" ? constantDense(machine, from) : from.state.content;
  if (state?.kind === "dense" && (layout.length > 4 || lengthOf(from) === undefined)) {
    forEachIndex(machine, state.count ?? state.layout.length, (index) => {
      storeInto(machine, layout.element, [...prefix, index], valueAt(machine, state.layout.element, [...state.prefix, index]), node);
    });
    return;
  }
  const elements = elementsOf(machine, from) ?? [];
  elements.forEach((element, i) => storeInto(machine, layout.element, [...prefix, int(i)], element, node));
}
