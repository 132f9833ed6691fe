import type { Run } from "../types";

const fewest = 20;
/** Of the later steps, the share that turn back or get worse. */
const turning = 1 / 4;
/** What the value gained on the way, of all that it went up and down. */
const onward = 0.1;

/**
 * Whether a run goes to and fro rather than on. Of its second half is asked: do many steps turn back (the gradient at the
 * end of a step against the one at its beginning) or make the value worse, and is the value, on the average, hardly better
 * towards the end? A run that swings across a valley and yet comes down is slow, no more.
 */
export function oscillates({ iterations, dimension, values, gradients }: Run, maximize: boolean): boolean {
  if (iterations < fewest) return false;
  const sign = maximize ? -1 : 1;
  const from = Math.floor(iterations / 2);
  const middle = Math.floor((from + iterations) / 2);
  let turns = 0;
  let [lowest, highest] = [Infinity, -Infinity];
  const sums = { early: 0, late: 0 };
  for (let row = from + 1; row <= iterations; row++) {
    const height = sign * (values[row] ?? NaN);
    if (height > sign * (values[row - 1] ?? NaN) || turnsBack(gradients, dimension, row)) turns++;
    lowest = Math.min(lowest, height);
    highest = Math.max(highest, height);
    sums[row <= middle ? "early" : "late"] += height;
  }
  const gained = sums.early / (middle - from) - sums.late / (iterations - middle);
  return turns >= turning * (iterations - from) && gained <= onward * (highest - lowest);
}

function turnsBack(gradients: Float64Array, dimension: number, row: number): boolean {
  let product = 0;
  for (let i = row * dimension; i < (row + 1) * dimension; i++) product += (gradients[i] ?? 0) * (gradients[i - dimension] ?? 0);
  return product < 0;
}
