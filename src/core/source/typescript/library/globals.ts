import { call } from "../../../ir/build";
import { allElements } from "../lists/allElements";
import { arrayMethod } from "../lists/arrayMethods";
import { gather } from "../lists/iteration";
import { callValue } from "../evaluate/calls";
import { makeEmpty } from "../lists/filled";
import { iterableOf, iteratorKey } from "../lists/iterables";
import { elementAt, elementsOf, lengthOf } from "../lists/lists";
import { mapNumbers } from "../lists/mapNumbers";
import { bytesOf, numbersOf, someNumbers } from "../lists/numbers";
import { plainValue } from "../arguments/plainValue";
import type { Machine } from "../state/machine";
import { bufferBytes, dataView, decoded, textDecoder, typedOver } from "./bytes";
import { collectionClass } from "./collections";
import { mathObject } from "./mathLibrary";
import { url } from "./nodeModules";
import { fieldSlot, getMember } from "../evaluate/members";
import { asFloat, asNumber, asBool } from "../evaluate/numbers";
import { text } from "../evaluate/texts";
import { propertiesOf } from "../lists/properties";
import type { Node } from "../syntax/syntax";
import { known, missing, scalar, type ListValue, type NativeCall, type NativeValue, type Value } from "../state/values";
import { setSlot } from "../state/variables";

const native = (name: string, use: NativeCall): NativeValue => ({ kind: "native", name, call: use });
const namespace = (name: string, members: Record<string, Value>, rest: Partial<NativeValue> = {}): NativeValue => ({
  kind: "native", name, get: (_machine, member) => (Object.hasOwn(members, member) ? members[member] : undefined), ...rest,
});

const isNaNCall = native("isNaN", (machine, [value = missing], node) => {
  const number = asNumber(machine, value, node);
  return number.kind === "static" ? known(Number.isNaN(Number(number.value))) : number.type === "f64" ? scalar(call("isNaN", [number.expression])) : known(false);
});
const isFiniteCall = native("isFinite", (machine, [value = missing], node) => {
  const number = asNumber(machine, value, node);
  return number.kind === "static" ? known(Number.isFinite(Number(number.value))) : number.type === "f64" ? scalar(call("isFinite", [number.expression])) : known(true);
});
const isInteger = native("Number.isInteger", (machine, [value = missing], node) => {
  const number = asNumber(machine, value, node);
  if (number.kind === "static") return known(Number.isInteger(number.value));
  if (number.type !== "f64") return known(number.type === "i32");
  return scalar(call("equal", [call("floor", [number.expression]), number.expression]));
});
const parse = (name: string, convert: (input: string) => number): NativeValue => native(name, (_machine, [value = missing]) => (value.kind === "static" ? known(convert(String(value.value))) : value));
const parseFloatCall = parse("parseFloat", (input) => Number.parseFloat(input));
const parseIntCall = native("parseInt", (machine, [value = missing], node) => {
  if (value.kind === "static") return known(Number.parseInt(String(value.value), 10));
  return scalar(call("trunc", [asFloat(machine, value, node)]));
});

const numberObject = namespace("Number", {
  EPSILON: known(Number.EPSILON), MAX_VALUE: known(Number.MAX_VALUE), MIN_VALUE: known(Number.MIN_VALUE), MAX_SAFE_INTEGER: known(Number.MAX_SAFE_INTEGER),
  MIN_SAFE_INTEGER: known(Number.MIN_SAFE_INTEGER), POSITIVE_INFINITY: known(Infinity), NEGATIVE_INFINITY: known(-Infinity), NaN: known(NaN),
  isFinite: isFiniteCall, isNaN: isNaNCall, isInteger, isSafeInteger: isInteger, parseFloat: parseFloatCall, parseInt: parseIntCall,
}, {
  call: (machine, [value = known(0)], node) => {
    if (value.kind === "static") return known(Number(value.value));
    const number = asNumber(machine, value, node);
    return number.kind === "scalar" && number.type === "bool" ? scalar(asFloat(machine, number, node)) : number;
  },
});

function fieldsOf(machine: Machine, value: Value | undefined, node: Node): readonly (readonly [string, Value])[] {
  if (value?.kind === "list") return allElements(machine, value, node).map((element, i) => [String(i), element] as const);
  const properties = value ? propertiesOf(value) : undefined;
  if (!properties) throw value?.kind === "hole" ? machine.refuse(node, "E108", `The fields of "${value.path}" are not known.`, "Give it a type, or a start.") : machine.refuse(node, "E107", "An object is needed here.");
  return [...properties].map(([name, get]) => {
    const field = get(machine);
    if (field.kind === "scalar" && field.maybeMissing) throw machine.refuse(node, "E107", `Whether there is a "${name}" depends on numbers known only at run time.`, "Give it a value on every path.");
    return [name, field] as const;
  });
}

