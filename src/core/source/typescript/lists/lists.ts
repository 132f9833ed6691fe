import { branch, call, float, int, select } from "../../../ir/build";
import { walkExpression } from "../../../ir/visit";
import type { Expression } from "../../../ir/types";
import { asIndex } from "../evaluate/numbers";
import type { Machine } from "../state/machine";
import { known, missing, scalar, type DenseState, type Layout, type ListLayout, type ListValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { constantDifference } from "./constantDifference";
import { ensureDense } from "./dense";
import { dataLeaf, layoutOf, valueAt } from "./layouts";
import { numberAt, numbersLayout, numbersOf } from "./numbers";

export const maxLength = 10_000_000;

/** How many elements, if that is known now. */
export function lengthOf(list: ListValue): number | undefined {
  const state = list.state.content;
  switch (state.kind) {
    case "cells": return state.cells.length;
    case "numbers": return state.length;
    case "dense": return state.count ? constantOf(state.count) : state.layout.length;
    case "pending": return state.count ? undefined : state.length;
  }
}

const constantOf = (count: Expression): number | undefined => (count.kind === "constant" ? count.value : undefined);

/** The length as a value; where only the running program knows it, the counter that holds it. */
export function lengthValue(list: ListValue): Value {
  const state = list.state.content;
  if ((state.kind === "dense" || state.kind === "pending") && state.count && state.count.kind !== "constant") return scalar(state.count);
  return known(lengthOf(list) ?? 0);
}

/** The largest the length can be. */
export function capacityOf(list: ListValue): number {
  const state = list.state.content;
  return lengthOf(list) ?? (state.kind === "cells" ? state.cells.length : state.kind === "dense" ? state.layout.length : state.length);
}

/** All elements one by one, where their number is known. */
export function elementsOf(machine: Machine, list: ListValue): readonly Value[] | undefined {
  const state = list.state.content;
  if (state.kind === "cells") return state.cells.map((cell) => cell.content);
  if (state.kind === "numbers") return Array.from({ length: state.length }, (_, i) => numberAt(state, i));
  const length = lengthOf(list);
  if (length === undefined) return undefined;
  return Array.from({ length }, (_, i) => (state.kind === "pending" ? missing : valueAt(machine, state.layout.element, [...state.prefix, int(i)])));
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
    if (state.kind === "numbers") {
      if (list.typed === "Uint8Array") machine.budget.readBytes();
      if (at < state.length) return numberAt(state, at);
      overrun(machine, node, at, state.length);
      return missing;
    }
    const length = lengthOf(list) ?? state.layout.length;
    if (at >= length) {
      if (state.layout.grow && at < 1000) throw state.layout.grow(at + 1);
      overrun(machine, node, at, length);
      return missing;
    }
    if (state.count && state.count.kind !== "constant") return guarded(machine, state, int(at), node);
    return spanned(valueAt(machine, state.layout.element, [...state.prefix, int(at)]), machine, node);
  }
  const at = presentIndex(asIndex(machine, index, node), index);
  if (at.kind === "constant") return elementAt(machine, list, known(at.value), node);
  if (state.kind === "dense") return guarded(machine, state, at, node);
  if (state.kind === "pending" || lengthOf(list) === 0) return missing;
  const constant = constantDense(machine, list);
  if (constant) return guarded(machine, constant, at, node);
  if (machine.ragged.has(list)) throw ragged(machine, index, node);
  return elementAt(machine, ensureDense(machine, list, node), index, node);
}

/** What was read past the end of a list, and is undefined there, is no index: least of all the first one. */
function presentIndex(at: Expression, index: Value): Expression {
  return index.kind === "scalar" && index.type === "f64" && mayBeNaN(index.expression) ? select(call("isNaN", [index.expression]), int(-1), at) : at;
}

function mayBeNaN(expression: Expression): boolean {
  let found = false;
  walkExpression(expression, (part) => { found ||= part.kind === "constant" && Number.isNaN(part.value); });
  return found;
}

export function ragged(machine: Machine, index: Value, node: Node): Error {
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
  const { grow, element } = state.layout;
  const { length, count } = state.count?.kind === "constant" ? { length: state.count.value, count: undefined } : { length: state.layout.length, count: state.count };
  // Before the count by a number that is known: no need to ask.
  const before = count && constantDifference(count, at);
  if (before !== undefined && before <= 0) return missing;
  if (grow && high >= length && high < 4096) throw grow(high + 1);
  overrun(machine, node, high, length);
  const outside: Expression[] = [];
  if (low < 0) outside.push(call("lessInt", [at, int(0)]));
  if (count && before === undefined) outside.push(call("greaterEqualInt", [at, count]));
  else if (!count && high >= length) outside.push(call("greaterEqualInt", [at, int(length)]));
  const [first, second] = outside;
  const index = machine.dependence.isStable(at) || (element.kind === "leaf" && outside.length === 0) ? at : machine.named(at);
  if (!first || (count && low >= 0 && high < length)) return spanned(valueAt(machine, element, [...state.prefix, index]), machine, node);
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

export const constants = new WeakMap<ListValue, { machine: Machine; writes: number; layout: ListLayout | undefined }>();

/** The list as constant data, if nothing in it depends on the unknowns. Found once, however often it is read. */
function constantLayout(machine: Machine, list: ListValue): ListLayout | undefined {
  const before = constants.get(list);
  if (before && before.machine === machine && before.writes === machine.elementWrites) return before.layout;
  const label = list.state.label ?? machine.labels.get(list) ?? "data";
  const numbers = numbersLayout(machine, list, label);
  const elements = numbers ? undefined : elementsOf(machine, list);
  const element = numbers ?? (elements?.every((value) => isConstant(machine, value)) ? layoutOf(machine, elements, [elements.length], dataLeaf(machine, label)) : undefined);
  const layout = element && { kind: "list" as const, length: capacityOf(list), element };
  constants.set(list, { machine, writes: machine.elementWrites, layout });
  if (layout) rememberSource(machine, layout, list);
  return layout;
}

/** The same as what a list in constant data is. */
export function constantDense(machine: Machine, list: ListValue): DenseState | undefined {
  const layout = constantLayout(machine, list);
  return layout && { kind: "dense", layout, prefix: [] };
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
    case "list": return numbersOf(value) !== undefined || elementsOf(machine, value)?.every((element) => isConstant(machine, element)) === true;
    case "object": return [...value.fields.content.values()].every((field) => isConstant(machine, field.content));
    default: return false;
  }
}
