import { Slot, type ValueSlot } from "../state/journal";
import { dataArray } from "../lists/layouts";
import type { Machine } from "../state/machine";
import { known, missing, type Layout, type Value } from "../state/values";

/** Data from outside (arguments, JSON) as values. Rectangular numbers become one array of the generated program. */
export function plainValue(machine: Machine | undefined, data: unknown, hint = "data"): Value {
  const now = (): number => machine?.now() ?? 0;
  if (typeof data === "number" || typeof data === "string" || typeof data === "boolean" || data === null) return known(data);
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) return plainValue(machine, Array.from(numbersOf(data)), hint);
  if (Array.isArray(data)) {
    const items: readonly unknown[] = data;
    const shape = machine ? rectangular(items) : undefined;
    if (machine && shape && items.length > 0) {
      const flat = items.flat(shape.length - 1);
      const array = dataArray(machine, Float64Array.from(flat, Number), shape, hint);
      let layout: Layout = { kind: "leaf", array, type: "f64", suffix: [] };
      for (let k = shape.length - 1; k >= 1; k--) layout = { kind: "list", length: shape[k] ?? 0, element: layout };
      return { kind: "list", state: new Slot("list", { kind: "dense", layout: { kind: "list", length: shape[0] ?? 0, element: layout }, prefix: [] }, now()) };
    }
    const cells = items.map((item) => new Slot("value", plainValue(undefined, item), now()));
    return { kind: "list", state: new Slot("list", { kind: "cells", cells }, now()) };
  }
  if (typeof data === "object") {
    const fields = new Map<string, ValueSlot>();
    for (const [name, item] of Object.entries(data)) fields.set(name, new Slot("value", plainValue(machine, item, name), now(), name));
    return { kind: "object", fields: new Slot("fields", fields, now()) };
  }
  return missing;
}

function numbersOf(view: ArrayBufferView): number[] {
  return Symbol.iterator in view && typeof view[Symbol.iterator] === "function" ? Array.from(view as Iterable<number>, Number) : [];
}

/** The dimensions, if all that is inside are numbers in rows of one length. */
export function rectangular(items: readonly unknown[]): number[] | undefined {
  const [first] = items;
  if (items.length === 0) return undefined;
  if (!Array.isArray(first) && !ArrayBuffer.isView(first)) return items.every((item) => typeof item === "number") ? [items.length] : undefined;
  let inner: number[] | undefined;
  for (const item of items) {
    const shape = Array.isArray(item) ? rectangular(item) : undefined;
    if (!shape || (inner && (shape.length !== inner.length || shape.some((size, k) => size !== inner?.[k])))) return undefined;
    inner ??= shape;
  }
  return inner ? [items.length, ...inner] : undefined;
}
