import type { Objective } from "../../objective";
import { Descent } from "../descent";
import { methodOf } from "../methods";
import { suggestLearningRate } from "../suggestLearningRate";
import type { LineSearchName, MethodId, Run, ScheduleOptions, StopOptions } from "../types";
import type { Experiment } from "./experiment";

export interface Entrant {
  readonly method: MethodId;
  /** Its own; absent: the one suggested for this method on this function. */
  readonly learningRate?: number;
  readonly parameters?: Record<string, number | boolean>;
  readonly lineSearch?: LineSearchName;
  readonly schedule?: ScheduleOptions;
}

export interface RaceOptions {
  readonly entrants: readonly Entrant[];
  readonly start?: Float64Array;
  readonly maximize?: boolean;
  /** What each may spend: as many iterations, or as many gradients, which is the fairer where some look before they step. */
  readonly budget: { readonly iterations: number } | { readonly gradients: number };
  /** One learning rate for all. Absent: each has its own. Methods that search for their steps keep 1, PyTorch's, either way. */
  readonly commonLearningRate?: number;
  readonly stop?: StopOptions;
}

export interface RaceResult {
  readonly finishers: readonly {
    readonly method: MethodId;
    readonly learningRate: number;
    /** Where that came from: shared by all, the entrant's own, or suggested from the function. */
    readonly rateFrom: "common" | "own" | "suggested";
    readonly run: Run;
  }[];
  /** Indices of the finishers, the best first: by the lowest value reached, or the highest; whoever left comes last. */
  readonly ranking: readonly number[];
}

/** Iterations of each between two looks at whether to go on: they run side by side. */
const slice = 200;

/** Several methods from one start, with the same to spend. */
export function* race(objective: Objective, options: RaceOptions): Experiment<RaceResult> {
  const { entrants, start = objective.start, maximize = false, budget, stop } = options;
  const limits = "iterations" in budget
    ? { maxIterations: budget.iterations, ...(stop && { stop }) }
    : { maxIterations: budget.gradients, stop: { ...(stop ?? { gradientNorm: 1e-6 }), gradients: budget.gradients } };
  const runners = [];
  for (const entrant of entrants) {
    const { learningRate, rateFrom } = rateOf(objective, entrant, options, start);
    const { method, parameters, lineSearch, schedule } = entrant;
    const descent = new Descent(objective, {
      method, start, maximize, learningRate, ...limits,
      ...(parameters && { parameters }), ...(lineSearch && { lineSearch }), ...(schedule && { schedule }),
    });
    runners.push({ method, learningRate, rateFrom, descent });
    yield { done: 0, total: entrants.length };
  }
  while (runners.some(({ descent }) => !descent.ended)) {
    for (const { descent } of runners) descent.advance(slice);
    yield { done: runners.filter(({ descent }) => descent.ended).length, total: runners.length };
  }
  const finishers = runners.map(({ descent, ...rest }) => ({ ...rest, run: descent.run() }));
  return { finishers, ranking: ranked(finishers.map(({ run }) => run), maximize) };
}

function rateOf(objective: Objective, entrant: Entrant, options: RaceOptions, start: Float64Array) {
  const { kind, learningRate } = methodOf(entrant.method, entrant.lineSearch);
  if (kind === "rule" && options.commonLearningRate !== undefined) return { learningRate: options.commonLearningRate, rateFrom: "common" } as const;
  if (entrant.learningRate !== undefined) return { learningRate: entrant.learningRate, rateFrom: "own" } as const;
  const suggested = kind === "rule" ? suggestLearningRate(objective, start, entrant.method, options.maximize) : learningRate;
  return { learningRate: suggested, rateFrom: "suggested" } as const;
}

function ranked(runs: readonly Run[], maximize: boolean): number[] {
  const heights = runs.map(({ values, status }) => {
    if (status === "diverged") return Infinity;
    return values.reduce((best, value) => Math.min(best, maximize ? -value : value), Infinity);
  });
  return runs.map((_, k) => k).sort((a, b) => {
    const difference = (heights[a] ?? Infinity) - (heights[b] ?? Infinity);
    return Number.isNaN(difference) || difference === 0 ? (runs[a]?.iterations ?? 0) - (runs[b]?.iterations ?? 0) : difference;
  });
}
