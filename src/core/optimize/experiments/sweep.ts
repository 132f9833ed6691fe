import type { Objective } from "../../objective";
import { largestCurvature } from "../curvature";
import { methodOf } from "../methods";
import type { RunOptions } from "../types";
import type { Experiment } from "./experiment";
import { seeded } from "../seeded";
import { type Trial, isBetter, trial } from "./trial";

/** Learning rates to try, evenly spread over orders of magnitude, or drawn from them at random. */
export type Rates =
  | { readonly kind: "grid"; readonly from: number; readonly to: number; readonly count: number }
  | { readonly kind: "random"; readonly from: number; readonly to: number; readonly count: number; readonly seed: number };

/** Which learning rates people try before they know anything: 10⁻⁵ … 10. */
export const usualRates: Rates = { kind: "grid", from: 1e-5, to: 10, count: 13 };

export interface SweepResult {
  /** From the lowest rate to the highest. */
  readonly trials: readonly (Trial & { readonly learningRate: number })[];
  /** Index of the best; undefined where all left. */
  readonly best: number | undefined;
  /** The highest rate that did not leave, below which none left. */
  readonly largestStable: number | undefined;
  /** What theory says for the curvature at the best trial's end: above this, the method runs away there. */
  readonly bound: number | undefined;
}

/** The same run at many learning rates. */
export function* sweep(objective: Objective, options: Omit<RunOptions, "learningRate">, rates: Rates = usualRates): Experiment<SweepResult> {
  const tried = ratesOf(rates);
  const trials: (Trial & { learningRate: number })[] = [];
  for (const learningRate of tried) {
    const done = { done: trials.length, total: tried.length };
    const outcome = yield* trial(objective, { maxIterations: 500, ...options, learningRate }, done);
    trials.push({ ...outcome, learningRate });
    yield { done: trials.length, total: tried.length };
  }
  const best = bestOf(trials, options.maximize ?? false);
  const firstLost = trials.findIndex(({ outcome }) => outcome === "diverged");
  const end = best === undefined ? undefined : trials[best]?.end;
  return {
    trials,
    best,
    largestStable: (firstLost < 0 ? trials.at(-1) : trials[firstLost - 1])?.learningRate,
    bound: end && boundAt(objective, options, end),
  };
}

export function ratesOf(rates: Rates): number[] {
  const { from, to, count } = rates;
  if (!(from > 0 && to >= from && to < Infinity)) throw new RangeError(`Learning rates go from a number above 0 to a larger one, not from ${from} to ${to}.`);
  if (!(Number.isInteger(count) && count >= 1)) throw new RangeError(`The number of learning rates must be a whole number from 1 up, but is ${count}.`);
  const random = rates.kind === "random" ? seeded(rates.seed) : undefined;
  const share = (k: number): number => random?.() ?? (count === 1 ? 0 : k / (count - 1));
  const tried = Array.from({ length: count }, (_, k) => Number((from * (to / from) ** share(k)).toPrecision(6)));
  return tried.sort((a, b) => a - b);
}

function bestOf(trials: readonly Trial[], maximize: boolean): number | undefined {
  let best: number | undefined;
  trials.forEach((candidate, k) => {
    const leader = best === undefined ? undefined : trials[best];
    if (candidate.outcome !== "diverged" && (leader === undefined || isBetter(candidate, leader, maximize))) best = k;
  });
  return best;
}

function boundAt(objective: Objective, { method, parameters, lineSearch }: Omit<RunOptions, "learningRate">, x: Float64Array): number | undefined {
  const stepper = methodOf(method, lineSearch).begin(1, parameters, 1);
  const curvature = largestCurvature(objective, x);
  return stepper.kind === "rule" && curvature > 0 ? stepper.stableLearningRate?.(curvature) : undefined;
}
