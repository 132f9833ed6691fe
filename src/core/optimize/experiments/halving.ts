import type { Experiment, Progress } from "./experiment";
import { rankedTrials } from "./rankedTrials";
import type { Candidate } from "./trial";

/** Of so many, one is gone on with. */
const eta = 3;

/**
 * Successive halving (Jamieson and Talwalkar 2016), in thirds: all get a few iterations, the better third three times as
 * many, and so on, until the best have had `iterations`. Returns which were dropped on the way.
 */
export function* halve(candidates: readonly Candidate[], iterations: number, maximize: boolean): Experiment<ReadonlySet<number>> {
  const rungs = Math.floor(Math.log(candidates.length) / Math.log(eta) + 1e-9);
  const left = (rung: number): number => Math.max(1, Math.ceil(candidates.length / eta ** rung));
  let total = 0;
  for (let rung = 0; rung <= rungs; rung++) total += left(rung);
  let done = 0;
  const progress = (): Progress => ({ done, total });
  const dropped = new Set<number>();
  let live = candidates.map((_, k) => k);
  for (let rung = 0; rung <= rungs; rung++) {
    for (const k of live) {
      yield* candidates[k]?.until(Math.ceil(iterations / eta ** (rungs - rung)), progress()) ?? [];
      done++;
      yield progress();
    }
    if (rung === rungs) break;
    const trials = live.flatMap((k) => candidates[k]?.trial ?? []);
    const kept = rankedTrials(trials, maximize).slice(0, left(rung + 1)).flatMap((i) => live[i] ?? []);
    for (const k of live) if (!kept.includes(k)) dropped.add(k);
    live = kept;
  }
  // Where many left early there was less to do.
  yield { done: total, total };
  return dropped;
}
