import type { DescentIntent, ObjectiveSnapshot } from "../../shared/protocol";

/** A start of another dimension says nothing about this objective: its own holds again. */
export function adaptDescent(descent: DescentIntent, objective: ObjectiveSnapshot): DescentIntent {
  const { start, ...rest } = descent;
  return start?.length === objective.dimension ? descent : rest;
}

/** The learning rate follows what suits the function for as long as nobody has chosen another. */
export function suitLearningRate(descent: DescentIntent, before: number | undefined, now: number): DescentIntent {
  return before !== undefined && descent.learningRate === before ? { ...descent, learningRate: now } : descent;
}
