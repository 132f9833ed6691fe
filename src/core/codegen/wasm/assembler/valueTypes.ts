export type ValueType = "i32" | "i64" | "f64" | "v128";

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export const typeCodes: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b };

export const functionType = (parameters: readonly ValueType[], ...results: readonly ValueType[]): FunctionType => ({ parameters, results });
