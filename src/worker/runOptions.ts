import type { Objective } from "../core/objective";
import type { RunOptions } from "../core/optimize/types";
import type { DescentIntent } from "../shared/protocol";

/** Coordinates that recorded runs may hold: with their gradients this is 80 MB. */
const mostRecorded = 5_000_000;

/** What the engine is to do, of what the person asked for. Of several runs that are recorded at once each may be as long as memory bears. */
export function runOptions(objective: Objective, descent: DescentIntent, atOnce = 1) {
  const { method, maximize, learningRate, parameters, lineSearch, maxIterations, gradientNorm } = descent;
  return {
    method, maximize, learningRate, parameters,
    ...(lineSearch === undefined ? {} : { lineSearch }),
    maxIterations: Math.min(maxIterations, Math.max(1, Math.floor(mostRecorded / (atOnce * objective.dimension)))),
    start: startOf(objective, descent),
    stop: gradientNorm > 0 ? { gradientNorm } : {},
  } satisfies RunOptions;
}

/** A start of another dimension says nothing about this objective. */
export function startOf(objective: Objective, { start }: DescentIntent): Float64Array {
  return start?.length === objective.dimension ? Float64Array.from(start) : objective.start;
}
