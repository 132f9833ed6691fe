import { load, type Names } from "../../ir/build";
import type { ArrayVariable, Expression } from "../../ir/types";
import type { List, Value } from "./lists";
import type { Definition } from "./mathDocument";
import { constantsIn } from "./wholeNumbers";

/** Vectors and matrices of numbers are data: an array, whatever counts through it. */
export function constantArray(definition: Definition, names: Names): { readonly array: ArrayVariable; readonly list: List } | undefined {
  const numbers = constantsIn(definition.tree);
  if (!numbers) return undefined;
  const { shape, values } = numbers;
  const array: ArrayVariable = { ...names.array("f64", shape, { kind: "data", values: Float64Array.from(values) }, definition.name, definition.name), countedFrom: 1 };
  const at = (indices: readonly Expression[], depth: number): Value => {
    const length = shape[depth];
    return length === undefined ? load(array, indices) : { kind: "list", length, at: (index) => at([...indices, index], depth + 1) };
  };
  const list = at([], 0);
  return list.kind === "list" ? { array, list } : undefined;
}
