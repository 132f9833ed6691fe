import { Effort } from "../../codegen/effort";
import type { IrFunction } from "../../ir/types";
import type { Rows } from "../../objective";
import { batched } from "../minibatch/batched";
import { type RowLoops, namedData, rowLoops } from "../minibatch/rowLoops";
import { onlySums } from "./onlySums";
import { overRows } from "./overRows";

/** The function of one share, and of a minibatch its rows: whoever evaluates it fills them in beforehand. */
export interface ShareFunction {
  readonly function: IrFunction;
  readonly rows: Int32Array;
}

/** How a function is divided: which rows, or which places of a batch, each share has. */
export interface Division {
  readonly dataset: string;
  readonly ranges: readonly Rows[];
  /** Of an evaluation, about. */
  readonly operations: number;
  share(part: number): ShareFunction;
}

/** Operations that are worth a share: a third of a millisecond or so, much more than telling another thread takes. */
const leastOperations = 1e6;
/** For each unknown, since the gradients of all shares are added up. */
const leastForEach = 80;
export const mostShares = 4;

/**
 * A function as a sum of shares, each of which sees some rows of the data only; undefined where it is no such sum, or not long enough for it to pay.
 * How many there are depends on the function alone, never on who computes them: what comes out is the same bits on any machine.
 */
export function sharesOf(fn: IrFunction, batch?: { readonly dataset: string; readonly size: number }): Division | undefined {
  const named = [...namedData(fn)].filter(([name]) => batch === undefined || name === batch.dataset).sort(([, a], [, b]) => b - a);
  const { total } = new Effort(fn.body);
  for (const [dataset, rows] of named) {
    const places = batch?.size ?? rows;
    const operations = (total * places) / rows;
    const count = countOf(operations, fn.dimension);
    if (count < 2 || places < count) continue;
    const search = rowLoops(fn, dataset);
    const sums = search.ok ? onlySums(fn, search.found) : undefined;
    if (!search.ok || !sums) continue;
    const ranges = Array.from({ length: count }, (_, k) => ({ from: Math.floor((k * places) / count), to: Math.floor(((k + 1) * places) / count) }));
    return { dataset, ranges, operations, share: (part) => shareFunction(part === 0 ? fn : sums, search.found, ranges[part] ?? { from: 0, to: 0 }, batch?.size) };
  }
  return undefined;
}

function countOf(operations: number, dimension: number): number {
  const worthwhile = Math.min(mostShares, operations / Math.max(leastOperations, leastForEach * dimension));
  return 2 ** Math.floor(Math.log2(Math.max(1, worthwhile)));
}

function shareFunction(fn: IrFunction, found: RowLoops, { from, to }: Rows, batch: number | undefined): ShareFunction {
  return batch === undefined ? { function: overRows(fn, found, { from, to }), rows: new Int32Array(0) } : batched(fn, found, to - from, batch);
}
