import { Effort } from "../../codegen/effort";
import type { Kernel } from "../../codegen/kernel";
import { printIr } from "../../ir/printIr";
import type { IrFunction } from "../../ir/types";
import { type Batched, batched } from "../minibatch/batched";
import { namedData, rowLoops } from "../minibatch/rowLoops";
import { onlySums } from "./onlySums";

/** Operations from which on a function is taken apart, and those of one part: some hundredths of a second. */
const usual = { long: 500_000_000, part: 50_000_000 };

/** A long function over rows, as a sum of functions over some of them each. */
export interface Blocks {
  readonly dataset: string;
  readonly rows: number;
  /** The same function for all parts of one size, but for the first, which has what is no sum over rows as well. */
  readonly parts: readonly { readonly of: Batched; readonly begins: readonly number[] }[];
}

/**
 * A function over so many rows that one evaluation takes half a second: block by block, by code over one block. Code that runs for seconds at a time runs
 * them as it was compiled first, in haste, for no engine of WebAssembly changes what is running; and what it keeps of rows is for a block only.
 * Undefined where the function is short, or no sum.
 */
export function inBlocks(fn: IrFunction, { long, part } = usual): Blocks | undefined {
  const { total } = new Effort(fn.body);
  if (total < long) return undefined;
  const named = [...namedData(fn)].sort(([, a], [, b]) => b - a);
  for (const [dataset, rows] of named) {
    const size = Math.ceil(rows / Math.ceil(total / part));
    const search = size < rows ? rowLoops(fn, dataset) : undefined;
    const sums = search?.ok ? onlySums(fn, search.found) : undefined;
    if (!search?.ok || !sums) continue;
    const begins = Array.from({ length: Math.floor(rows / size) }, (_, k) => k * size);
    const first = printIr(sums) === printIr(fn) ? begins : begins.slice(0, 1);
    const over = (which: IrFunction, length: number): Batched => batched(which, search.found, length, rows);
    return {
      dataset, rows,
      parts: [
        { of: over(fn, size), begins: first },
        { of: over(sums, size), begins: begins.slice(first.length) },
        { of: over(sums, rows % size), begins: [begins.length * size] },
      ].filter(({ of, begins: at }) => at.length > 0 && of.rows.length > 0),
    };
  }
  return undefined;
}

/** Value and outputs of all blocks together. `make`: the kernel of a part. */
export function sumOfBlocks({ parts }: Blocks, make: (fn: IrFunction) => Kernel): Kernel {
  const kernels = parts.map(({ of, begins }) => ({ kernel: make(of.function), rows: of.rows, begins }));
  let partial = new Float64Array(0);
  return (x, output) => {
    if (partial.length !== output.length) partial = new Float64Array(output.length);
    output.fill(0);
    let value = 0;
    for (const { kernel, rows, begins } of kernels) {
      for (const begin of begins) {
        for (let k = 0; k < rows.length; k++) rows[k] = begin + k;
        value += kernel(x, partial);
        for (let i = 0; i < output.length; i++) output[i] = (output[i] ?? 0) + (partial[i] ?? 0);
      }
    }
    return value;
  };
}
