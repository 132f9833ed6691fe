import { truncate } from "../lists/growth";
import { arrayMethod } from "../lists/arrayMethods";
import { callFunction } from "./calls";
import { wantField, wantList, wantNumber } from "../arguments/holes";
import type { FieldsSlot, ValueSlot } from "../state/journal";
import { NeedsField } from "../state/signals";
import { valueAt } from "../lists/layouts";
import { elementAt, lengthValue } from "../lists/lists";
import { ensureDense, firstArray } from "../lists/dense";
import { storeElement, storeInto } from "../lists/store";
import type { Machine } from "../state/machine";
import { evaluate } from "./expressions";
import { text } from "./texts";
import { bytesMember } from "../library/bytes";
import { collectionMember } from "../library/collections";
import { numberMember, stringMember } from "../library/primitives";
import { functionMember, nativeMember } from "./functionMembers";
import type { Scope } from "../state/scope";
import { keyName, type Node } from "../syntax/syntax";
import { describe, known, missing, type FunctionValue, type ObjectValue, type Value } from "../state/values";
import { setSlot } from "../state/variables";

/** The key a property is asked for by, in patterns and literals. */
export function keyOfProperty(machine: Machine, scope: Scope, property: Node & { type: "ObjectProperty" | "ObjectMethod" | "ClassMethod" | "ClassProperty" }): string | Value {
  const name = keyName(property.key, property.computed ?? false);
  if (name !== undefined) return name;
  const key = evaluate(machine, scope, property.key);
  return key.kind === "static" ? String(key.value) : key;
}

export function getMember(machine: Machine, object: Value, key: Value, node: Node, self: Value = object): Value {
  switch (object.kind) {
    case "list": return listMember(machine, object, key, node);
    case "object": {
      if (key.kind !== "static") throw unknownKey(machine, key, node);
      return objectMember(machine, object, String(key.value), node, self);
    }
    case "record": {
      if (key.kind !== "static") throw unknownKey(machine, key, node);
      const layout = object.layout.fields.get(String(key.value));
      if (layout) return valueAt(machine, layout, object.prefix);
      if (!object.layout.of && object.layout.learn && !machine.tolerant) throw object.layout.learn(String(key.value));
      return object.layout.of ? objectMember(machine, object.layout.of, String(key.value), node, self) : missing;
    }
    case "native": {
      const found = key.kind === "static" ? object.get?.(machine, String(key.value), node) ?? nativeMember(object, String(key.value)) : undefined;
      if (found) return found;
      const name = key.kind === "static" ? String(key.value) : "this";
      throw machine.refuse(node, "E103", `${object.name}.${name} is not known.`, "Write it out, or use a function of Math.");
    }
    case "function": return functionMember(machine, object, key, node);
    case "collection": return collectionMember(machine, object, String(key.kind === "static" ? key.value : ""), node);
    case "static": {
      if (object.value === undefined || object.value === null) {
        throw machine.refuse(node, "E102", `This is ${describe(object)} here, so it has no ${key.kind === "static" ? `"${String(key.value)}"` : "elements"}.`);
      }
      if (typeof object.value === "string") return stringMember(machine, object.value, key, node);
      return numberMember(machine, object, String(key.kind === "static" ? key.value : ""), node);
    }
    case "scalar": return numberMember(machine, object, String(key.kind === "static" ? key.value : ""), node);
    case "hole": {
      if (key.kind !== "static") return wantList(machine, object, 2);
      if (typeof key.value === "number" || /^\d+$/.test(String(key.value))) return wantList(machine, object, Number(key.value) + 1);
      const name = String(key.value);
      if (name === "length" || arrayMethod(name)) return wantList(machine, object, 2);
      if (/^to(?:Fixed|Precision|Exponential|String)$/.test(name)) wantNumber(machine, object);
      return wantField(machine, object, name);
    }
    case "poison": return object.what === "a string" ? textMember(machine) : object.fail(node);
  }
}

const textMember = (_machine: Machine): Value => ({ kind: "native", name: "string", call: (machine) => text(machine) });

function unknownKey(machine: Machine, key: Value, node: Node): Error {
  return machine.needsStatic(key, machine.refuse(node, "E107", "Which field is meant depends on a number that is known only at run time.", "Use an array."));
}

function listMember(machine: Machine, list: Value & { kind: "list" }, key: Value, node: Node): Value {
  if (key.kind !== "static") return elementAt(machine, list, key, node);
  if (typeof key.value === "number") return elementAt(machine, list, key, node);
  const name = String(key.value);
  if (/^\d+$/.test(name)) return elementAt(machine, list, known(Number(name)), node);
  if (name === "length") return lengthValue(list);
  const ofBytes = bytesMember(list, name);
  if (ofBytes) return ofBytes;
  const method = arrayMethod(name);
  if (method) return { kind: "native", name: `Array.${name}`, call: method };
  const extra = machine.extras.get(list)?.get(name);
  if (!extra && name === "hasOwnProperty") return { kind: "native", name, call: (at, [key = missing]) => known(key.kind !== "static" || Number(key.value) < (at.elements(list)?.length ?? Infinity)) };
  return extra ? extra.content : missing;
}

