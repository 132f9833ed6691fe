import type { Problem } from "../problem";
import { type Sample, copySample, emptySample, isFinite } from "../sample";
import { addScaled, dot } from "../vectors";

const rounding = 1e-14;

/** What is known at one length along a line: φ(at) and φ′(at). */
export interface Look {
  at: number;
  value: number;
  slope: number;
  finite: boolean;
}

/**
 * f along x + α·direction. The last look and one kept earlier have their point and gradient still, so that what a search
 * settles on need not be evaluated again. One line serves a whole run: `aim` points it anew.
 */
export class Line {
  /** The look at 0. */
  readonly start: Look = { at: 0, value: NaN, slope: NaN, finite: true };
  looks = 0;
  private trial: Sample;
  private kept: Sample;
  private keptAt = 0;
  private here: Sample;
  private direction: Float64Array;

  constructor(private readonly problem: Problem) {
    this.trial = emptySample(problem.dimension);
    this.kept = emptySample(problem.dimension);
    this.here = this.kept;
    this.direction = this.kept.x;
  }

  aim(here: Sample, direction: Float64Array): void {
    this.here = here;
    this.direction = direction;
    this.start.value = here.value;
    this.start.slope = dot(here.gradient, direction);
    this.keptAt = 0;
    this.looks = 0;
  }

  look(at: number): Look {
    this.looks++;
    addScaled(this.here.x, at, this.direction, this.trial.x);
    this.problem.evaluate(this.trial);
    const slope = dot(this.trial.gradient, this.direction);
    return { at, value: this.trial.value, slope, finite: isFinite(this.trial) && Number.isFinite(slope) };
  }

  /** Keeps the last look in place of the one kept so far. */
  keep({ at }: Look): void {
    [this.trial, this.kept] = [this.kept, this.trial];
    this.keptAt = at;
  }

  /** Whether the look kept is lower than the start, by more than rounding. */
  isLower(): boolean {
    return this.keptAt !== 0 && this.kept.value < this.start.value - rounding * Math.abs(this.start.value);
  }

  /** Moves to the look kept; 0: to none, as the start was never improved on. */
  settle(): number {
    if (this.keptAt !== 0) copySample(this.kept, this.here);
    return this.keptAt;
  }
}
