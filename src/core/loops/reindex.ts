import { type Elsewhere, type Place, rewriteAccesses, rewriteLoads } from "../ir/rewriteAccesses";
import type { ArrayVariable, Expression, IrFunction } from "../ir/types";

/** The function with the elements of one array found elsewhere: in `arrays`, which hold the same numbers, each where `place` says. */
export function reindex(fn: IrFunction, array: ArrayVariable, arrays: readonly ArrayVariable[], place: (indices: readonly Expression[]) => Place): IrFunction {
  const elsewhere: Elsewhere = {
    place: (other, indices) => (other === array ? place(indices) : undefined),
    fill: (statement) => (statement.array === array ? arrays.map((each) => ({ ...statement, array: each })) : [statement]),
  };
  return {
    ...fn, body: rewriteAccesses(fn.body, elsewhere), result: rewriteLoads(fn.result, elsewhere), arrays: fn.arrays.flatMap((each) => (each === array ? arrays : [each])),
  };
}
