import { callValue } from "../evaluate/calls";
import { patternMethod } from "./patterns";
import type { Machine } from "../state/machine";
import { text } from "../evaluate/numbers";
import type { Node } from "../syntax/syntax";
import { known, missing, type CollectionValue, type NativeValue, type Primitive, type ScalarValue, type StaticValue, type Value } from "../state/values";

const longestText = 1_000_000;

const native = (name: string, call: NativeValue["call"]): NativeValue => ({ kind: "native", name, ...(call ? { call } : {}) });

export function numberMember(machine: Machine, value: StaticValue | ScalarValue, name: string, node: Node): Value {
  switch (name) {
    case "toFixed":
    case "toPrecision":
    case "toExponential":
    case "toString":
      return native(name, (at, [digits]) => {
        if (value.kind !== "static" || typeof value.value !== "number") return value.kind === "static" ? known(String(value.value)) : text(at);
        const count = digits?.kind === "static" ? Number(digits.value) : undefined;
        if (name === "toFixed") return known(value.value.toFixed(count));
        if (name === "toPrecision") return known(value.value.toPrecision(count));
        if (name === "toExponential") return known(value.value.toExponential(count));
        return known(value.value.toString(count));
      });
    case "valueOf": return native(name, () => value);
    case "toLocaleString": return native(name, () => (value.kind === "static" ? known(String(value.value)) : text(machine)));
    case "length": throw machine.refuse(node, "E107", "A number has no length; an array seems to be meant.", "Say so with a type, or give a start that is an array.");
    default: return missing;
  }
}

export function stringMember(machine: Machine, value: string, key: Value, node: Node): Value {
  if (key.kind !== "static") throw machine.needsStatic(key, machine.refuse(node, "E107", "A character of a string is read at a run-time index."));
  if (typeof key.value === "number") return known(value[key.value]);
  const argument = (arg: Value | undefined): string => (arg?.kind === "static" ? String(arg.value) : "");
  const number = (arg: Value | undefined): number | undefined => (arg?.kind === "static" && arg.value !== undefined ? Number(arg.value) : undefined);
  const strings: Record<string, (args: readonly Value[]) => Value> = {
    trim: () => known(value.trim()),
    toLowerCase: () => known(value.toLowerCase()),
    toUpperCase: () => known(value.toUpperCase()),
    toString: () => known(value),
    charAt: ([at]) => known(value.charAt(number(at) ?? 0)),
    charCodeAt: ([at]) => known(value.charCodeAt(number(at) ?? 0)),
    codePointAt: ([at]) => known(value.codePointAt(number(at) ?? 0)),
    at: ([at]) => known(value.at(number(at) ?? 0)),
    includes: ([part]) => known(value.includes(argument(part))),
    startsWith: ([part]) => known(value.startsWith(argument(part))),
    endsWith: ([part]) => known(value.endsWith(argument(part))),
    indexOf: ([part]) => known(value.indexOf(argument(part))),
    concat: (parts) => known(value + parts.map(argument).join("")),
    slice: ([from, to]) => known(value.slice(number(from), number(to))),
    substring: ([from, to]) => known(value.substring(number(from) ?? 0, number(to))),
    repeat: ([count]) => {
      const times = number(count) ?? 0;
      if (!(times >= 0 && times * value.length <= longestText)) throw machine.refuse(node, "E108", "This text is too long.", "Compute with numbers.");
      return known(value.repeat(times));
    },
    padStart: ([size, pad]) => known(value.padStart(Math.min(number(size) ?? 0, longestText), pad ? argument(pad) : " ")),
    padEnd: ([size, pad]) => known(value.padEnd(Math.min(number(size) ?? 0, longestText), pad ? argument(pad) : " ")),
    trimStart: () => known(value.trimStart()),
    trimEnd: () => known(value.trimEnd()),
    lastIndexOf: ([part]) => known(value.lastIndexOf(argument(part))),
    localeCompare: ([other]) => known(value < argument(other) ? -1 : value > argument(other) ? 1 : 0),
  };
  const name = String(key.value);
  if (name === "length") return known(value.length);
  const taken = patternMethod(name, value);
  if (taken) return native(name, taken);
  const method = Object.hasOwn(strings, name) ? strings[name] : undefined;
  return method ? native(name, (_machine, args) => method(args)) : missing;
}

export function collectionMember(machine: Machine, collection: CollectionValue, name: string, node: Node): Value {
  const keyed = (use: (key: Primitive) => Value) => native(name, (at, [key]) => {
    if (!key) return missing;
    if (key.kind === "static") return use(key.value);
    throw at.needsStatic(key, at.refuse(node, "E107", `A ${collection.name} is asked for a number that is known only at run time.`, "Use an array."));
  });
  const list = (values: Value[]): Value => machine.listOf(values);
  switch (name) {
    case "size": return known(collection.entries.size);
    case "has": return keyed((key) => known(collection.entries.has(key)));
    case "get": return keyed((key) => collection.entries.get(key) ?? missing);
    case "set":
    case "add": return native(name, (at, [key, value]) => {
      if (key?.kind !== "static") throw at.refuse(node, "E107", `A ${collection.name} cannot take a number that is known only at run time.`, "Use an array.");
      if (at.regions.length > 0) throw at.needsUnrolled(new Set(at.regions.filter((region) => region.kind === "loop")), at.refuse(node, "E107", `A ${collection.name} is changed where only the running program knows whether.`, "Use an array."));
      const { entries } = collection;
      const before = entries.get(key.value);
      at.journal.addUndo(collection.owner, () => { if (before) entries.set(key.value, before); else entries.delete(key.value); });
      entries.set(key.value, at.freeze(value ?? key));
      return collection;
    });
    case "keys": return native(name, () => list([...collection.entries.keys()].map((key) => known(key))));
    case "values": return native(name, () => list(collection.name === "Set" ? [...collection.entries.keys()].map((key) => known(key)) : [...collection.entries.values()]));
    case "entries": return native(name, () => list([...collection.entries].map(([key, value]) => list([known(key), value]))));
    case "forEach": return native(name, (at, [callback]) => {
      for (const [key, value] of collection.entries) if (callback) callValue(at, callback, [collection.name === "Set" ? known(key) : value, known(key)], node);
      return missing;
    });
    default: return missing;
  }
}

