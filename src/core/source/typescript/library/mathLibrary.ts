import { call } from "../../../ir/build";
import type { PrimitiveName } from "../../../ir/types";
import type { Machine } from "../state/machine";
import { computed } from "../evaluate/computedFrom";
import { asFloat, asIndex, asNumber, isInteger } from "../evaluate/numbers";
import { extreme } from "../lists/extreme";
import { NotStatic } from "../state/signals";
import type { Node } from "../syntax/syntax";
import { known, scalar, type ListValue, type NativeValue, type ScalarValue, type StaticValue, type Value } from "../state/values";

const unaries: Record<string, (x: number) => number> = {
  abs: Math.abs, sign: Math.sign, sqrt: Math.sqrt, cbrt: Math.cbrt, exp: Math.exp, expm1: Math.expm1, log: Math.log, log1p: Math.log1p,
  log2: Math.log2, log10: Math.log10, sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan,
  sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh,
  floor: Math.floor, ceil: Math.ceil, round: Math.round, trunc: Math.trunc, fround: Math.fround,
};
const binaries: Record<string, { primitive: PrimitiveName; compute: (x: number, y: number) => number }> = {
  pow: { primitive: "power", compute: Math.pow }, atan2: { primitive: "atan2", compute: Math.atan2 },
};
const variadics: Record<string, (...numbers: number[]) => number> = { max: Math.max, min: Math.min, hypot: Math.hypot };
const constants: Record<string, number> = {
  PI: Math.PI, E: Math.E, LN2: Math.LN2, LN10: Math.LN10, LOG2E: Math.LOG2E, LOG10E: Math.LOG10E, SQRT2: Math.SQRT2, SQRT1_2: Math.SQRT1_2,
};
const keepsIntegers = new Set(["floor", "ceil", "round", "trunc"]);

export const mathObject: NativeValue = { kind: "native", name: "Math", get: (machine, name, node) => mathMember(machine, name, node) };

export function mathMember(machine: Machine, name: string, node: Node): Value | undefined {
  const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
  if (constant !== undefined) return known(constant, machine.spanOf(node), `Math.${name}`);
  if (Object.hasOwn(unaries, name)) return native(name, unary(name));
  if (Object.hasOwn(binaries, name)) return native(name, binary(name));
  if (Object.hasOwn(variadics, name)) {
    return { ...native(name, variadic(name)), ...(name === "max" || name === "min" ? { over: (at: Machine, list: ListValue, where: Node) => extreme(at, name, list, where) } : {}) };
  }
  if (name === "random") {
    return native(name, (at, _args, where) => {
      if (!at.seeding) throw at.refuse(where, "E104", "Math.random makes every call give another result.", "Draw the numbers once, in a module constant.");
      at.note(where, "I302", "Math.random draws from a seeded generator here, so that the data are the same each time.");
      return known(at.random());
    });
  }
  if (name === "imul" || name === "clz32") {
    return native(name, (at, args, where) => {
      const [a = 0, b = 0] = args.map((arg) => (arg.kind === "static" ? Number(arg.value) : NaN));
      if (args.some((arg) => arg.kind !== "static")) throw at.refuse(where, "E101", `Math.${name} cuts numbers to 32 bits, which has no derivative.`);
      return known(name === "imul" ? Math.imul(a, b) : Math.clz32(a));
    });
  }
  return undefined;
}

type Call = NonNullable<NativeValue["call"]>;
const native = (name: string, use: Call): NativeValue => ({ kind: "native", name: `Math.${name}`, call: use });

function unary(name: string): Call {
  return (machine, [arg = known(undefined)], node) => {
    const compute = unaries[name];
    const value = asNumber(machine, arg, node);
    if (value.kind === "static") return computed(compute ? compute(value.value === undefined ? NaN : Number(value.value)) : NaN, primitiveOf(name), [value], machine.spanOf(node));
    if (value.type === "i32" && keepsIntegers.has(name)) return value;
    if (machine.staticOnly > 0) throw new NotStatic(name);
    // The names of these functions of Math are the names of the primitives.
    const primitive = primitiveOf(name);
    return primitive ? scalar(call(primitive, [asFloat(machine, value, node)], machine.spanOf(node))) : value;
  };
}

function primitiveOf(name: string): PrimitiveName | undefined {
  switch (name) {
    case "abs": case "sign": case "sqrt": case "cbrt": case "exp": case "expm1": case "log": case "log1p": case "log2": case "log10":
    case "sin": case "cos": case "tan": case "asin": case "acos": case "atan": case "sinh": case "cosh": case "tanh":
    case "asinh": case "acosh": case "atanh": case "floor": case "ceil": case "round": case "trunc": case "fround":
    case "max": case "min": case "hypot": return name;
    default: return undefined;
  }
}

function binary(name: string): Call {
  return (machine, [first = known(undefined), second = known(undefined)], node) => {
    const entry = binaries[name];
    const [a, b] = [asNumber(machine, first, node), asNumber(machine, second, node)];
    if (!entry) return a;
    if (a.kind === "static" && b.kind === "static") return computed(entry.compute(Number(a.value), Number(b.value)), entry.primitive, [a, b], machine.spanOf(node));
    return scalar(call(entry.primitive, [asFloat(machine, a, node), asFloat(machine, b, node)], machine.spanOf(node)));
  };
}

function variadic(name: string): Call {
  return (machine, args, node) => {
    const values = args.map((arg) => asNumber(machine, arg, node));
    const compute = variadics[name];
    const fixed: number[] = [];
    for (const value of values) if (value.kind === "static") fixed.push(value.value === undefined ? NaN : Number(value.value));
    if (fixed.length === values.length) return known(compute ? compute(...fixed) : NaN, machine.spanOf(node));
    const ints = name !== "hypot" ? integers(machine, values, name === "max" ? "maxInt" : "minInt", node) : undefined;
    if (ints) return ints;
    const primitive = primitiveOf(name) ?? "max";
    const [only] = values;
    if (values.length === 1 && only && name !== "hypot") return only;
    return scalar(call(primitive, values.map((value) => asFloat(machine, value, node)), machine.spanOf(node)));
  };
}

/** The smaller of two indices is an index. */
function integers(machine: Machine, values: readonly (StaticValue | ScalarValue)[], primitive: PrimitiveName, node: Node): Value | undefined {
  const isInt = (value: StaticValue | ScalarValue): boolean => (value.kind === "scalar" ? value.type === "i32" : typeof value.value === "number" && isInteger(value.value));
  if (!values.every(isInt)) return undefined;
  const [first, ...rest] = values.map((value) => asIndex(machine, value, node));
  if (!first) return undefined;
  return scalar(rest.reduce((a, b) => call(primitive, [a, b], machine.spanOf(node)), first));
}
