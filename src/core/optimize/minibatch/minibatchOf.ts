import type { IrFunction } from "../../ir/types";
import type { Dataset } from "../../objective";
import { type Batched, batched } from "./batched";
import { namedData, rowLoops } from "./rowLoops";

/** The data of a function that can be taken in minibatches. */
export function datasetsOf(fn: IrFunction): Dataset[] {
  return [...namedData(fn)].flatMap(([name, rows]) => (rowLoops(fn, name).ok ? [{ name, rows }] : []));
}

/** Throws a RangeError, in a sentence, for what is no dataset or no size of a batch. */
export function minibatchOf(fn: IrFunction, dataset: string, size: number): Batched {
  const named = namedData(fn);
  const rows = named.get(dataset);
  if (rows === undefined) {
    const known = [...named.keys()].join(", ");
    throw new RangeError(`There are no data called "${dataset}"${known === "" ? "" : `; there are ${known}`}.`);
  }
  const search = rowLoops(fn, dataset);
  if (!search.ok) throw new RangeError(`Minibatches of "${dataset}" make no sense: ${search.reason}.`);
  if (!(Number.isInteger(size) && size >= 1 && size <= rows)) {
    throw new RangeError(`A batch of "${dataset}" has 1 to ${rows} rows, not ${size}.`);
  }
  return batched(fn, search.found, size);
}
