import { maximumNorm, rowDistance } from "./norms";
import type { RuleStepper } from "./method";
import type { RunRecord } from "./runRecord";
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
 * The largest curvature the run met before it left: ‖gₖ − gₖ₋₁‖ / ‖xₖ − xₖ₋₁‖, a lower bound of λmax somewhere on the
 * segment, over the steps taken from no higher than the start. Further out it would tell of country nobody wants to see.
 */
export function curvatureMet(record: RunRecord, dimension: number, maximize: boolean): number {
  const sign = maximize ? -1 : 1;
  const ceiling = sign * (record.values[0] ?? NaN);
  let largest = 0;
  for (let row = 1; row < record.count; row++) {
    if (!(sign * (record.values[row - 1] ?? NaN) <= ceiling)) continue;
    const curvature =
      rowDistance(record.gradients, dimension, row, row - 1) / rowDistance(record.iterates, dimension, row, row - 1);
    if (Number.isFinite(curvature)) largest = Math.max(largest, curvature);
  }
  return largest;
}

/** What a person can do about it, from their own function's curvature, where the method's bound is known. */
export function advice(stepper: RuleStepper, curvature: number, learningRate: number): string {
  if (!(curvature > 0)) return "";
  const met = `; the curvature met on the way is about ${inWords(curvature)}`;
  const bound = stepper.stableLearningRate?.(curvature);
  if (bound === undefined || learningRate < bound) return met;
  return `${met}, where only learning rates below ${inWords(bound)} are stable`;
}
