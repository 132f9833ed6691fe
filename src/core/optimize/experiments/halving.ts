import type { RunOptions } from "../types";
import { rankedTrials } from "./rankedTrials";
import type { Trial, TrialPlan } from "./trial";

/** Of so many, one is gone on with. */
const eta = 3;

export interface Halved {
  /** As far as each run came. */
  readonly made: readonly Trial[];
  /** Which were dropped on the way. */
  readonly dropped: ReadonlySet<number>;
}

/**
 * Successive halving (Jamieson and Talwalkar 2016), in thirds: all get a few iterations, the better third three times as
 * many, and so on, until the best have had `iterations`.
 */
export function* halve(runs: readonly RunOptions[], iterations: number, maximize: boolean): TrialPlan<Halved> {
  const rungs = Math.floor(Math.log(runs.length) / Math.log(eta) + 1e-9);
  const left = (rung: number): number => Math.max(1, Math.ceil(runs.length / eta ** rung));
  let total = 0;
  for (let rung = 0; rung <= rungs; rung++) total += left(rung);
  const made: Trial[] = [];
  const dropped = new Set<number>();
  let live = runs.map((options, candidate) => ({ options, candidate }));
  for (let rung = 0; rung <= rungs; rung++) {
    const until = Math.ceil(iterations / eta ** (rungs - rung));
    const trials = yield { tasks: live.map((each) => ({ ...each, until })), each: 1, total };
    live.forEach(({ candidate }, i) => { made[candidate] = trials[i] ?? unmade(); });
    if (rung === rungs) break;
    const kept = rankedTrials(trials, maximize).slice(0, left(rung + 1)).flatMap((i) => live[i] ?? []);
    for (const each of live) if (!kept.includes(each)) dropped.add(each.candidate);
    live = kept;
  }
  return { made, dropped };
}

function unmade(): never {
  throw new Error("A round has an outcome for each of its tasks.");
}
