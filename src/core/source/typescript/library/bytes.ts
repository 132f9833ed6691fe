import type { Machine } from "../state/machine";
import { known, missing, type ListValue, type NativeCall, type NativeValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { bytesOf, numbersList, numbersOf } from "../lists/numbers";

const native = (name: string, call: NativeCall): NativeValue => ({ kind: "native", name, call });

/** The bytes that a buffer holds. */
const buffers = new WeakMap<Value, Uint8Array>();
/** What `readFileSync` gives without an encoding is a Buffer: it reads numbers and text out of itself. */
const fileBytes = new WeakSet<ListValue>();

export const bufferBytes = (value: Value | undefined): Uint8Array | undefined => value && buffers.get(value);

export function fileBuffer(machine: Machine, bytes: Uint8Array): ListValue {
  const list = numbersList(machine, bytes, "Uint8Array");
  fileBytes.add(list);
  return list;
}

/** What bytes have that other arrays have not. */
export function bytesMember(list: ListValue, name: string): Value | undefined {
  const numbers = numbersOf(list);
  if (!numbers || !(numbers.values instanceof Uint8Array) || numbers.table || list.typed !== "Uint8Array") return undefined;
  const { values, from, length } = numbers;
  switch (name) {
    case "buffer": return bufferOf(values);
    case "byteOffset": return known(from);
    case "byteLength": return known(length);
    default: break;
  }
  if (!fileBytes.has(list)) return undefined;
  if (name === "toString") return native(name, (machine, [encoding], node) => known(decoded(machine, values.subarray(from, from + length), encoding, node)));
  const read = readers.get(name);
  return read && readerOver(values, from, length, name, read);
}

function bufferOf(bytes: Uint8Array): Value {
  const buffer: NativeValue = {
    kind: "native", name: "ArrayBuffer",
    get: (_machine, name) => {
      if (name === "byteLength") return known(bytes.length);
      return name === "slice" ? native(name, (machine, [from, to], node) => bufferOf(bytes.slice(place(machine, from, 0, node), place(machine, to, bytes.length, node)))) : undefined;
    },
  };
  buffers.set(buffer, bytes);
  return buffer;
}

type Reader = (view: DataView, at: number, isLittle: boolean) => number;

const reading: Record<string, Reader> = {
  Int8: (view, at) => view.getInt8(at), Uint8: (view, at) => view.getUint8(at),
  Int16: (view, at, isLittle) => view.getInt16(at, isLittle), Uint16: (view, at, isLittle) => view.getUint16(at, isLittle),
  Int32: (view, at, isLittle) => view.getInt32(at, isLittle), Uint32: (view, at, isLittle) => view.getUint32(at, isLittle),
  Float32: (view, at, isLittle) => view.getFloat32(at, isLittle), Float64: (view, at, isLittle) => view.getFloat64(at, isLittle),
};

/** By the names that Node's Buffer gives them: readUInt32BE. The order of bytes is in the name. */
const readers = new Map<string, Reader>(Object.entries(reading).flatMap(([type, read]) => {
  const name = `read${type.replace("Uint", "UInt").replace("Float32", "Float").replace("Float64", "Double")}`;
  const either: [string, Reader][] = [[`${name}BE`, (view, at) => read(view, at, false)], [`${name}LE`, (view, at) => read(view, at, true)]];
  return type.endsWith("8") ? [[name, read] as [string, Reader]] : either;
}));

function readerOver(values: Uint8Array, from: number, length: number, name: string, read: Reader): NativeValue {
  const view = new DataView(values.buffer, values.byteOffset + from, length);
  return native(name, (machine, [offset, isLittle], node) => {
    const at = place(machine, offset, 0, node);
    try {
      return known(read(view, at, isLittle?.kind === "static" && Boolean(isLittle.value)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw machine.refuse(node, "E112", `Byte ${at} is read of ${length}.`, "Check how long the file is before you read from it.");
    }
  });
}

/** `new DataView(bytes.buffer, …)`. */
export const dataView: NativeValue = {
  kind: "native", name: "DataView",
  construct: (machine, [buffer, offset, count], node) => {
    const bytes = bufferBytes(buffer);
    if (!bytes) throw machine.refuse(node, "E101", "A DataView is read of the bytes of a file only.", "Compute with numbers and arrays.");
    const from = place(machine, offset, 0, node);
    const length = place(machine, count, bytes.length - from, node);
    if (!(from >= 0 && length >= 0 && from + length <= bytes.length)) throw machine.refuse(node, "E112", `Bytes ${from} to ${from + length} are looked at of ${bytes.length}.`, "Check how long the file is before you read from it.");
    return {
      kind: "native", name: "DataView",
      get: (_machine, name) => {
        if (name === "byteLength") return known(length);
        if (name === "byteOffset") return known(from);
        const read = name.startsWith("get") && Object.hasOwn(reading, name.slice(3)) ? reading[name.slice(3)] : undefined;
        return read && readerOver(bytes, from, length, name, read);
      },
    };
  },
};

/** `new TextDecoder().decode(bytes)`. */
export const textDecoder: NativeValue = {
  kind: "native", name: "TextDecoder",
  construct: (_machine, [encoding]) => ({
    kind: "native", name: "TextDecoder",
    get: (_at, name) => (name !== "decode" ? undefined : native(name, (machine, [list], node) => {
      const numbers = list?.kind === "list" ? numbersOf(list) : undefined;
      const bytes = numbers && bytesOf(numbers);
      if (!bytes) throw machine.refuse(node, "E107", "Text is made of the bytes of a file only.", "Compute with numbers and arrays.");
      return known(decoded(machine, bytes, encoding, node));
    })),
  }),
};

/** The text that bytes are. `encoding`: its name, or none. */
export function decoded(machine: Machine, bytes: Uint8Array, encoding: Value | undefined, node: Node): string {
  const name = encoding?.kind === "static" && typeof encoding.value === "string" ? encoding.value : "utf8";
  if (!/^(?:utf-?8|ascii|latin1)$/i.test(name)) throw machine.refuse(node, "E101", `Text in "${name}" is not read here.`, 'Save the file in UTF-8, and read it with "utf8".');
  return new TextDecoder(/^utf-?8$/i.test(name) ? "utf-8" : "latin1").decode(bytes);
}

/** Numbers over a buffer, as a typed array of that name looks at them. */
export function typedOver(machine: Machine, name: string, bytes: Uint8Array, [, offset = missing, count]: readonly Value[], node: Node): ListValue {
  const width = widths[name] ?? 1;
  const from = place(machine, offset, 0, node);
  const length = place(machine, count, (bytes.length - from) / width, node);
  const isThere = Number.isInteger(length) && from % width === 0 && from >= 0 && length >= 0 && from + length * width <= bytes.length;
  if (!isThere) throw machine.refuse(node, "E112", `${name} does not fit the ${bytes.length} bytes from byte ${from} on.`, "Check where the numbers begin, and how many there are.");
  if (name === "Uint8Array") return numbersList(machine, bytes.subarray(from, from + length), name);
  const type = /^(?:Big)?(.*)Array$/.exec(name)?.[1]?.replace("Clamped", "") ?? "";
  const read = reading[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, length * width);
  return numbersList(machine, Float64Array.from({ length }, (_, k) => read?.(view, k * width, true) ?? NaN), name);
}

const widths: Readonly<Record<string, number>> = { Float64Array: 8, Float32Array: 4, Int32Array: 4, Uint32Array: 4, Int16Array: 2, Uint16Array: 2 };

function place(machine: Machine, value: Value | undefined, otherwise: number, node: Node): number {
  if (!value || (value.kind === "static" && value.value === undefined)) return otherwise;
  if (value.kind === "static") return Number(value.value);
  throw machine.needsStatic(value, machine.refuse(node, "E101", "Which bytes are read here is known only at run time.", "Read the file into arrays at the top of this one."));
}
