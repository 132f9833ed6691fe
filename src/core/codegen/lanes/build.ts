import type { Float, FloatOperation, Integer, IntegerOperation, LaneNode, Mask, MaskOperation, PlatformFunction } from "./node";

const float = (op: FloatOperation, ...args: LaneNode[]): Float => ({ type: "float", op, args });
const integer = (op: IntegerOperation, ...args: LaneNode[]): Integer => ({ type: "integer", op, args });
const mask = (op: MaskOperation, ...args: LaneNode[]): Mask => ({ type: "mask", op, args });

export const input = (which: number): Float => ({ ...float("input"), value: which });
export const num = (value: number): Float => ({ ...float("constant"), value });
export const bits = (value: bigint): Integer => ({ ...integer("constant"), value });

export const add = (a: Float, b: Float): Float => float("add", a, b);
export const subtract = (a: Float, b: Float): Float => float("subtract", a, b);
export const multiply = (a: Float, b: Float): Float => float("multiply", a, b);
export const divide = (a: Float, b: Float): Float => float("divide", a, b);
export const negate = (a: Float): Float => float("negate", a);
export const abs = (a: Float): Float => float("abs", a);
export const max = (a: Float, b: Float): Float => float("max", a, b);

export const bitsOf = (a: Float): Integer => integer("bitsOf", a);
export const ofBits = (a: Integer): Float => float("ofBits", a);
export const addInt = (a: Integer, b: Integer): Integer => integer("addInt", a, b);
export const subtractInt = (a: Integer, b: Integer): Integer => integer("subtractInt", a, b);
export const and = (a: Integer, b: Integer): Integer => integer("and", a, b);
export const or = (a: Integer, b: Integer): Integer => integer("or", a, b);
export const xor = (a: Integer, b: Integer): Integer => integer("xor", a, b);
export const shiftLeft = (a: Integer, by: number): Integer => ({ ...integer("shiftLeft", a), value: BigInt(by) });
export const shiftRight = (a: Integer, by: number): Integer => ({ ...integer("shiftRight", a), value: BigInt(by) });

export const less = (a: Float, b: Float): Mask => mask("less", a, b);
export const lessEqual = (a: Float, b: Float): Mask => mask("lessEqual", a, b);
export const equalInt = (a: Integer, b: Integer): Mask => mask("equalInt", a, b);
export const equal = (a: Float, b: Float): Mask => mask("equal", a, b);
export const both = (a: Mask, b: Mask): Mask => mask("both", a, b);

export const platform = (name: PlatformFunction, ...args: Float[]): Float => ({ ...float("platform", ...args), platform: name });
export const select = (where: Mask, yes: Float, no: Float): Float => float("select", where, yes, no);
export const selectInt = (where: Mask, yes: Integer, no: Integer): Integer => integer("select", where, yes, no);
