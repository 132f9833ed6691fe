import type { PrimitiveName } from "../../ir/types";
import { ruleOf } from "../../rules/ruleOf";
import type { FunctionBuilder, FunctionReference, WasmLocal } from "./assembler/functionBuilder";
import type { PlainOpcode } from "./assembler/opcodes";

/** What a primitive's instructions are made from. */
export interface PrimitiveEmission {
  readonly f: FunctionBuilder;
  /** Puts the values of the arguments on the stack. */
  readonly args: readonly (() => void)[];
  /** A variable for what is needed twice. */
  readonly fresh: (type: "f64" | "i32") => WasmLocal;
  /** The host's function for a primitive of so many arguments. */
  readonly imported: (primitive: PrimitiveName, arity: number) => FunctionReference;
}

/** Primitives that are instructions: arguments first, then these. */
const instructions: Partial<Record<PrimitiveName, readonly PlainOpcode[]>> = {
  add: ["f64.add"], subtract: ["f64.sub"], multiply: ["f64.mul"], divide: ["f64.div"], negate: ["f64.neg"],
  abs: ["f64.abs"], sqrt: ["f64.sqrt"], floor: ["f64.floor"], ceil: ["f64.ceil"], trunc: ["f64.trunc"], fround: ["f32.demote_f64", "f64.promote_f32"],
  less: ["f64.lt"], lessEqual: ["f64.le"], greater: ["f64.gt"], greaterEqual: ["f64.ge"], equal: ["f64.eq"], notEqual: ["f64.ne"],
  lessInt: ["i32.lt_s"], lessEqualInt: ["i32.le_s"], greaterInt: ["i32.gt_s"], greaterEqualInt: ["i32.ge_s"], equalInt: ["i32.eq"], notEqualInt: ["i32.ne"],
  not: ["i32.eqz"], addInt: ["i32.add"], subtractInt: ["i32.sub"], multiplyInt: ["i32.mul"],
  bitAnd: ["i32.and"], bitOr: ["i32.or"], bitXor: ["i32.xor"], shiftLeft: ["i32.shl"], shiftRight: ["i32.shr_s"],
  toFloat: ["f64.convert_i32_s"], boolToFloat: ["f64.convert_i32_s"],
};

/** Primitives that are a few instructions, bitwise what their entry in the rule table computes. */
const written: Partial<Record<PrimitiveName, (emission: PrimitiveEmission) => void>> = {
  min: folded("f64.min"),
  max: folded("f64.max"),
  isNaN: ({ f, args: [x], fresh }) => {
    const value = fresh("f64");
    x?.();
    f.tee(value).get(value).op("f64.ne");
  },
  isFinite: ({ f, args: [x] }) => {
    x?.();
    f.op("f64.abs").f64(Infinity).op("f64.lt");
  },
  /** Up, unless that is more than a half away. */
  round: ({ f, args: [x], fresh }) => {
    const [value, up] = [fresh("f64"), fresh("f64")];
    x?.();
    f.tee(value).op("f64.ceil").tee(up).f64(1).op("f64.sub").get(up);
    f.get(up).f64(0.5).op("f64.sub").get(value).op("f64.gt").op("select");
  },
  /** Zeros and NaN are their own sign. */
  sign: ({ f, args: [x], fresh }) => {
    const value = fresh("f64");
    f.f64(1);
    x?.();
    f.tee(value).op("f64.copysign").get(value).get(value).op("f64.abs").f64(0).op("f64.gt").op("select");
  },
  steady: ({ f, args: [own, better], fresh }) => {
    const value = fresh("f64");
    own?.();
    f.tee(value).op("f64.abs").f64(Infinity).op("f64.lt").if(() => f.get(value), () => better?.(), "f64");
  },
  sigmoid: ({ f, args: [x], imported }) => {
    f.f64(1).f64(1);
    x?.();
    f.op("f64.neg").call(imported("exp", 1)).op("f64.add").op("f64.div");
  },
  sec: reciprocalOf("cos"), csc: reciprocalOf("sin"), cot: reciprocalOf("tan"), sech: reciprocalOf("cosh"), csch: reciprocalOf("sinh"), coth: reciprocalOf("tanh"),
  minInt: chosen("i32.lt_s"),
  maxInt: chosen("i32.gt_s"),
  /** Division by 0 is 0, and the smallest number divided by -1 itself: both would be the end of a WebAssembly function. */
  divideInt: ({ f, args: [x, y], fresh }) => {
    const [a, b] = [fresh("i32"), fresh("i32")];
    x?.();
    f.set(a);
    y?.();
    f.tee(b).i32(1).op("i32.add").i32(1).op("i32.gt_u").if(
      () => f.get(a).get(b).op("i32.div_s"), () => f.i32(0).get(a).op("i32.sub").i32(0).get(b).op("select"), "i32",
    );
  },
  remainderInt: ({ f, args: [x, y], fresh }) => {
    const [a, b] = [fresh("i32"), fresh("i32")];
    x?.();
    f.set(a);
    y?.();
    f.tee(b).if(() => f.get(a).get(b).op("i32.rem_s"), () => f.i32(0), "i32");
  },
  /** The low 32 bits of the whole number; the host knows them where it has more than 64. */
  toInt: ({ f, args: [x], fresh, imported }) => {
    const value = fresh("f64");
    x?.();
    f.tee(value).op("f64.abs").f64(2 ** 63).op("f64.lt").if(
      () => f.get(value).op("i64.trunc_sat_f64_s").op("i32.wrap_i64"), () => f.get(value).call(imported("toInt", 1)), "i32",
    );
  },
};

export function emitPrimitive(primitive: PrimitiveName, emission: PrimitiveEmission): void {
  const { f, args, imported } = emission;
  const own = written[primitive];
  if (own) return own(emission);
  for (const arg of args) arg();
  const opcodes = instructions[primitive];
  if (opcodes) for (const opcode of opcodes) f.op(opcode);
  else f.call(imported(primitive, args.length));
}

/** Whether it is so cheap, and harmless, that it may be computed where it is not asked for. */
export const isInstruction = (primitive: PrimitiveName): boolean => instructions[primitive] !== undefined || primitive === "min" || primitive === "max";

/**
 * What stands behind an imported primitive. Functions of `Math` are imported as they are: an engine that knows them again calls its own
 * code for them directly, without the way through JavaScript.
 */
export function hostFunction(primitive: PrimitiveName): (...args: number[]) => number {
  if (primitive === "power") return Math.pow;
  if (primitive === "atan2") return Math.atan2;
  return ruleOf(primitive).value;
}

function folded(opcode: PlainOpcode): (emission: PrimitiveEmission) => void {
  return ({ f, args }) => {
    for (const [index, arg] of args.entries()) {
      arg();
      if (index > 0) f.op(opcode);
    }
  };
}

function reciprocalOf(primitive: PrimitiveName): (emission: PrimitiveEmission) => void {
  return ({ f, args, imported }) => {
    f.f64(1);
    for (const arg of args) arg();
    f.call(imported(primitive, 1)).op("f64.div");
  };
}

function chosen(comparison: PlainOpcode): (emission: PrimitiveEmission) => void {
  return ({ f, args: [x, y], fresh }) => {
    const [a, b] = [fresh("i32"), fresh("i32")];
    x?.();
    f.tee(a);
    y?.();
    f.tee(b).get(a).get(b).op(comparison).op("select");
  };
}
