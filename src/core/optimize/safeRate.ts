import type { Objective } from "../objective";
import { Descent } from "./descent";
import { roundedDown } from "./roundRate";
import type { Run, RunOptions } from "./types";

/** A run is tried again for as many iterations as it was to have; of a longer one, so many. */
const mostTried = 5000;
/** A trial that runs out of time has shown enough if it went this much further than the run that left. */
const further = 2;
const fewestTried = 50;
const attempts = 16;

export interface SafeRate {
  readonly learningRate: number;
  readonly run: Run;
}

/**
 * About the largest learning rate with which the run does not leave, found by trial: downwards from `first` until one stays, then by
 * bisection, on a log scale and among rates a person would choose, up to one that leaves. `limit` says of a run that stayed what
 * theory allows on its path: a rate above that may be lucky, but wobbles. What was found by `deadline` counts; undefined: nothing.
 */
export function largestSafeRate(
  objective: Objective,
  options: RunOptions,
  { first, tooLarge, left, limit }: { first: number; tooLarge: number; left: Run; limit: (run: Run) => number | undefined },
  deadline: number,
): SafeRate | undefined {
  const needed = Math.max(fewestTried, further * left.iterations);
  const stays = (learningRate: number): Run | undefined | "unknown" => {
    const descent = new Descent(objective, { ...options, learningRate, maxIterations: Math.min(options.maxIterations ?? 1000, mostTried) });
    while (!descent.advance(20)) {
      if (Date.now() <= deadline) continue;
      if (descent.iterations < needed) return "unknown";
      break;
    }
    const run = descent.run();
    const gained = ((run.values[0] ?? NaN) - (run.values.at(-1) ?? NaN)) * (options.maximize ? -1 : 1);
    return run.status !== "diverged" && gained >= 0 ? run : undefined;
  };

  let [rate, above] = [roundedDown(first), tooLarge];
  let found: SafeRate | undefined;
  for (let attempt = 0; attempt < attempts && rate > 0 && Date.now() <= deadline; attempt++) {
    const run = stays(rate);
    if (run === "unknown") break;
    if (run) {
      found = { learningRate: rate, run };
      above = Math.min(above, limit(run) ?? Infinity);
    } else above = rate;
    rate = roundedDown(found ? Math.sqrt(found.learningRate * above) : rate / 3);
    if (found && rate <= found.learningRate) break;
  }
  return found;
}
