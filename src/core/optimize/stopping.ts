import { maximumNorm, euclideanNorm } from "./norms";
import type { RunRecord } from "./runRecord";
import type { StopOptions, StopRule } from "./types";
import { inWords } from "./words";

/** With these a descent ends only where it is flat: a small step or a small change may just mean a small learning rate. */
export const defaultStop: Readonly<StopOptions> = { gradientNorm: 1e-6 };
export const defaultMaxIterations = 1000;

/** How many iterations in a row the value must keep still (as L-BFGS-B's users learnt, one alone is chance). */
const stillIterations = 3;

/** The rules by which a run has converged. A threshold of 0, or none, never fires. Looks only at the record: the last row. */
export class Stopping {
  private still = 0;

  constructor(
    private readonly rules: Readonly<StopOptions>,
    private readonly dimension: number,
    private readonly maximize: boolean,
  ) {
    for (const name of ["gradientNorm", "valueChange", "stepSize", "seconds", "gradients"] as const) {
      if (!((rules[name] ?? 0) >= 0)) throw new RangeError(`The stopping rule "${name}" must be 0 or more.`);
    }
    if (Number.isNaN(rules.targetValue ?? 0)) throw new RangeError('The stopping rule "targetValue" must be a number.');
  }

  /** Whether the run is to end anywhere but with its iterations. */
  get isAsked(): boolean {
    const { gradientNorm = 0, valueChange = 0, stepSize = 0, targetValue } = this.rules;
    return gradientNorm > 0 || valueChange > 0 || stepSize > 0 || targetValue !== undefined;
  }

  /** By which rule the run has converged, and why, in words; undefined while it has not. */
  converged(record: RunRecord): { rule: StopRule; reason: string } | undefined {
    const row = record.count - 1;
    return (
      named("gradientNorm", this.gradientNorm(record, row)) ??
      named("targetValue", this.target(record, row)) ??
      named("valueChange", this.valueChange(record, row)) ??
      named("stepSize", this.stepSize(record, row))
    );
  }

  private gradientNorm(record: RunRecord, row: number): string | undefined {
    const threshold = this.rules.gradientNorm ?? 0;
    const norm = record.gradientNorms[row] ?? NaN;
    if (!(threshold > 0 && norm <= threshold)) return undefined;
    return `the gradient norm ${inWords(norm)} is at or below ${inWords(threshold, 3)}`;
  }

  private target(record: RunRecord, row: number): string | undefined {
    const target = this.rules.targetValue;
    const value = record.values[row] ?? NaN;
    if (target === undefined || !(this.maximize ? value >= target : value <= target)) return undefined;
    return `the value ${inWords(value, 4)} has reached the target ${inWords(target, 4)}`;
  }

  private valueChange(record: RunRecord, row: number): string | undefined {
    const threshold = this.rules.valueChange ?? 0;
    if (!(threshold > 0) || row === 0) return undefined;
    const value = record.values[row] ?? NaN;
    const before = record.values[row - 1] ?? NaN;
    const change = Math.abs(value - before) / Math.max(Math.abs(value), Math.abs(before), 1);
    this.still = change <= threshold ? this.still + 1 : 0;
    if (this.still < stillIterations) return undefined;
    return `the value has changed by no more than ${inWords(threshold, 3)} (relatively) for ${stillIterations} iterations`;
  }

  private stepSize(record: RunRecord, row: number): string | undefined {
    const threshold = this.rules.stepSize ?? 0;
    if (!(threshold > 0) || row === 0) return undefined;
    const { iterates } = record;
    const here = row * this.dimension;
    let largest = 0;
    for (let i = here; i < here + this.dimension; i++) {
      largest = Math.max(largest, Math.abs((iterates[i] ?? 0) - (iterates[i - this.dimension] ?? 0)));
    }
    const size = euclideanNorm(iterates, here, this.dimension);
    if (!(largest <= threshold * (threshold + size))) return undefined;
    return `the last step, ${inWords(largest)}, is within ${inWords(threshold, 3)} of the size of the iterate`;
  }
}

function named(rule: StopRule, reason: string | undefined): { rule: StopRule; reason: string } | undefined {
  return reason === undefined ? undefined : { rule, reason };
}

/** Beyond this no iterate is worth following, unless the start was already as large. */
export function escapeRadius(start: Float64Array): number {
  return Math.max(1e12, 1e3 * maximumNorm(start));
}
