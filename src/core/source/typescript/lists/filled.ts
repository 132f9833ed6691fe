import { fill } from "../../../ir/build";
import type { Layout, ListValue, Value } from "../state/values";
import { capacityOf, lengthOf, maxLength } from "./lists";
import { forEachIndex, layoutLike } from "./dense";
import { storeElement, storeInto, tooLong } from "./store";
import type { Machine } from "../state/machine";
import { asFloat } from "../evaluate/numbers";
import { NotStatic } from "../state/signals";
import type { Node } from "../syntax/syntax";
import { isNumberLike, known, missing } from "../state/values";

const small = 32;

/** `new Array(n)`, `new Float64Array(n)`. */
export function makeEmpty(machine: Machine, length: Value, typed: string | undefined, node: Node): ListValue {
  if (length.kind !== "static") {
    if (length.kind === "scalar") machine.arguments?.needsKnown(length.expression, "length of an array");
    throw machine.needsStatic(length, machine.refuse(node, "E108", "The length of this array depends on numbers known only at run time.", "Use a fixed length."));
  }
  const count = Number(length.value);
  if (!(count <= maxLength)) throw tooLong(machine, count, node);
  if (machine.staticOnly > 0 && count > 100_000 && machine.regions.length > 0) throw new NotStatic("large array");
  const first: Value = typed ? known(0) : missing;
  if (machine.staticOnly === 0 && count > small) {
    const list = machine.list({ kind: "pending", length: count }, typed);
    return typed ? fillList(machine, list, first, node) : list;
  }
  machine.budget.expectCells(count, node);
  return machine.list({ kind: "cells", cells: Array.from({ length: count }, () => machine.slot(first)) }, typed);
}

/** `list.fill(value)`: one statement where the list is an IR array. */
export function fillList(machine: Machine, list: ListValue, value: Value, node: Node): ListValue {
  const state = list.state.content;
  const length = lengthOf(list) ?? capacityOf(list);
  const kept = machine.freeze(value);
  if (state.kind === "cells" || state.kind === "numbers") {
    const region = machine.regions.at(-1);
    if (!region || list.state.birth >= region.birth) {
      machine.elementWrites++;
      machine.journal.setList(list.state, { kind: "cells", cells: Array.from({ length }, () => machine.slot(kept)) });
      return list;
    }
    for (let i = 0; i < length; i++) storeElement(machine, list, known(i), kept, node);
    return list;
  }
  if (kept.kind === "static" && kept.value === undefined) return list;
  if (state.kind === "pending") {
    if (!isNumberLike(kept)) {
      machine.journal.setList(list.state, { kind: "cells", cells: Array.from({ length }, () => machine.slot(kept)) });
      return list;
    }
    const layout: Layout = layoutLike(machine, kept, [state.length], machine.labels.get(list), node);
    machine.journal.setList(list.state, { kind: "dense", layout: { kind: "list", length: state.length, element: layout }, prefix: [] });
    return fillList(machine, list, kept, node);
  }
  const { element } = state.layout;
  if (element.kind === "leaf" && element.type === "f64" && state.prefix.length === 0 && element.suffix.length === 0 && !element.offset && element.array.role.kind === "scratch") {
    machine.emit(fill(element.array, asFloat(machine, kept, node), machine.spanOf(node)));
    return list;
  }
  forEachIndex(machine, length, (index) => storeInto(machine, element, [...state.prefix, index], kept, node));
  return list;
}

