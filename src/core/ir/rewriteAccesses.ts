import type { ArrayVariable, Block, Expression, Fill, Statement } from "./types";

/** An element by another name: `indices` of `array`. */
export interface Place {
  readonly array: ArrayVariable;
  readonly indices: readonly Expression[];
}

export interface Elsewhere {
  /** Where an element is found that stood at `indices` of `array`; undefined: where it was. What the new indices read is looked for elsewhere too. */
  readonly place: (array: ArrayVariable, indices: readonly Expression[]) => Place | undefined;
  /** What becomes of giving all elements one value, which is rewritten already; absent: it stays. */
  readonly fill?: (statement: Fill) => readonly Statement[];
}

/** The expression with elements of arrays found elsewhere. From outside to inside: an index is known by the expression that it is, and may read elements itself. */
export function rewriteLoads(e: Expression, elsewhere: Elsewhere): Expression {
  const of = (inner: Expression): Expression => rewriteLoads(inner, elsewhere);
  switch (e.kind) {
    case "constant":
    case "read": return e;
    case "load": return { ...e, ...placed(e.array, e.indices, elsewhere) };
    case "call": return { ...e, args: e.args.map(of) };
    case "select": return { ...e, condition: of(e.condition), whenTrue: of(e.whenTrue), whenFalse: of(e.whenFalse) };
  }
}

/** The block with elements of arrays found elsewhere. */
export function rewriteAccesses(block: Block, elsewhere: Elsewhere): Statement[] {
  const of = (e: Expression): Expression => rewriteLoads(e, elsewhere);
  const inside = (inner: Block): Statement[] => rewriteAccesses(inner, elsewhere);
  return block.flatMap((statement): readonly Statement[] => {
    switch (statement.kind) {
      case "assign":
      case "push": return [{ ...statement, value: of(statement.value) }];
      case "store": return [{ ...statement, ...placed(statement.array, statement.indices, elsewhere), value: of(statement.value) }];
      case "accumulate": {
        const value = of(statement.value);
        if (statement.target.kind === "local") return [{ ...statement, value }];
        const { array: target, indices } = placed(statement.target, statement.indices ?? [], elsewhere);
        return [{ ...statement, target, indices, value }];
      }
      case "fill": {
        const changed = { ...statement, value: of(statement.value) };
        return elsewhere.fill?.(changed) ?? [changed];
      }
      case "if": return [{ ...statement, condition: of(statement.condition), then: inside(statement.then), else: inside(statement.else) }];
      case "for": return [{ ...statement, from: of(statement.from), to: of(statement.to), body: inside(statement.body) }];
      case "while": return [{ ...statement, condition: of(statement.condition), body: inside(statement.body) }];
      case "pop":
      case "trap": return [statement];
    }
  });
}

function placed(array: ArrayVariable, indices: readonly Expression[], elsewhere: Elsewhere): Place {
  const found = elsewhere.place(array, indices) ?? { array, indices };
  return { array: found.array, indices: found.indices.map((index) => rewriteLoads(index, elsewhere)) };
}
