import type { Objective } from "../../objective";
import { methodOf } from "../methods";
import { suggestLearningRate } from "../suggestLearningRate";
import type { LineSearchName, MethodId, Run, ScheduleOptions, StopOptions } from "../types";
import type { Experiment } from "./experiment";
import { asFar } from "./rankedTrials";
import { Runner, type Spent } from "./runner";

export interface Entrant {
  readonly method: MethodId;
  /** Its own; absent: the one suggested for this method on this function. */
  readonly learningRate?: number;
  readonly parameters?: Record<string, number | boolean>;
  readonly lineSearch?: LineSearchName;
  readonly schedule?: ScheduleOptions;
}

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

export interface Finisher {
  readonly method: MethodId;
  readonly learningRate: number;
  /** Where that came from: shared by all, the entrant's own, or suggested from the function; a method that searches has none. */
  readonly rateFrom: "common" | "own" | "suggested" | "searches";
  readonly run: Run;
  readonly spent: Spent;
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
export function* race(objective: Objective, options: RaceOptions): Experiment<RaceResult> {
  const { entrants, start = objective.start, maximize = false, budget, stop } = options;
  const [maxIterations, gradients] = "iterations" in budget ? [budget.iterations, mostGradients] : [budget.gradients, budget.gradients];
  const runners: (Omit<Finisher, "run" | "spent"> & { runner: Runner })[] = [];
  const total = entrants.length * maxIterations;
  const share = (runner: Runner): number => (runner.ended ? maxIterations : runner.iterations);
  for (const entrant of entrants) {
    const { learningRate, rateFrom } = rateOf(objective, entrant, options, start);
    const { method, parameters, lineSearch, schedule } = entrant;
    const runner = new Runner(objective, {
      method, start, maximize, learningRate, maxIterations,
      ...(stop && { stop }), ...(parameters && { parameters }), ...(lineSearch && { lineSearch }), ...(schedule && { schedule }),
    }, gradients);
    runners.push({ method, learningRate, rateFrom, runner });
    yield { done: 0, total };
  }
  while (runners.some(({ runner }) => !runner.ended)) {
    for (const { runner } of runners) {
      runner.advance();
      yield { done: runners.reduce((sum, each) => sum + share(each.runner), 0), total };
    }
  }
  yield { done: total, total };
  return judged(runners.map(({ runner, ...rest }) => ({ ...rest, ...runner.finish() })), maximize, "gradients" in budget);
}

function rateOf(objective: Objective, entrant: Entrant, options: RaceOptions, start: Float64Array): Pick<Finisher, "learningRate" | "rateFrom"> {
  const { kind, learningRate } = methodOf(entrant.method, entrant.lineSearch);
  if (kind === "rule" && options.commonLearningRate !== undefined) return { learningRate: options.commonLearningRate, rateFrom: "common" };
  if (entrant.learningRate !== undefined) return { learningRate: entrant.learningRate, rateFrom: "own" };
  if (kind === "searching") return { learningRate, rateFrom: "searches" };
  return { learningRate: suggestLearningRate(objective, start, entrant.method, options.maximize), rateFrom: "suggested" };
}

function judged(finishers: readonly Finisher[], maximize: boolean, byGradients: boolean): RaceResult {
  const sign = maximize ? -1 : 1;
  const stayed = finishers.filter(({ run }) => run.status !== "diverged");
  const lowestOf = ({ run }: Finisher): number => run.values.reduce((best, value) => Math.min(best, sign * value), Infinity);
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
