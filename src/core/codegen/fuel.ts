import type { IrFunction } from "../ir/types";
import type { Effort } from "./effort";

/**
 * How many operations one evaluation may take, some tenths of a second: beyond that there is no descending. Nested loops
 * that could take more count them, so that nothing hangs however long they are. Small integers, for V8 keeps those unboxed.
 */
const VALUE_FUEL = 200_000_000;
/** A derivative costs a few times its function. */
const DERIVATIVE_FUEL = 1_000_000_000;

/** Undefined where the loops cannot take that long: then nothing is counted. */
export function fuelOf(fn: IrFunction, { total }: Effort): number | undefined {
  const fuel = fn.outputs === undefined ? VALUE_FUEL : DERIVATIVE_FUEL;
  return total > fuel ? fuel : undefined;
}
