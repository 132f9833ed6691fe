import type { Look } from "./line";

/** Sufficient decrease and curvature (Nocedal and Wright, §3.1). */
export interface Wolfe {
  readonly c1: number;
  readonly c2: number;
}

/** So near the start's value two values say nothing about which is lower: their difference is rounding. */
const noise = 1e-12;

export function withinNoise(start: Look, look: Look): boolean {
  return Math.abs(look.value - start.value) <= noise * Math.abs(start.value);
}

export function isLowEnough(start: Look, look: Look, { c1 }: Wolfe): boolean {
  return look.value <= start.value + c1 * look.at * start.slope;
}

/**
 * Hager and Zhang's test (2005): on a parabola, sufficient decrease says φ′(α) ≤ (2δ − 1) φ′(0), and slopes have all their
 * digits where the differences of values have none left. Only asked there.
 */
export function isApproximatelyLowEnough(start: Look, look: Look): boolean {
  return withinNoise(start, look) && look.slope <= (2 * 0.1 - 1) * start.slope;
}

export function isFlatEnough(start: Look, look: Look, { c2 }: Wolfe): boolean {
  return Math.abs(look.slope) <= -c2 * start.slope;
}
