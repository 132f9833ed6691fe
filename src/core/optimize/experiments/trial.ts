import type { Objective } from "../../objective";
import { Descent } from "../descent";
import type { Run, RunOptions } from "../types";
import type { Experiment, Progress } from "./experiment";
import { oscillates } from "./oscillates";
import { Pace } from "./pace";

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

/** A run that is gone on with as long as it is worth it. */
export class Candidate {
  private readonly descent: Descent;
  private readonly pace = new Pace();

  constructor(objective: Objective, private readonly options: RunOptions) {
    this.descent = new Descent(objective, options);
  }

  /** Goes on until so many iterations are done, telling `progress` meanwhile. */
  *until(iterations: number, progress: Progress): Experiment<void> {
    const left = (): number => iterations - this.descent.iterations;
    while (left() > 0 && !this.pace.take((steps) => this.descent.advance(Math.min(steps, left())))) yield progress;
  }

  get trial(): Trial {
    return inShort(this.descent.run(), this.options.maximize ?? false);
  }
}

/** One run, told with `progress` as it goes on. */
export function* trial(objective: Objective, options: RunOptions, progress: Progress): Experiment<Trial> {
  const candidate = new Candidate(objective, options);
  yield* candidate.until(Infinity, progress);
  return candidate.trial;
}

function inShort(run: Run, maximize: boolean): Trial {
  const { status, iterations, values, iterates, dimension, evaluations, reason } = run;
  const sign = maximize ? -1 : 1;
  let best = Infinity;
  for (let row = 0; row <= iterations; row++) {
    const value = sign * (values[row] ?? NaN);
    if (value < best) best = value;
  }
  const isOver = status !== "exhausted" && status !== "cancelled";
  return {
    outcome: isOver ? status : oscillates(run, maximize) ? "oscillating" : "slow",
    iterations,
    gradients: evaluations.gradient,
    startValue: values[0] ?? NaN,
    value: values[iterations] ?? NaN,
    bestValue: sign * best,
    end: iterates.slice(iterations * dimension),
    reason,
  };
}
