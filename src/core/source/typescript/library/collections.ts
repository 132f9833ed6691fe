import { call } from "../../../ir/build";
import { callValue } from "../evaluate/calls";
import { fieldOf, getMember } from "../evaluate/members";
import { asCondition, isAbsent } from "../evaluate/numbers";
import { binary } from "../evaluate/operators";
import { allElements } from "../lists/allElements";
import { iterableOf } from "../lists/iterables";
import { Slot, type ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import { known, missing, scalar, type CollectionValue, type NativeCall, type NativeValue, type Value } from "../state/values";
import { setSlot } from "../state/variables";
import type { Node } from "../syntax/syntax";

const native = (name: string, call: NativeCall): NativeValue => ({ kind: "native", name, call });

/** `Map` and `Set`: a place an entry, whose keys are known before the function runs; what is held may be known only then. */
export function collectionClass(name: "Map" | "Set"): NativeValue {
  return {
    kind: "native", name,
    construct: (machine, [source], node) => {
      const made: CollectionValue = { kind: "collection", name, fields: new Slot("fields", new Map<string, ValueSlot>(), machine.now()), keys: new Map() };
      if (!source || isAbsent(source)) return made;
      for (const element of allElements(machine, iterableOf(machine, source, node), node)) {
        if (name === "Set") put(machine, made, element, known(1), node);
        else put(machine, made, getMember(machine, element, known(0), node), getMember(machine, element, known(1), node), node);
      }
      return made;
    },
  };
}

const identities = new WeakMap<object, number>();
let identitiesGiven = 0;

function identityOf(thing: object): number {
  const before = identities.get(thing);
  if (before !== undefined) return before;
  identities.set(thing, ++identitiesGiven);
  return identitiesGiven;
}

/** Equal names, equal keys. */
function nameOfKey(machine: Machine, collection: CollectionValue, key: Value, node: Node): string {
  switch (key.kind) {
    case "static": return `${typeof key.value}:${String(key.value)}`;
    case "object":
    case "collection": return `object:${identityOf(key.fields)}`;
    case "function": return `object:${identityOf(key.properties)}`;
    case "list": return `object:${identityOf(key.state)}`;
    case "poison": return key.fail(node);
    default: throw machine.needsStatic(key, machine.refuse(node, "E107", `The keys of a ${collection.name} must be known before the function runs.`, "Use an array."));
  }
}

function put(machine: Machine, collection: CollectionValue, key: Value, value: Value, node: Node): void {
  const name = nameOfKey(machine, collection, key, node);
  collection.keys.set(name, key);
  setSlot(machine, fieldOf(machine, collection.fields, name, key.kind === "static" ? String(key.value) : "entry"), machine.freeze(value), node);
}

function isNothing(value: Value): boolean {
  return value.kind === "static" && value.value === undefined;
}

/** The entries that are there. */
export function entriesOf(machine: Machine, collection: CollectionValue, node: Node): (readonly [Value, Value])[] {
  const entries: (readonly [Value, Value])[] = [];
  for (const [name, slot] of collection.fields.content) {
    const key = collection.keys.get(name);
    if (!key || isNothing(slot.content)) continue;
    if (slot.content.kind === "scalar" && slot.content.maybeMissing) {
      throw machine.refuse(node, "E107", `Which entries this ${collection.name} has depends on numbers known only at run time.`, "Put every key in it from the start.");
    }
    entries.push([key, slot.content]);
  }
  return entries;
}

/** Is a number that is known only at run time one of the keys? Undefined where what is held may change too. */
function amongKeys(machine: Machine, collection: CollectionValue, wanted: Value, node: Node): Value | undefined {
  const entries = [...collection.fields.content];
  if (!entries.every(([, slot]) => slot.content.kind === "static")) return undefined;
  const conditions = entries.flatMap(([name, slot]) => {
    const key = collection.keys.get(name);
    return key && !isNothing(slot.content) ? [asCondition(machine, binary(machine, "===", wanted, key, node), node)] : [];
  });
  const open = conditions.filter((condition) => typeof condition !== "boolean");
  if (conditions.includes(true)) return known(true);
  return open.length === 0 ? known(false) : scalar(open.reduce((any, condition) => call("or", [any, condition])));
}

export function collectionMember(machine: Machine, collection: CollectionValue, member: string, node: Node): Value {
  const isSet = collection.name === "Set";
  const find = (key: Value | undefined): Value => collection.fields.content.get(nameOfKey(machine, collection, key ?? missing, node))?.content ?? missing;
  const list = (values: readonly Value[]): Value => machine.listOf(values);
  switch (member) {
    case "size": return known(entriesOf(machine, collection, node).length);
    case "has": return native(member, (at, [key], where) => {
      const found = key?.kind === "scalar" ? amongKeys(at, collection, key, where) : undefined;
      if (found) return found;
      const held = find(key);
      if (held.kind !== "scalar" || !held.maybeMissing) return known(!isNothing(held));
      return scalar(held.type === "bool" ? held.expression : call("not", [call("isNaN", [held.expression])]));
    });
    case "get": return native(member, (_machine, [key]) => find(key));
    case "set":
    case "add": return native(member, (at, [key = missing, value = missing], where) => {
      put(at, collection, key, isSet ? known(1) : value, where);
      return collection;
    });
    case "delete": return native(member, (at, [key = missing], where) => {
      const slot = collection.fields.content.get(nameOfKey(at, collection, key, where));
      const was = slot !== undefined && !isNothing(slot.content);
      if (slot) at.journal.setValue(slot, missing);
      return known(was);
    });
    case "clear": return native(member, (at) => {
      for (const slot of collection.fields.content.values()) at.journal.setValue(slot, missing);
      return missing;
    });
    case "keys": return native(member, (at, _args, where) => list(entriesOf(at, collection, where).map(([key]) => key)));
    case "values": return native(member, (at, _args, where) => list(entriesOf(at, collection, where).map(([key, value]) => (isSet ? key : value))));
    case "entries": return native(member, (at, _args, where) => list(entriesOf(at, collection, where).map(([key, value]) => list([key, isSet ? key : value]))));
    case "forEach": return native(member, (at, [callback], where) => {
      for (const [key, value] of entriesOf(at, collection, where)) if (callback) callValue(at, callback, [isSet ? key : value, key, collection], where);
      return missing;
    });
    default: return missing;
  }
}
