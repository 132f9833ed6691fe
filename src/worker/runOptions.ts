import type { Objective } from "../core/objective";
import { methodOf } from "../core/optimize/methods";
import type { RunOptions } from "../core/optimize/types";
import type { DescentIntent } from "../shared/intent";

/** Coordinates that recorded runs may hold: with their gradients this is 80 MB. */
const mostRecorded = 5_000_000;
/** Of a run that may be longer than its record: coordinates, and iterates that anybody would step through. */
const mostKept = 1_600_000;
const mostFrames = 20_000;

/** What the engine is to do, of what the person asked for. Of several runs that are recorded at once each may be as long as memory bears. */
export function runOptions(objective: Objective, descent: DescentIntent, atOnce = 1) {
  const { maxIterations } = descent;
  return { ...wanted(objective, descent), maxIterations: Math.min(maxIterations, Math.max(1, Math.floor(mostRecorded / (atOnce * objective.dimension)))) } satisfies RunOptions;
}

/** The same of a run as long as one likes: of what would be too much to keep, evenly spread iterates stay. */
export function longRunOptions(objective: Objective, descent: DescentIntent) {
  const keep = Math.min(mostFrames, Math.floor(mostKept / objective.dimension));
  return { ...wanted(objective, descent), maxIterations: descent.maxIterations, keep } satisfies RunOptions;
}

function wanted(objective: Objective, descent: DescentIntent) {
  const { method, maximize, learningRate, parameters, lineSearch, gradientNorm, stop, schedule, clip, batch } = descent;
  // A method that looks before it steps has no use for these: they wait for one that has.
  const byRule = methodOf(method, lineSearch).kind === "rule";
  const hasData = batch !== undefined && objective.datasets?.().some(({ name }) => name === batch.dataset) === true;
  return {
    method, maximize, learningRate, parameters,
    ...(lineSearch === undefined ? {} : { lineSearch }),
    ...(byRule && schedule ? { schedule: { kind: schedule.kind, ...schedule.settings } } : {}),
    ...(byRule && clip && Object.keys(clip).length > 0 ? { clip } : {}),
    ...(byRule && batch && hasData ? { batch } : {}),
    start: startOf(objective, descent),
    stop: { ...stop, ...(gradientNorm > 0 ? { gradientNorm } : {}) },
  };
}

/** A start of another dimension says nothing about this objective. */
export function startOf(objective: Objective, { start }: DescentIntent): Float64Array {
  return start?.length === objective.dimension ? Float64Array.from(start) : objective.start;
}
