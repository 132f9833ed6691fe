import { assign, read } from "../../../ir/build";
import type { Expression, Local, ScalarType } from "../../../ir/types";
import type { ValueSlot } from "./journal";
import { isTruth } from "../lists/layouts";
import { capacityOf, lengthOf } from "../lists/lists";
import { copyInto, detached } from "../lists/store";
import { layoutLike } from "../lists/dense";
import type { Machine } from "./machine";
import { asBool, asFloat, asIndex, isAbsent, isInteger } from "../evaluate/numbers";
import { Slot } from "./journal";
import type { Node } from "../syntax/syntax";
import { isNumberLike, scalar, type ListLayout, type ObjectValue, type Value } from "./values";
import { reads } from "./variables";
import { propertiesOf } from "../lists/properties";

/** Somewhere at run time that can hold any of several values of one shape: how two paths, or two iterations, meet. */
export type Storage =
  | { readonly kind: "same"; readonly value: Value }
  | { readonly kind: "scalar"; readonly local: Local; readonly maybeMissing: boolean }
  | { readonly kind: "list"; readonly layout: ListLayout; readonly count?: Local }
  /** A field that is no number and differs: a name, say. An error only where it is used. */
  | { readonly kind: "unlike"; readonly value: Value }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Storage>; readonly prototype?: ObjectValue };

/** Undefined where the values have nothing in common. `home` is the slot whose own variable may serve. */
export function storageFor(machine: Machine, values: readonly Value[], home: ValueSlot | undefined, label: string | undefined, node: Node, isCounter = false): Storage | undefined {
  const [first, ...others] = values;
  if (!first) return undefined;
  if (others.every((other) => isSame(first, other)) && (others.length > 0)) return { kind: "same", value: first };
  if (values.every(isNumberLike)) {
    const type = scalarTypeOf(values, isCounter);
    const maybeMissing = values.some(isAbsent);
    const own = home?.local;
    const local = own && own.type === type ? own : machine.local(type, label ?? "t", label);
    if (home) home.local = local;
    return { kind: "scalar", local, maybeMissing };
  }
  const present = values.filter((value) => !isAbsent(value) || value.kind === "scalar");
  const [sample] = present;
  if (!sample) return undefined;
  if (present.every((value) => value.kind === "list")) return listStorage(machine, present, label, node);
  const keys = propertiesOf(sample);
  if (!keys || present.length < values.length) return undefined;
  const fields = new Map<string, Storage>();
  for (const key of keys.keys()) {
    const column: Value[] = [];
    for (const value of present) {
      const field = propertiesOf(value)?.get(key)?.(machine);
      if (!field) return undefined;
      column.push(field);
    }
    const field = column.length === 1 || column.some((value) => value !== column[0])
      ? storageFor(machine, column.length === 1 ? [...column] : column, undefined, label ? `${label}_${key}` : key, node)
      : { kind: "same" as const, value: column[0] ?? sample };
    if (!field && !column.every(isBesideNumbers)) return undefined;
    fields.set(key, field ?? { kind: "unlike", value: unlike(machine, key) });
  }
  if (present.some((value) => propertiesOf(value)?.size !== keys.size)) return undefined;
  const prototype = sample.kind === "object" ? sample.prototype : sample.kind === "record" ? sample.layout.of : undefined;
  return { kind: "object", fields, ...(prototype ? { prototype } : {}) };
}

/** What a field may hold beside the numbers of an object: names and functions. */
const isBesideNumbers = (value: Value): boolean => value.kind === "static" || value.kind === "function" || value.kind === "native" || value.kind === "poison";

function unlike(machine: Machine, name: string): Value {
  return {
    kind: "poison", what: "a value that differs",
    fail: (use) => { throw machine.refuse(use, "E107", `What "${name}" is depends on numbers known only at run time.`, "Decide with numbers."); },
  };
}

function listStorage(machine: Machine, values: readonly Value[], label: string | undefined, node: Node): Storage | undefined {
  const lists = values.filter((value) => value.kind === "list");
  const [sample] = lists;
  if (!sample) return undefined;
  const lengths = new Set(lists.map(lengthOf));
  if (lengths.size !== 1 || lengths.has(undefined)) return undefined;
  if (capacityOf(sample) === 0) return { kind: "same", value: sample };
  const layout = layoutLike(machine, sample, [], label, node);
  return layout.kind === "list" ? { kind: "list", layout } : undefined;
}

