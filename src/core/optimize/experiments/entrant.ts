import type { Objective } from "../../objective";
import { methodOf } from "../methods";
import { suggestLearningRate } from "../suggestLearningRate";
import type { LineSearchName, MethodId, Run, RunOptions, ScheduleOptions } from "../types";
import type { Perform } from "./plan";
import { Runner, type Spent } from "./runner";

export interface Entrant {
  readonly method: MethodId;
  /** Its own; absent: the one suggested for this method on this function. */
  readonly learningRate?: number;
  readonly parameters?: Record<string, number | boolean>;
  readonly lineSearch?: LineSearchName;
  readonly schedule?: ScheduleOptions;
}

/** One of a race: a run by itself, until what it may spend is spent. */
export interface EntrantTask {
  readonly entrant: Entrant;
  /** What it has in common with the others. */
  readonly run: Required<Pick<RunOptions, "start" | "maximize" | "maxIterations">> & Pick<RunOptions, "stop">;
  readonly gradients: number;
  readonly commonLearningRate?: number;
}

export interface Ran {
  readonly method: MethodId;
  readonly learningRate: number;
  /** Where that came from: shared by all, the entrant's own, or suggested from the function; a method that searches has none. */
  readonly rateFrom: "common" | "own" | "suggested" | "searches";
  readonly run: Run;
  readonly spent: Spent;
}

/** Lets them run. */
export function entrants(objective: Objective): Perform<EntrantTask, Ran> {
  return function* (task) {
    const { entrant: { method, parameters, lineSearch, schedule }, run, gradients } = task;
    const { learningRate, rateFrom } = rateOf(objective, task);
    const runner = new Runner(objective, {
      ...run, method, learningRate, ...(parameters && { parameters }), ...(lineSearch && { lineSearch }), ...(schedule && { schedule }),
    }, gradients);
    while (!runner.ended) {
      yield runner.iterations;
      runner.advance();
    }
    return { method, learningRate, rateFrom, ...runner.finish() };
  };
}

function rateOf(objective: Objective, { entrant, run: { start, maximize }, commonLearningRate }: EntrantTask): Pick<Ran, "learningRate" | "rateFrom"> {
  const { kind, learningRate } = methodOf(entrant.method, entrant.lineSearch);
  if (kind === "rule" && commonLearningRate !== undefined) return { learningRate: commonLearningRate, rateFrom: "common" };
  if (entrant.learningRate !== undefined) return { learningRate: entrant.learningRate, rateFrom: "own" };
  if (kind === "searching") return { learningRate, rateFrom: "searches" };
  return { learningRate: suggestLearningRate(objective, start, entrant.method, maximize), rateFrom: "suggested" };
}
