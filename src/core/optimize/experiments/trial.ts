import type { Objective } from "../../objective";
import { Descent } from "../descent";
import type { Run, RunOptions } from "../types";
import { oscillates } from "./oscillates";
import { Pace } from "./pace";
import type { Perform, Plan } from "./plan";

/** What became of a run: it arrived; it was still on its way, or went to and fro, when its iterations were over; or it left. */
export type Outcome = "converged" | "slow" | "oscillating" | "diverged" | "failed";

/** A run of an experiment, in short. */
export interface Trial {
  readonly outcome: Outcome;
  readonly iterations: number;
  readonly gradients: number;
  readonly startValue: number;
  /** The last value, and the best on the way. */
  readonly value: number;
  readonly bestValue: number;
  /** Where it ended. */
  readonly end: Float64Array;
  readonly reason: string;
}

/** A run to be made. */
export interface TrialTask {
  readonly options: RunOptions;
  /** How many iterations to go on to; absent: to its end. */
  readonly until?: number;
  /** A run that may be gone on with has a number: whoever began it need not begin anew. */
  readonly candidate?: number;
}

export type TrialPlan<Result> = Plan<TrialTask, Trial, Result>;

/** Makes such runs, and keeps those that may be gone on with. */
export function trials(objective: Objective): Perform<TrialTask, Trial> {
  const kept = new Map<number, Candidate>();
  return function* ({ options, until = Infinity, candidate: number }) {
    const candidate = (number === undefined ? undefined : kept.get(number)) ?? new Candidate(objective, options);
    if (number !== undefined) kept.set(number, candidate);
    yield* candidate.until(until);
    return candidate.trial;
  };
}

class Candidate {
  private readonly descent: Descent;
  private readonly pace = new Pace();

  constructor(objective: Objective, private readonly options: RunOptions) {
    this.descent = new Descent(objective, options);
  }

  /** Goes on until so many iterations are done, telling which share of them. */
  *until(iterations: number): Generator<number, void, void> {
    const { descent, pace, options: { maxIterations = iterations } } = this;
    const left = (): number => iterations - descent.iterations;
    const goal = Math.min(iterations, maxIterations);
    const begun = descent.iterations;
    while (left() > 0 && !pace.take((steps) => descent.advance(Math.min(steps, left())))) yield (descent.iterations - begun) / (goal - begun);
  }

  get trial(): Trial {
    return inShort(this.descent.run(), this.options.maximize ?? false);
  }
}

function inShort(run: Run, maximize: boolean): Trial {
  const { status, iterations, batch, iterates, dimension, evaluations, reason } = run;
  // What a batch says is noise about the whole, in its values as in its turns.
  const values = batch?.wholeValues ?? run.values;
  const sign = maximize ? -1 : 1;
  let best = Infinity;
  for (const each of values) if (sign * each < best) best = sign * each;
  const isOver = status !== "exhausted" && status !== "cancelled";
  return {
    outcome: isOver ? status : !batch && oscillates(run, maximize) ? "oscillating" : "slow",
    iterations,
    gradients: evaluations.gradient,
    startValue: values[0] ?? NaN,
    value: values[values.length - 1] ?? NaN,
    bestValue: sign * best,
    end: iterates.slice(iterations * dimension),
    reason,
  };
}