function scalarTypeOf(values: readonly Value[], isCounter: boolean): ScalarType {
  const present = values.filter((value) => !(isAbsent(value) && value.kind === "static"));
  if (present.length > 0 && present.every(isTruth)) return "bool";
  const someInt = isCounter || present.some((value) => value.kind === "scalar" && value.type === "i32");
  const allInt = values.every((value) => (value.kind === "scalar" ? value.type === "i32" : value.kind === "static" && typeof value.value === "number" && isInteger(value.value)));
  return someInt && allInt ? "i32" : "f64";
}

export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === "static" && b.kind === "static") return Object.is(a.value, b.value);
  if (a.kind === "scalar" && b.kind === "scalar") {
    return a.expression === b.expression
      || (a.expression.kind === "read" && b.expression.kind === "read" && a.expression.local === b.expression.local);
  }
  return false;
}

/** What reads the storage. Made anew each time: an object read after the loop is not the one before it. */
export function valueOf(machine: Machine, storage: Storage): Value {
  switch (storage.kind) {
    case "same":
    case "unlike": return storage.value;
    case "scalar": return { ...scalar(read(storage.local)), ...(storage.maybeMissing ? { maybeMissing: true as const } : {}) };
    case "list": return machine.list({ kind: "dense", layout: storage.layout, prefix: [] });
    case "object": {
      const fields = new Map<string, ValueSlot>();
      for (const [name, field] of storage.fields) {
        const slot = machine.slot(valueOf(machine, field), name);
        if (field.kind === "scalar") slot.local = field.local;
        fields.set(name, slot);
      }
      return { kind: "object", fields: new Slot("fields", fields, machine.now()), ...(storage.prototype ? { prototype: storage.prototype } : {}) };
    }
  }
}

/** Does the value go in without loss? */
export function fits(machine: Machine, storage: Storage, value: Value): boolean {
  switch (storage.kind) {
    case "same": return isSame(storage.value, value);
    case "unlike": return isBesideNumbers(value);
    case "scalar": {
      if (!isNumberLike(value)) return false;
      if (isAbsent(value) && !storage.maybeMissing) return false;
      switch (storage.local.type) {
        case "f64": return !isTruth(value);
        case "bool": return isTruth(value);
        case "i32": return value.kind === "scalar" ? value.type === "i32" : typeof value.value === "number" && isInteger(value.value);
      }
      return false;
    }
    case "list": return value.kind === "list" && lengthOf(value) === storage.layout.length;
    case "object": {
      const properties = propertiesOf(value);
      return properties !== undefined && properties.size === storage.fields.size && [...storage.fields].every(([name, field]) => {
        const property = properties.get(name)?.(machine);
        return property !== undefined && fits(machine, field, property);
      });
    }
  }
}

/** All at once, as a destructuring swap is: nothing is overwritten before it has been read. */
export function assignAll(machine: Machine, pairs: readonly (readonly [Storage, Value])[], node: Node): void {
  const moves: { local: Local; expression: Expression }[] = [];
  const copies: { layout: ListLayout; value: Value }[] = [];
  const gather = (storage: Storage, value: Value): void => {
    switch (storage.kind) {
      case "same":
      case "unlike": return;
      case "scalar": {
        const { local } = storage;
        const expression = local.type === "bool" ? asBool(machine, value, node) : local.type === "i32" ? asIndex(machine, value, node) : asFloat(machine, value, node);
        if (!(expression.kind === "read" && expression.local === local)) moves.push({ local, expression });
        return;
      }
      case "list":
        if (value.kind === "list" && value.state.content.kind === "dense" && value.state.content.layout === storage.layout) return;
        copies.push({ layout: storage.layout, value });
        return;
      case "object":
        for (const [name, field] of storage.fields) {
          const property = propertiesOf(value)?.get(name)?.(machine);
          if (property) gather(field, property);
        }
    }
  };
  for (const [storage, value] of pairs) gather(storage, value);
  const held = copies.length > 1 ? copies.map(({ layout, value }) => ({ layout, value: detached(machine, value, node) })) : copies;
  for (let i = 0; i < moves.length; i++) {
    const move = moves[i];
    if (!move) continue;
    // A later move (or a copy) still wants the old value.
    for (const later of moves.slice(i + 1)) if (reads(later.expression, move.local)) later.expression = machine.named(later.expression);
  }
  for (const { layout, value } of held) if (value.kind === "list") copyInto(machine, layout, [], value, node);
  for (const { local, expression } of moves) machine.emit(assign(local, expression));
}