const objectObject = namespace("Object", {
  keys: native("Object.keys", (machine, [value], node) => machine.listOf(fieldsOf(machine, value, node).map(([name]) => known(name)))),
  values: native("Object.values", (machine, [value], node) => machine.listOf(fieldsOf(machine, value, node).map(([, field]) => field))),
  entries: native("Object.entries", (machine, [value], node) => machine.listOf(fieldsOf(machine, value, node).map(([name, field]) => machine.listOf([known(name), field])))),
  freeze: native("Object.freeze", (_machine, [value = missing]) => value),
  seal: native("Object.seal", (_machine, [value = missing]) => value),
  assign: native("Object.assign", (machine, [target = missing, ...sources], node) => {
    for (const source of sources) for (const [name, value] of fieldsOf(machine, source, node)) if (target.kind === "object") setSlot(machine, fieldSlot(machine, target, name), machine.freeze(value), node);
    return target;
  }),
  fromEntries: native("Object.fromEntries", (machine, [list = missing], node) => machine.object(new Map(allElements(machine, iterableOf(machine, list, node), node).map((pair) => {
    const key = getMember(machine, pair, known(0), node);
    return [String(key.kind === "static" ? key.value : ""), getMember(machine, pair, known(1), node)] as const;
  })))),
  create: native("Object.create", (machine, [prototype]) => machine.object(new Map(), prototype?.kind === "object" ? prototype : undefined)),
  defineProperty: native("Object.defineProperty", (_machine, [target = missing]) => target),
  prototype: namespace("Object.prototype", {
    hasOwnProperty: native("Object.hasOwnProperty", (_machine, [key = missing], _node, self = missing) => known(key.kind === "static" && (propertiesOf(self)?.has(String(key.value)) ?? false))),
  }),
  hasOwn: native("Object.hasOwn", (_machine, [object = missing, key = missing]) => known(key.kind === "static" && (propertiesOf(object)?.has(String(key.value)) ?? false))),
}, { call: (_machine, [value = missing]) => value });

const makeArray: NativeCall = (machine, args, node) => {
  const [first] = args;
  if (args.length === 1 && first && (first.kind === "scalar" || (first.kind === "static" && typeof first.value === "number") || first.kind === "hole")) {
    return makeEmpty(machine, first.kind === "hole" ? asNumber(machine, first, node) : first, undefined, node);
  }
  return machine.listOf(args);
};

function arrayFrom(machine: Machine, args: readonly Value[], node: Node, typed?: string): Value {
  const [source = missing, callback] = args;
  if (source.kind === "object") {
    const length = getMember(machine, source, known("length"), node);
    const empty = makeEmpty(machine, length.kind === "hole" ? asNumber(machine, length, node) : length, undefined, node);
    const count = lengthOf(empty) ?? 0;
    if (!callback) return typed ? makeEmpty(machine, length, typed, node) : empty;
    return gather(machine, count, count, node, (index) => callValue(machine, callback, [missing, index], node));
  }
  const list = iterableOf(machine, source, node);
  if (!callback) return copyOf(machine, list, node, typed);
  const mapped = mapNumbers(machine, list, callback, node, typed);
  if (mapped) return mapped;
  const count = lengthOf(list);
  if (count === undefined) throw machine.refuse(node, "E108", "How many elements this array has is known only at run time.");
  return gather(machine, count, count, node, (index) => callValue(machine, callback, [elementAt(machine, list, index, node), index], node));
}

function copyOf(machine: Machine, list: ListValue, node: Node, typed?: string): Value {
  const numbers = numbersOf(list);
  // A byte is a number of every type but the signed one of its size.
  if (numbers && (typed === undefined || typed.startsWith("Float") || (bytesOf(numbers) && typed !== "Int8Array"))) {
    return someNumbers(machine, numbers, 0, numbers.length, typed);
  }
  const elements = elementsOf(machine, list);
  if (elements && elements.length <= 256) return machine.listOf(elements, typed);
  const length = lengthOf(list);
  if (length === undefined) throw machine.refuse(node, "E108", "How many elements this array has is known only at run time.");
  return gather(machine, length, length, node, (index) => elementAt(machine, list, index, node));
}

const arrayObject = namespace("Array", {
  isArray: native("Array.isArray", (_machine, [value]) => known(value?.kind === "list")),
  from: native("Array.from", (machine, args, node) => arrayFrom(machine, args, node)),
  of: native("Array.of", (machine, args) => machine.listOf(args)),
  prototype: {
    kind: "native", name: "Array.prototype",
    get: (_machine, name) => {
      const method = arrayMethod(name);
      return method && native(`Array.${name}`, (machine, args, node, self = missing) => method(machine, args, node, self.kind === "list" ? self : iterableOf(machine, self, node)));
    },
  },
}, { call: makeArray, construct: makeArray });

