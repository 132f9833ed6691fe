import type { PrimitiveName, ScalarType } from "./types";

/** Argument and result types. `variadic` primitives take one or more arguments of the one listed type. */
export interface PrimitiveType {
  readonly args: readonly ScalarType[];
  readonly result: ScalarType;
  readonly variadic?: true;
}

const floatUnary: PrimitiveType = { args: ["f64"], result: "f64" };
const floatBinary: PrimitiveType = { args: ["f64", "f64"], result: "f64" };
const floatVariadic: PrimitiveType = { args: ["f64"], result: "f64", variadic: true };
const intBinary: PrimitiveType = { args: ["i32", "i32"], result: "i32" };
const floatTest: PrimitiveType = { args: ["f64", "f64"], result: "bool" };
const intTest: PrimitiveType = { args: ["i32", "i32"], result: "bool" };

const exceptions: Partial<Record<PrimitiveName, PrimitiveType>> = {
  hypot: floatVariadic, min: floatVariadic, max: floatVariadic,
  toFloat: { args: ["i32"], result: "f64" },
  toInt: { args: ["f64"], result: "i32" },
  boolToFloat: { args: ["bool"], result: "f64" },
  and: { args: ["bool", "bool"], result: "bool" },
  or: { args: ["bool", "bool"], result: "bool" },
  not: { args: ["bool"], result: "bool" },
  isFinite: { args: ["f64"], result: "bool" },
  isNaN: { args: ["f64"], result: "bool" },
};

const floatBinaries: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "add", "subtract", "multiply", "divide", "power", "remainder", "atan2", "floorModulo", "logAddExp", "steady",
]);
const intBinaries: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "addInt", "subtractInt", "multiplyInt", "divideInt", "remainderInt", "minInt", "maxInt",
  "bitAnd", "bitOr", "bitXor", "shiftLeft", "shiftRight",
]);
const floatTests: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "less", "lessEqual", "greater", "greaterEqual", "equal", "notEqual",
]);
const intTests: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "lessInt", "lessEqualInt", "greaterInt", "greaterEqualInt", "equalInt", "notEqualInt",
]);

export function primitiveType(name: PrimitiveName): PrimitiveType {
  const exception = exceptions[name];
  if (exception) return exception;
  if (floatBinaries.has(name)) return floatBinary;
  if (intBinaries.has(name)) return intBinary;
  if (floatTests.has(name)) return floatTest;
  if (intTests.has(name)) return intTest;
  return floatUnary;
}
