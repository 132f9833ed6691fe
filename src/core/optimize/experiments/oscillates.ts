import type { Run } from "../types";

const fewest = 20;
/** Of the later steps, the share that turn back; or so many times the value goes up and comes down again. */
const turning = 1 / 4;
const peaking = 4;
/** How much of its height a swing must lose, for the run to be getting on. */
const onward = 0.1;

/**
 * Whether a run goes to and fro rather than on. Of its second half is asked: do many steps turn back (the gradient at the
 * end of a step against the one at its beginning), or does the value have many peaks; and does it go up, towards the end, about
 * as high as before? A run that swings across a valley and yet comes down is slow, no more.
 */
export function oscillates({ iterations, dimension, values, gradients }: Run, maximize: boolean): boolean {
  if (iterations < fewest) return false;
  const height = (row: number): number => (maximize ? -1 : 1) * (values[row] ?? NaN);
  const from = Math.floor(iterations / 2);
  const middle = Math.floor((from + iterations) / 2);
  let [turns, peaks] = [0, 0];
  let [lowest, early, late] = [Infinity, -Infinity, -Infinity];
  for (let row = from + 1; row <= iterations; row++) {
    if (turnsBack(gradients, dimension, row)) turns++;
    if (row < iterations && height(row) > height(row - 1) && height(row) > height(row + 1)) peaks++;
    lowest = Math.min(lowest, height(row));
    if (row <= middle) early = Math.max(early, height(row));
    else late = Math.max(late, height(row));
  }
  return (turns >= turning * (iterations - from) || peaks >= peaking) && late - lowest >= (1 - onward) * (early - lowest);
}

function turnsBack(gradients: Float64Array, dimension: number, row: number): boolean {
  let product = 0;
  for (let i = row * dimension; i < (row + 1) * dimension; i++) product += (gradients[i] ?? 0) * (gradients[i - dimension] ?? 0);
  return product < 0;
}