function typedArray(name: string): NativeValue {
  const construct: NativeCall = (machine, args, node) => {
    const [first = known(0)] = args;
    const bytes = bufferBytes(first);
    if (bytes) return typedOver(machine, name, bytes, args, node);
    if (name === "Float32Array") machine.note(node, "W204", "Float32Array rounds to single precision; here its numbers keep double precision.");
    if (first.kind === "list") return copyOf(machine, first, node, name);
    if (first.kind === "collection") return machine.listOf(allElements(machine, iterableOf(machine, first, node), node), name);
    return makeEmpty(machine, first.kind === "hole" ? asNumber(machine, first, node) : first, name, node);
  };
  return namespace(name, {
    from: native(`${name}.from`, (machine, args, node) => arrayFrom(machine, args, node, name)),
    of: native(`${name}.of`, (machine, args) => machine.listOf(args, name)),
  }, { construct });
}

function clone(machine: Machine, value: Value, node: Node): Value {
  if (value.kind === "list") return machine.listOf(allElements(machine, value, node).map((element) => clone(machine, element, node)), value.typed);
  const properties = propertiesOf(value);
  return properties ? machine.object(new Map([...properties].map(([name, get]) => [name, clone(machine, get(machine), node)]))) : value;
}

/** Text that stands in the program is data like any other. */
function parseJson(machine: Machine, [value = missing]: readonly Value[], node: Node): Value {
  const copied = machine.written.get(value);
  if (copied) return clone(machine, copied, node);
  if (value.kind === "poison") return value.fail(node);
  const numbers = value.kind === "list" ? numbersOf(value) : undefined;
  const bytes = numbers && bytesOf(numbers);
  if (value.kind !== "static" && !bytes) throw machine.refuse(node, "E107", "What is read here is known only at run time.", "Write the values as numbers.");
  try {
    const data: unknown = JSON.parse(bytes ? decoded(machine, bytes, undefined, node) : String(value.kind === "static" ? value.value : ""));
    return plainValue(undefined, data);
  } catch (problem) {
    if (problem instanceof SyntaxError) throw machine.refuse(node, "E107", "This text is no JSON.", "Write the values as numbers.");
    throw problem;
  }
}

const booleanCall = native("Boolean", (machine, [value = missing], node) => {
  const condition = asBool(machine, value, node);
  return condition.kind === "constant" ? known(condition.value !== 0) : scalar(condition);
});
export const errorName = "Error";
const makeError: NativeCall = (machine, [message = known("")]) => {
  const made = machine.object(new Map([["message", message], ["name", known(errorName)]]));
  machine.errors.add(made);
  return made;
};
const error: NativeValue = { kind: "native", name: errorName, construct: makeError, call: makeError };

const globals: Record<string, Value> = {
  Math: mathObject, Number: numberObject, Object: objectObject, Array: arrayObject, Boolean: booleanCall,
  Infinity: known(Infinity), NaN: known(NaN), isNaN: isNaNCall, isFinite: isFiniteCall, parseFloat: parseFloatCall, parseInt: parseIntCall,
  Map: collectionClass("Map"), Set: collectionClass("Set"),
  String: native("String", (machine, [value = known("")]) => (value.kind === "static" ? known(String(value.value)) : text(machine))),
  structuredClone: native("structuredClone", (machine, [value = missing], node) => clone(machine, value, node)),
  JSON: namespace("JSON", { stringify: native("JSON.stringify", (machine, [value = missing]) => {
    const written = text(machine);
    machine.written.set(written, value);
    return written;
  }), parse: native("JSON.parse", parseJson) }),
  Error: error, RangeError: error, TypeError: error, Symbol: namespace("Symbol", { iterator: known(iteratorKey) }),
  URL: url, DataView: dataView, TextDecoder: textDecoder,
  console: { kind: "native", name: "console", get: () => native("console", () => missing) },
};
for (const name of ["Float64Array", "Float32Array", "Int32Array", "Uint32Array", "Int16Array", "Uint16Array", "Int8Array", "Uint8Array", "Uint8ClampedArray"]) {
  globals[name] = typedArray(name);
}

export function globalValue(_machine: Machine, name: string): Value | undefined {
  return Object.hasOwn(globals, name) ? globals[name] : undefined;
}

export const isGlobal = (name: string): boolean => Object.hasOwn(globals, name) || name === "undefined" || name === "arguments" || name === "exports" || name === "module";

