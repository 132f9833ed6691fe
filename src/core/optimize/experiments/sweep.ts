import type { Objective } from "../../objective";
import { largestCurvature } from "../curvature";
import { methodOf } from "../methods";
import { seeded } from "../seeded";
import type { RunOptions } from "../types";
import type { Experiment } from "./experiment";
import { type Halved, halve } from "./halving";
import { inTurn } from "./plan";
import { rankedTrials } from "./rankedTrials";
import { type Trial, type TrialPlan, trials } from "./trial";

/** Learning rates to try, evenly spread over orders of magnitude, or drawn from them at random. */
export type Rates =
  | { readonly kind: "grid"; readonly from: number; readonly to: number; readonly count: number }
  | { readonly kind: "random"; readonly from: number; readonly to: number; readonly count: number; readonly seed: number };

/** Which learning rates people try before they know anything: 10⁻⁵ … 10. */
export const usualRates: Rates = { kind: "grid", from: 1e-5, to: 10, count: 13 };

/** Whether each rate gets all the iterations, or the better ones more and more of them. */
export type Spending = "all" | "halving";

export interface RateTrial extends Trial {
  readonly learningRate: number;
  /** Given up before its iterations were over, as others were better. */
  readonly dropped: boolean;
}

export interface SweepResult {
  /** From the lowest rate to the highest. */
  readonly trials: readonly RateTrial[];
  /** Index of the best; undefined where all left. */
  readonly best: number | undefined;
  /** The highest rate that neither left nor went to and fro, below which none did. */
  readonly largestStable: number | undefined;
  /** What theory says for the curvature at the best trial's end: above this, the method runs away there. */
  readonly bound: number | undefined;
  readonly curvature: number | undefined;
}

const usualIterations = 500;

/** The same run at many learning rates. */
export function sweep(
  objective: Objective, options: Omit<RunOptions, "learningRate">, rates: Rates = usualRates, spending: Spending = "all",
): Experiment<SweepResult> {
  return inTurn(planSweep(objective, options, rates, spending), trials(objective));
}

export function* planSweep(objective: Objective, options: Omit<RunOptions, "learningRate">, rates: Rates, spending: Spending): TrialPlan<SweepResult> {
  const maximize = options.maximize ?? false;
  const learningRates = ratesOf(rates);
  const runs = learningRates.map((learningRate) => ({ maxIterations: usualIterations, ...options, learningRate }));
  const { made, dropped } = spending === "all" ? yield* allOf(runs) : yield* halve(runs, options.maxIterations ?? usualIterations, maximize);
  const tried = made.map((each, k) => ({ ...each, learningRate: learningRates[k] ?? NaN, dropped: dropped.has(k) }));
  const [best] = rankedTrials(tried, maximize);
  const firstLost = tried.findIndex(({ outcome }) => outcome === "diverged" || outcome === "oscillating");
  const end = best === undefined ? undefined : tried[best]?.end;
  return {
    trials: tried,
    best,
    largestStable: (firstLost < 0 ? tried.at(-1) : tried[firstLost - 1])?.learningRate,
    ...(end ? stabilityAt(objective, options, end) : { bound: undefined, curvature: undefined }),
  };
}

function* allOf(runs: readonly RunOptions[]): TrialPlan<Halved> {
  const made = yield { tasks: runs.map((options) => ({ options })), each: 1, total: runs.length };
  return { made, dropped: new Set() };
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

type Stability = Pick<SweepResult, "bound" | "curvature">;

/** What the largest curvature at a point means for the method's learning rate, where theory knows it. */
export function stabilityAt(objective: Objective, { method, parameters, lineSearch }: Omit<RunOptions, "learningRate">, x: Float64Array): Stability {
  const stepper = methodOf(method, lineSearch).begin(1, parameters, 1);
  const curvature = largestCurvature(objective, x);
  const known = curvature > 0 && Number.isFinite(curvature);
  return { bound: known && stepper.kind === "rule" ? stepper.stableLearningRate?.(curvature) : undefined, curvature: known ? curvature : undefined };
}
