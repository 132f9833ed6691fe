import type { Objective } from "../../objective";
import { Descent } from "../descent";
import type { RunOptions } from "../types";
import type { Experiment, Progress } from "./experiment";

/** What became of a run: it arrived, it was still on its way, or it left. */
export type Outcome = "converged" | "slow" | "diverged" | "failed";

/** A run of an experiment, in short. */
export interface Trial {
  readonly outcome: Outcome;
  readonly iterations: number;
  readonly gradients: number;
  /** The last value, and the best on the way. */
  readonly value: number;
  readonly bestValue: number;
  /** Where it ended. */
  readonly end: Float64Array;
  readonly reason: string;
}

/** Steps between two looks at whether to go on. */
const slice = 2000;

/** One run, told with `progress` as it goes on. */
export function* trial(objective: Objective, options: RunOptions, progress: Progress): Experiment<Trial> {
  const descent = new Descent(objective, options);
  while (!descent.advance(slice)) yield progress;
  const { status, iterations, values, iterates, dimension, evaluations, reason } = descent.run();
  const sign = options.maximize ? -1 : 1;
  let best = Infinity;
  for (let row = 0; row <= iterations; row++) {
    const value = sign * (values[row] ?? NaN);
    if (value < best) best = value;
  }
  return {
    outcome: status === "exhausted" || status === "cancelled" ? "slow" : status,
    iterations,
    gradients: evaluations.gradient,
    value: values[iterations] ?? NaN,
    bestValue: sign * best,
    end: iterates.slice(iterations * dimension),
    reason,
  };
}

/** Whether one trial did better: it arrived, and sooner; or it got lower. What left is never better. */
export function isBetter(a: Trial, b: Trial, maximize: boolean): boolean {
  const rank = { converged: 0, slow: 1, failed: 2, diverged: 3 };
  const order = rank[a.outcome] - rank[b.outcome];
  if (order !== 0) return order < 0;
  const ahead = (maximize ? -1 : 1) * (a.value - b.value);
  // Who arrived at a higher place has not arrived at the same; by less than that, the sooner one is the better.
  const same = Math.abs(ahead) <= 1e-6 * Math.max(1, Math.abs(b.value));
  return a.outcome === "converged" && same ? a.iterations < b.iterations : ahead < 0;
}
