import { maximumNorm, rowDistance } from "./norms";
import type { RunRecord } from "./runRecord";
import type { Run } from "./types";
import { counted, inWords } from "./words";

/** Risen this far above the best, relative to where it began, a run that is still rising has run away. */
const runaway = 1e3;
const risingIterations = 5;

/** What is wrong with the last row, in words; undefined where it can be gone on from. */
export function brokenDown(record: RunRecord, dimension: number, escape: number): string | undefined {
  const row = record.count - 1;
  const value = record.values[row] ?? NaN;
  const gradientNorm = record.gradientNorms[row] ?? NaN;
  const size = maximumNorm(record.iterates, row * dimension, dimension);
  if (Number.isFinite(value) && Number.isFinite(gradientNorm) && size <= escape) return undefined;
  const where = row === 0 ? "at the start" : `after ${counted(row, "iteration")}`;
  if (!Number.isFinite(value)) return `the value is ${inWords(value)} ${where}`;
  if (!Number.isFinite(gradientNorm)) return `the gradient is not finite ${where}`;
  return `a coordinate is ${Number.isFinite(size) ? `beyond ${inWords(escape)}` : "not finite"} ${where}`;
}

/** Whether a run that used up its iterations did so while running away: asked of the record, and only then. */
export function ranAway(record: RunRecord, maximize: boolean): boolean {
  const sign = maximize ? -1 : 1;
  const height = (row: number) => sign * (record.values[row] ?? NaN);
  const last = record.count - 1;
  if (last < risingIterations) return false;
  for (let row = last; row > last - risingIterations; row--) {
    if (!(height(row) > height(row - 1))) return false;
  }
  let best = Infinity;
  for (let row = 0; row <= last; row++) best = Math.min(best, height(row));
  return height(last) > best + runaway * Math.max(1, Math.abs(height(0)));
}

/**
 * Where the gradient turned most for the way gone, ‖gₖ − gₖ₋₁‖ / ‖xₖ − xₖ₋₁‖, and by how much: a lower bound of the largest
 * curvature on that stretch. Only steps taken from no higher than the start are looked at.
 */
export function steepestStretch({ dimension, iterations, iterates, gradients, values }: Run, maximize: boolean): { row: number; curvature: number } {
  const sign = maximize ? -1 : 1;
  const ceiling = sign * (values[0] ?? NaN);
  let steepest = { row: 0, curvature: 0 };
  for (let row = 1; row <= iterations; row++) {
    if (!(sign * (values[row - 1] ?? NaN) <= ceiling)) continue;
    const curvature = rowDistance(gradients, dimension, row, row - 1) / rowDistance(iterates, dimension, row, row - 1);
    if (Number.isFinite(curvature) && curvature > steepest.curvature) steepest = { row: row - 1, curvature };
  }
  return steepest;
}
