import { patternMethod } from "./patterns";
import type { Machine } from "../state/machine";
import { text } from "../evaluate/texts";
import type { Node } from "../syntax/syntax";
import { known, missing, type NativeValue, type ScalarValue, type StaticValue, type Value } from "../state/values";

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
