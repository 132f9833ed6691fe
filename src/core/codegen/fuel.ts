import { sizeOf } from "../ir/shape";
import type { IrFunction } from "../ir/types";
import type { Effort } from "./effort";

/**
 * How many operations one evaluation may take, some tenths of a second: beyond that there is no descending. Nested loops
 * that could take more count them, so that nothing hangs however long they are. Small integers, for V8 keeps those unboxed.
 */
const VALUE_FUEL = 200_000_000;
/** A derivative costs a few times its function. */
const DERIVATIVE_FUEL = 1_000_000_000;
/** Who brings many data has long loops and means them: so many operations for each number are no sign of a mistake. */
const OPERATIONS_A_NUMBER = 500;

/** Undefined where the loops cannot take that long: then nothing is counted. */
export function fuelOf(fn: Pick<IrFunction, "arrays" | "outputs">, { total }: Pick<Effort, "total">): number | undefined {
  const fuel = fn.outputs === undefined ? VALUE_FUEL : DERIVATIVE_FUEL;
  const numbers = fn.arrays.reduce((sum, array) => sum + (array.role.kind === "data" ? sizeOf(array) : 0), 0);
  return total > Math.max(fuel, (fuel / VALUE_FUEL) * OPERATIONS_A_NUMBER * numbers) ? fuel : undefined;
}
