import type { DescentIntent } from "../../shared/intent";
import type { ObjectiveSnapshot } from "../../shared/protocol";

/** A start of another dimension says nothing about this objective: its own holds again. */
export function adaptDescent(descent: DescentIntent, objective: ObjectiveSnapshot): DescentIntent {
  const { start, ...rest } = descent;
  return start?.length === objective.dimension ? descent : rest;
}

/** Coordinates that are still there keep the starts a person gave them when other ones join or leave them. */
export function carryStart(descent: DescentIntent, { coordinates, start }: ObjectiveSnapshot, given: ReadonlyMap<string, number>): DescentIntent {
  const isGiven = (name: string): boolean => Number.isFinite(given.get(name) ?? NaN);
  if (descent.start || !coordinates.some(isGiven)) return descent;
  return { ...descent, start: coordinates.map((name, i) => (isGiven(name) ? given.get(name) : start[i]) ?? 0) };
}
