import { rewriteStatement } from "../ir/rewriteBlock";
import type { ArrayVariable, Block, Expression, IrFunction, Statement } from "../ir/types";
import { mapExpression } from "../ir/visit";

/** An element by another name: `indices` of `array`. */
export interface Place {
  readonly array: ArrayVariable;
  readonly indices: readonly Expression[];
}

/** The function with the elements of one array found elsewhere: in `arrays`, which hold the same numbers, each where `place` says. */
export function reindex(fn: IrFunction, array: ArrayVariable, arrays: readonly ArrayVariable[], place: (indices: readonly Expression[]) => Place): IrFunction {
  const change = (e: Expression): Expression => (e.kind === "load" && e.array === array ? { ...e, ...place(e.indices) } : e);
  const all = (e: Expression): Expression => mapExpression(e, change);
  const block = (inner: Block): Block => inner.flatMap((statement): Statement[] => {
    switch (statement.kind) {
      case "if": return [{ ...statement, condition: all(statement.condition), then: block(statement.then), else: block(statement.else) }];
      case "while": return [{ ...statement, condition: all(statement.condition), body: block(statement.body) }];
      case "for": return [{ ...statement, from: all(statement.from), to: all(statement.to), body: block(statement.body) }];
      default: {
        const changed = rewriteStatement(statement, change);
        if (changed.kind === "fill" && changed.array === array) return arrays.map((each) => ({ ...changed, array: each }));
        if (changed.kind === "store" && changed.array === array) return [{ ...changed, ...place(changed.indices) }];
        if (changed.kind !== "accumulate" || changed.target !== array) return [changed];
        const { array: target, indices } = place(changed.indices ?? []);
        return [{ ...changed, target, indices }];
      }
    }
  });
  return { ...fn, body: block(fn.body), arrays: fn.arrays.flatMap((each) => (each === array ? arrays : [each])), result: all(fn.result) };
}
