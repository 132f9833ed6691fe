import type { ArrayVariable } from "./types";

/** How many elements an array has. */
export const sizeOf = (array: ArrayVariable): number => array.shape.reduce((size, extent) => size * extent, 1);

/** Row-major offset of an element within its array. */
export function flatIndex(array: ArrayVariable, indices: readonly number[]): number {
  let flat = 0;
  for (const [dimension, extent] of array.shape.entries()) flat = flat * extent + (indices[dimension] ?? 0);
  return flat;
}
