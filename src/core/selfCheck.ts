import type { Objective } from "./objective";

/** What comparing three independent derivatives at the start came to. */
export interface SelfCheck {
  verdict: "agree" | "disagree" | "unchecked";
  /** |reverse − forward| and |reverse − central differences| along one random direction, relative to the terms they are sums of. */
  reverseForward: number;
  reverseDifference: number;
  /** One sentence for the person. */
  detail: string;
}

/** Reverse and forward mode are both exact; differences carry truncation and rounding errors. */
const EXACT = 1e-9;
const DIFFERENCE = 1e-5;

/**
 * Compares the gradient, the forward-mode slope and central differences along a seeded random direction at the start:
 * three ways to one number that share no code but the rule table and, for the last, nothing at all.
 */
export function selfCheck(objective: Objective, slopeAlong: (x: Float64Array, v: Float64Array) => number): SelfCheck {
  const x = objective.start;
  const direction = randomDirection(x.length);
  const gradient = objective.gradient(x);
  let reverse = 0;
  let scale = 0;
  for (const [k, g] of gradient.entries()) {
    reverse += g * (direction[k] ?? 0);
    scale += Math.abs(g * (direction[k] ?? 0));
  }
  const forward = slopeAlong(x, direction);
  const value = objective.value(x);
  const none = { verdict: "unchecked" as const, reverseForward: NaN, reverseDifference: NaN };
  if (!Number.isFinite(value)) return { ...none, detail: "The value at the start is not finite, so there is nothing to compare there." };
  if (!Number.isFinite(reverse) || !Number.isFinite(forward)) return { ...none, detail: "The derivative at the start is not finite, so there is nothing to compare there." };

  const floor = Math.max(scale, 1e-12 * Math.abs(value), Number.MIN_VALUE);
  const reverseForward = Math.abs(reverse - forward) / floor;
  const { slope, spread } = differences(objective, x, direction, value);
  const reverseDifference = Math.abs(reverse - slope) / Math.max(floor, 1e-6 * Math.abs(value));
  const shown = `reverse and forward mode differ by ${scientific(reverseForward)}, reverse mode and differences by ${scientific(reverseDifference)} (relative)`;
  if (reverseForward > EXACT) return { verdict: "disagree", reverseForward, reverseDifference, detail: `The derivatives disagree: ${shown}.` };
  if (reverseDifference <= DIFFERENCE) return { verdict: "agree", reverseForward, reverseDifference, detail: `Checked along a random direction at the start: ${shown}.` };
  // Differences that do not settle say something about the point (a kink, noise), not about the derivative.
  if (!(spread <= 1e-3 * Math.max(Math.abs(slope), floor))) {
    return { verdict: "unchecked", reverseForward, reverseDifference, detail: `Differences do not settle at the start (a kink or rounding noise): ${shown}.` };
  }
  return { verdict: "disagree", reverseForward, reverseDifference, detail: `The derivatives disagree: ${shown}.` };
}

/** The best of several step sizes: the pair of neighbours that agree most. */
function differences(objective: Objective, x: Float64Array, direction: Float64Array, value: number): { slope: number; spread: number } {
  const size = Math.max(1, Math.hypot(...(x.length < 1000 ? x : [1])));
  const at = (h: number): number => objective.value(x.map((xk, k) => xk + h * (direction[k] ?? 0)));
  const slopes = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7].map((step) => {
    const h = step * size;
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  });
  let best = { slope: NaN, spread: Infinity };
  for (let k = 1; k < slopes.length; k++) {
    const [a, b] = [slopes[k - 1] ?? NaN, slopes[k] ?? NaN];
    if (Math.abs(a - b) < best.spread) best = { slope: b, spread: Math.abs(a - b) };
  }
  return Number.isFinite(value) ? best : { slope: NaN, spread: Infinity };
}

/** Unit length, every component nonzero, the same for every objective of a dimension. */
function randomDirection(dimension: number): Float64Array {
  let state = 0x9e3779b9;
  const direction = Float64Array.from({ length: dimension }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const uniform = (state >>> 0) / 4294967296;
    return (uniform < 0.5 ? -1 : 1) * (0.25 + Math.abs(uniform - 0.5));
  });
  let norm = 0;
  for (const component of direction) norm += component * component;
  return direction.map((component) => component / Math.sqrt(norm));
}

const scientific = (value: number): string => value.toExponential(1);
