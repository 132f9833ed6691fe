import type { Objective } from "../core/objective";
import type { CheckSnapshot } from "../shared/protocol";

/** Milliseconds that comparing may take: nobody has asked for it, and nothing else is computed meanwhile. */
const budget = 150;
/** Values a direction takes: five steps of four each, and a few more. */
const valuesPerDirection = 26;
const mostDirections = 3;

/** Compares the gradient with forward mode and differences, along as many directions as there is time for. */
export function checkObjective(id: number, objective: Objective, now: () => number): CheckSnapshot {
  const began = now();
  objective.value(objective.start);
  const one = now() - began;
  const directions = Math.min(mostDirections, Math.floor(budget / (valuesPerDirection * one)));
  const none = { objective: id, verdict: "unchecked" as const, reverseForward: NaN, reverseDifference: NaN, directions: 0 };
  if (!objective.selfCheck) return { ...none, detail: "This function has nothing to compare its gradient with." };
  if (!(directions >= 1)) return { ...none, reason: "time", detail: "One value of this function takes so long that comparing would make you wait." };
  return { objective: id, ...objective.selfCheck(directions) };
}
