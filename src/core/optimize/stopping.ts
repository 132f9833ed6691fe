import { maximumNorm, euclideanNorm } from "./norms";
import type { StopOptions, StopRule } from "./types";
import { inWords } from "./words";

/** With these a descent ends only where it is flat: a small step or a small change may just mean a small learning rate. */
export const defaultStop: Readonly<StopOptions> = { gradientNorm: 1e-6 };
export const defaultMaxIterations = 1000;

/** How many iterations in a row the value must keep still (as L-BFGS-B's users learnt, one alone is chance). */
const stillIterations = 3;

/** The rules by which a run has converged. A threshold of 0, or none, never fires. It is shown every iterate, the start first. */
export class Stopping {
  private still = 0;
  private valueBefore = NaN;
  /** Where it was before; empty where nobody asks for the size of steps. */
  private readonly before: Float64Array;
  private seen = 0;

  constructor(
    private readonly rules: Readonly<StopOptions>,
    dimension: number,
    private readonly maximize: boolean,
  ) {
    this.before = new Float64Array((rules.stepSize ?? 0) > 0 ? dimension : 0);
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

  /** By which rule the run has converged at `x`, and why, in words; undefined while it has not. */
  converged(x: Float64Array, value: number, gradientNorm: number): { rule: StopRule; reason: string } | undefined {
    const found =
      named("gradientNorm", this.gradientNorm(gradientNorm)) ??
      named("targetValue", this.target(value)) ??
      named("valueChange", this.valueChange(value)) ??
      named("stepSize", this.stepSize(x));
    this.seen++;
    this.valueBefore = value;
    if (this.before.length > 0) this.before.set(x);
    return found;
  }

  private gradientNorm(norm: number): string | undefined {
    const threshold = this.rules.gradientNorm ?? 0;
    if (!(threshold > 0 && norm <= threshold)) return undefined;
    return `the gradient norm ${inWords(norm)} is at or below ${inWords(threshold, 3)}`;
  }

  private target(value: number): string | undefined {
    const target = this.rules.targetValue;
    if (target === undefined || !(this.maximize ? value >= target : value <= target)) return undefined;
    return `the value ${inWords(value, 4)} has reached the target ${inWords(target, 4)}`;
  }

  private valueChange(value: number): string | undefined {
    const threshold = this.rules.valueChange ?? 0;
    if (!(threshold > 0) || this.seen === 0) return undefined;
    const before = this.valueBefore;
    const change = Math.abs(value - before) / Math.max(Math.abs(value), Math.abs(before), 1);
    this.still = change <= threshold ? this.still + 1 : 0;
    if (this.still < stillIterations) return undefined;
    return `the value has changed by no more than ${inWords(threshold, 3)} (relatively) for ${stillIterations} iterations`;
  }

  private stepSize(x: Float64Array): string | undefined {
    const threshold = this.rules.stepSize ?? 0;
    if (!(threshold > 0) || this.seen === 0) return undefined;
    let largest = 0;
    for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs((x[i] ?? 0) - (this.before[i] ?? 0)));
    if (!(largest <= threshold * (threshold + euclideanNorm(x)))) return undefined;
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
