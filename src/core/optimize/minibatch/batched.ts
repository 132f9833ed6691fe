import { accumulate, assign, call, float, int, load, loop as forLoop, read } from "../../ir/build";
import { namesOf } from "../../ir/namesOf";
import type { Accumulate, ArrayVariable, Block, For, IrFunction, Local, Statement } from "../../ir/types";
import { type RowLoops, isAtRow, writtenIn } from "./rowLoops";

/** A function over some rows of its data in place of all. */
export interface Batched {
  readonly function: IrFunction;
  /** Which rows: whoever evaluates the function fills it beforehand. */
  readonly rows: Int32Array;
}

/**
 * The function with its loops over rows going through `size` of them only, those in `rows`. What they add up counts for all:
 * each addend is taken times rows / size, so that a mean becomes the mean over the batch, a sum its estimate, and what is no
 * sum over rows (a penalty on the weights) stays as it is.
 */
export function batched(fn: IrFunction, { rows: all, loops, rowwise }: RowLoops, size: number): Batched {
  const rows = Int32Array.from({ length: size }, (_, k) => k);
  const names = namesOf(fn);
  const chosen = names.array("i32", [size], { kind: "data", values: rows, changes: true }, "rows");
  const weight = all / size;

  const throughBatch = (loop: For): For => {
    const place = names.local("i32", "place");
    const { added } = writtenIn(loop.body);
    const isSum = (statement: Accumulate): boolean => added.has(statement.target) && !isOfThisRow(statement, loop, rowwise);
    const body = weight === 1 ? loop.body : weighted(loop.body, weight, isSum);
    return forLoop(place, int(0), int(size), [assign(loop.index, load(chosen, [read(place)])), ...body], loop.span ? { span: loop.span } : {});
  };
  const change = (block: Block): Block => block.map((statement) => {
    if (statement.kind === "for" && loops.has(statement)) return throughBatch(statement);
    return withBlocks(statement, change);
  });
  return { function: { ...fn, body: change(fn.body), arrays: [...fn.arrays, chosen] }, rows };
}

function isOfThisRow({ target, indices = [] }: Accumulate, loop: For, rowwise: ReadonlySet<Local | ArrayVariable>): boolean {
  return rowwise.has(target) && isAtRow(indices, loop);
}

function weighted(block: Block, weight: number, isSum: (statement: Accumulate) => boolean): Block {
  return block.map((statement) => {
    if (statement.kind === "accumulate" && isSum(statement)) {
      return accumulate(statement.target, call("multiply", [float(weight), statement.value]), statement.indices, statement.span);
    }
    return withBlocks(statement, (inner) => weighted(inner, weight, isSum));
  });
}

function withBlocks(statement: Statement, change: (block: Block) => Block): Statement {
  if (statement.kind === "if") return { ...statement, then: change(statement.then), else: change(statement.else) };
  if (statement.kind === "for" || statement.kind === "while") return { ...statement, body: change(statement.body) };
  return statement;
}
