import { call, int } from "../../../src/core/ir/build";
import { namesOf } from "../../../src/core/ir/namesOf";
import type { ArrayVariable, Expression, IrFunction } from "../../../src/core/ir/types";
import { reindex } from "../../../src/core/loops/reindex";

/** The function as people write it who keep all their unknowns in one flat array, and tables too: subscripts are told as sums. */
export function flattened(fn: IrFunction): IrFunction {
  const p = namesOf(fn).array("f64", [fn.dimension], { kind: "parameter", offset: 0 }, "p");
  let current = fn;
  for (const array of fn.arrays) {
    const { role, shape } = array;
    if (role.kind !== "parameter" && role.kind !== "data") continue;
    const target: ArrayVariable = role.kind === "parameter" ? p : { ...array, shape: [shape.reduce((a, b) => a * b, 1)] };
    const offset = role.kind === "parameter" ? role.offset : 0;
    const flat = (indices: readonly Expression[]): Expression => indices.reduce<Expression>((sum, index, d) => {
      const raised = sum.kind === "constant" && sum.value === 0 ? sum : call("multiplyInt", [sum, int(shape[d] ?? 1)]);
      return raised.kind === "constant" ? index : call("addInt", [raised, index]);
    }, int(0));
    current = reindex(current, array, role.kind === "parameter" ? [] : [target], (indices) => ({
      array: target, indices: [offset === 0 ? flat(indices) : call("addInt", [int(offset), flat(indices)])],
    }));
  }
  return { ...current, arrays: [p, ...current.arrays] };
}
