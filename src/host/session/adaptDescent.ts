import type { DescentIntent, ObjectiveSnapshot } from "../../shared/protocol";

/** A start of another dimension says nothing about this objective: its own holds again. */
export function adaptDescent(descent: DescentIntent, objective: ObjectiveSnapshot): DescentIntent {
  const { start, ...rest } = descent;
  return start?.length === objective.dimension ? descent : rest;
}
