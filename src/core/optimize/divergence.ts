import { maximumNorm, rowDistance } from "./norms";
import type { Sample } from "./sample";
import type { Run } from "./types";
import { counted, inWords } from "./words";

/** Risen this far above the best, relative to where it began, a run that is still rising has run away. */
const runaway = 1e3;
const risingIterations = 5;

/** What is wrong with the iterate of this number, in words; undefined where it can be gone on from. */
export function brokenDown({ x, value }: Sample, gradientNorm: number, sign: 1 | -1, iteration: number, escape: number): string | undefined {
  const size = maximumNorm(x);
  if (Number.isFinite(value) && Number.isFinite(gradientNorm) && size <= escape) return undefined;
  const where = iteration === 0 ? "at the start" : `after ${counted(iteration, "iteration")}`;
  if (!Number.isFinite(value)) return `the value is ${inWords(sign * value)} ${where}`;
  if (!Number.isFinite(gradientNorm)) return `the gradient is not finite ${where}`;
  return `a coordinate is ${Number.isFinite(size) ? `beyond ${inWords(escape)}` : "not finite"} ${where}`;
}

/** What is remembered of the values of a run, however long it is. Values are of what is made small. */
export class Course {
  best = { iteration: 0, value: NaN };
  private first = NaN;
  private before = NaN;
  private rising = 0;

  observe(iteration: number, value: number): void {
    if (iteration === 0) this.first = value;
    if (value < this.best.value || (Number.isNaN(this.best.value) && !Number.isNaN(value))) this.best = { iteration, value };
    this.rising = value > this.before ? this.rising + 1 : 0;
    this.before = value;
  }

  /** Whether a run that used up its iterations did so while running away. */
  get ranAway(): boolean {
    return this.rising >= risingIterations && this.before > this.best.value + runaway * Math.max(1, Math.abs(this.first));
  }
}

interface Stretch {
  row: number;
  curvature: number;
}

/**
 * Where the gradient turned most for the way gone, ‖gₖ − gₖ₋₁‖ / ‖xₖ − xₖ₋₁‖, and by how much: a lower bound of the largest
 * curvature on that stretch. `within`: of those that stay no higher than the start. `leap`: of those that lead out of there.
 */
export function steepestStretch({ dimension, iterates, gradients, values }: Run, maximize: boolean): { within: Stretch; leap: Stretch } {
  const sign = maximize ? -1 : 1;
  const ceiling = sign * (values[0] ?? NaN);
  const isLow = (row: number): boolean => sign * (values[row] ?? NaN) <= ceiling;
  const steepest = { within: { row: 0, curvature: 0 }, leap: { row: 0, curvature: 0 } };
  for (let row = 1; row < values.length; row++) {
    if (!isLow(row - 1)) continue;
    const kind = isLow(row) ? "within" : "leap";
    const curvature = rowDistance(gradients, dimension, row, row - 1) / rowDistance(iterates, dimension, row, row - 1);
    if (Number.isFinite(curvature) && curvature > steepest[kind].curvature) steepest[kind] = { row: row - 1, curvature };
  }
  return steepest;
}
