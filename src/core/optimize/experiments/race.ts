import type { Objective } from "../../objective";
import type { StopOptions } from "../types";
import { type Entrant, type EntrantTask, type Ran, entrants } from "./entrant";
import type { Experiment } from "./experiment";
import { type Plan, inTurn } from "./plan";
import { asFar } from "./rankedTrials";

export type Budget = { readonly iterations: number } | { readonly gradients: number };

export interface RaceOptions {
  readonly entrants: readonly Entrant[];
  readonly start?: Float64Array;
  readonly maximize?: boolean;
  /** What each may spend: as many iterations, or as many gradients, which is the fairer where some look before they step. */
  readonly budget: Budget;
  /** One learning rate for all. Absent: each has its own. Methods that search for their steps keep 1, PyTorch's, either way. */
  readonly commonLearningRate?: number;
  readonly stop?: StopOptions;
}

export interface Finisher extends Ran {
  /** The iterate that was the first to be as low as any of all got, but for a millionth of the way; absent: none was. */
  readonly arrival?: number;
}

export interface RaceResult {
  readonly finishers: readonly Finisher[];
  /**
   * Indices of the finishers, the best first: those that came as low as any (as high, where they climb), by what they had
   * spent when they were there; then by the value reached; whoever left comes last.
   */
  readonly ranking: readonly number[];
}

/** Without a limit of their own, searching methods may take many gradients a step: none is followed further than this. */
const mostGradients = 1e7;

/** Several methods from one start, with the same to spend. */
export function race(objective: Objective, options: RaceOptions): Experiment<RaceResult> {
  return inTurn(planRace(objective, options), entrants(objective));
}

export function* planRace(objective: Objective, options: RaceOptions): Plan<EntrantTask, Ran, RaceResult> {
  const { start = objective.start, maximize = false, budget, stop, commonLearningRate } = options;
  const [maxIterations, gradients] = "iterations" in budget ? [budget.iterations, mostGradients] : [budget.gradients, budget.gradients];
  const run = { start, maximize, maxIterations, ...(stop && { stop }) };
  const tasks = options.entrants.map((entrant) => ({ entrant, run, gradients, ...(commonLearningRate === undefined ? {} : { commonLearningRate }) }));
  const finished = yield { tasks, each: maxIterations, total: tasks.length * maxIterations };
  return judged(finished, maximize, "gradients" in budget);
}

function judged(finishers: readonly Ran[], maximize: boolean, byGradients: boolean): RaceResult {
  const sign = maximize ? -1 : 1;
  const stayed = finishers.filter(({ run }) => run.status !== "diverged");
  const lowestOf = ({ run }: Ran): number => run.values.reduce((best, value) => Math.min(best, sign * value), Infinity);
  const lowest = Math.min(...stayed.map(lowestOf));
  const enough = lowest + asFar * Math.max(0, sign * (finishers[0]?.run.values[0] ?? NaN) - lowest);
  const placed = finishers.map((finisher): Finisher => {
    const first = finisher.run.status === "diverged" ? -1 : finisher.run.values.findIndex((value) => sign * value <= enough);
    return first < 0 ? finisher : { ...finisher, arrival: first };
  });
  const cost = ({ arrival, spent }: Finisher): number => (arrival === undefined ? Infinity : byGradients ? (spent.gradients[arrival] ?? Infinity) : arrival);
  const height = (finisher: Finisher): number => (finisher.run.status === "diverged" ? Infinity : lowestOf(finisher));
  const order = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
  const ranking = placed.map((_, k) => k).sort((a, b) => {
    const [one, other] = [placed[a], placed[b]];
    if (!one || !other) return 0;
    return order(cost(one), cost(other)) || order(height(one), height(other)) || a - b;
  });
  return { finishers: placed, ranking };
}