function objectMember(machine: Machine, object: ObjectValue, name: string, node: Node, self: Value): Value {
  for (let at: ObjectValue | undefined = object; at; at = at.prototype) {
    const slot = at.fields.content.get(name);
    if (slot) return slot.content;
    const getter = at.accessors?.get(`get ${name}`);
    if (getter) return callFunction(machine, getter, [], node, self);
  }
  if (object.learn && !machine.tolerant && self === object) throw object.learn(name);
  if (name === "hasOwnProperty") {
    return { kind: "native", name, call: (_machine, [key]) => known(key?.kind === "static" && object.fields.content.has(String(key.value))) };
  }
  return missing;
}

function changesPlaces(machine: Machine, node: Node): Error {
  return machine.refuse(node, "E101", "A field is written of an object that is in an array whose objects change places.", "Put a new object in its place: a[i] = { ...a[i], field: value }.");
}

/** Where a field is kept, for writing. */
export function fieldSlot(machine: Machine, object: ObjectValue | FunctionValue, name: string): ValueSlot {
  const fields = object.kind === "object" ? object.fields : object.properties;
  return fieldOf(machine, fields, name, name);
}

/** The field's own slot; made before the outermost loop that is younger than the object, for every iteration must find the same. */
export function fieldOf(machine: Machine, fields: FieldsSlot, name: string, label: string): ValueSlot {
  const own = fields.content.get(name);
  if (own) return own;
  if (name !== "prototype" && machine.regions.some((region) => region.kind === "loop" && region.birth > fields.birth)) throw new NeedsField(fields, name);
  return addField(machine, fields, name, label);
}

export function addField(machine: Machine, fields: FieldsSlot, name: string, label = name): ValueSlot {
  const slot = machine.slot(missing, label);
  machine.journal.setFields(fields, new Map([...fields.content, [name, slot]]));
  return slot;
}

export function setMember(machine: Machine, object: Value, key: Value, value: Value, node: Node): void {
  switch (object.kind) {
    case "list": {
      if (key.kind === "static" && typeof key.value === "string" && !/^\d+$/.test(key.value)) {
        if (key.value !== "length") return;
        if (value.kind !== "static") throw machine.needsStatic(value, machine.refuse(node, "E108", "How long this array is depends on numbers known only at run time.", "Make a new array instead."));
        return truncate(machine, object, Number(value.value), node);
      }
      return storeElement(machine, object, key.kind === "static" ? known(Number(key.value)) : key, value, node);
    }
    case "object": {
      if (key.kind !== "static") throw unknownKey(machine, key, node);
      const name = String(key.value);
      if (machine.copies.has(object)) throw changesPlaces(machine, node);
      for (let at: ObjectValue | undefined = object; at; at = at.prototype) {
        const setter = at.accessors?.get(`set ${name}`);
        if (setter) {
          callFunction(machine, setter, [value], node, object);
          return;
        }
      }
      if (value.kind === "list" && !machine.labels.has(value)) machine.labels.set(value, name.replace("#", ""));
      return setSlot(machine, fieldSlot(machine, object, name), machine.freeze(value), node);
    }
    case "record": {
      if (key.kind !== "static") throw unknownKey(machine, key, node);
      const layout = object.layout.fields.get(String(key.value));
      const array = firstArray(object.layout);
      if (array && machine.copiedFrom.has(array)) throw changesPlaces(machine, node);
      if (!layout) throw machine.refuse(node, "E101", "A field that the other elements lack cannot be added here.");
      if (layout.kind === "leaf" && (layout.array.role.kind === "parameter" || layout.array.role.kind === "data")) {
        const source = machine.sources.get(layout.array);
        if (source && (source.state.content.kind === "cells" || source.state.content.kind === "numbers")) {
          ensureDense(machine, source, node);
          throw machine.needsUnrolled(new Set(machine.regions.filter((region) => region.kind === "loop")), machine.refuse(node, "E101", "This field of constant data cannot be written here."));
        }
        throw machine.copyOnEntry(layout, node);
      }
      return storeInto(machine, layout, object.prefix, value, node);
    }
    case "function": {
      if (key.kind !== "static") throw unknownKey(machine, key, node);
      return setSlot(machine, fieldSlot(machine, object, String(key.value)), value, node);
    }
    case "hole": {
      getMember(machine, object, key, node);
      return;
    }
    case "native": {
      const name = key.kind === "static" ? String(key.value) : "";
      // A method hung on a known object changes nothing that we compute, unless there is one of that name: `Math.sin = …`.
      const before = object.get?.(machine, name, node);
      if (before && before !== value && !(before.kind === "native" && value.kind === "native" && before.name === value.name)) {
        const refusal = machine.refuse(node, "E101", `This changes ${object.name}.${name}, which all programs share and which is never touched here.`, "Give your own function another name.");
        machine.tampering ??= refusal;
        throw refusal;
      }
      return;
    }
    default: throw machine.refuse(node, "E101", `A field of ${describe(object)} cannot be written.`);
  }
}

