import type { Objective } from "./objective";

/** What comparing three independent derivatives at the start came to. */
export interface SelfCheck {
  verdict: "agree" | "disagree" | "unchecked";
  /** |reverse − forward| and |reverse − central differences| along random directions, the largest, relative to the terms they are sums of. */
  reverseForward: number;
  reverseDifference: number;
  /** One sentence for the person. */
  detail: string;
  /** How many directions were looked along. */
  directions: number;
  /** Where they do not agree, or could not be compared: what stood in the way. */
  reason?: "value" | "derivative" | "kink" | "unsettled" | "modes" | "differences";
  /** Where they disagree: the partial derivative that does most, and what each way gives for it. */
  worst?: { coordinate: string; reverse: number; forward: number; difference: number };
}

/** Reverse and forward mode are both exact; differences carry truncation and rounding errors. */
const EXACT = 1e-9;
const DIFFERENCE = 1e-5;
const DIRECTIONS = 3;
/** Of very many unknowns, partial derivatives looked at one by one to say which is wrong. */
const MOST_PARTIALS = 64;

/**
 * Compares the gradient, the forward-mode slope and central differences along seeded random directions at the start:
 * three ways to one number that share no code but the rule table and, for the last, nothing at all.
 */
export function selfCheck(objective: Objective, slopeAlong: (x: Float64Array, v: Float64Array) => number, directions = DIRECTIONS): SelfCheck {
  const x = objective.start;
  const gradient = objective.gradient(x);
  const value = objective.value(x);
  const none = { verdict: "unchecked" as const, reverseForward: NaN, reverseDifference: NaN, directions: 0 };
  if (!Number.isFinite(value)) return { ...none, reason: "value", detail: "The value at the start is not finite, so there is nothing to compare there." };
  const along = Array.from({ length: directions }, (_, index) => compare(objective, slopeAlong, gradient, value, randomDirection(x.length, index)));
  if (!along.every(({ reverse, forward }) => Number.isFinite(reverse) && Number.isFinite(forward))) {
    return { ...none, reason: "derivative", detail: "The derivative at the start is not finite, so there is nothing to compare there." };
  }

  const reverseForward = Math.max(...along.map((one) => one.reverseForward));
  // A difference may be no number where the function ends beside the start: then it is the one that says so.
  const reverseDifference = along.map((one) => one.reverseDifference).reduce((most, one) => (Number.isNaN(one) || one > most ? one : most), 0);
  const numbers = { reverseForward, reverseDifference, directions };
  const shown = `reverse and forward mode differ by ${scientific(reverseForward)}, reverse mode and differences by ${scientific(reverseDifference)} (relative)`;
  const worst = (): Pick<SelfCheck, "worst"> => worstPartial(objective, slopeAlong, gradient, value);
  if (reverseForward > EXACT) return { verdict: "disagree", ...numbers, reason: "modes", ...worst(), detail: `The derivatives disagree: ${shown}.` };
  const off = along.filter((one) => !(one.reverseDifference <= DIFFERENCE));
  if (off.length === 0) return { verdict: "agree", ...numbers, detail: `Checked along ${directions} random ${directions === 1 ? "direction" : "directions"} at the start: ${shown}.` };
  // These two say something about the point, not about the derivative: there is a kink at it, or noise around it.
  if (off.every(({ isKink, isSettled }) => isKink || !isSettled) && off.some(({ isKink }) => isKink)) {
    return { verdict: "unchecked", ...numbers, reason: "kink", detail: `The start lies on a kink, where there is no one slope to compare with: ${shown}.` };
  }
  if (off.every(({ isSettled }) => !isSettled)) {
    return { verdict: "unchecked", ...numbers, reason: "unsettled", detail: `Differences do not settle at the start (rounding noise): ${shown}.` };
  }
  return { verdict: "disagree", ...numbers, reason: "differences", ...worst(), detail: `The derivatives disagree: ${shown}.` };
}

interface Comparison {
  reverse: number;
  forward: number;
  difference: number;
  reverseForward: number;
  reverseDifference: number;
  isSettled: boolean;
  isKink: boolean;
}

function compare(
  objective: Objective, slopeAlong: (x: Float64Array, v: Float64Array) => number, gradient: Float64Array, value: number, direction: Float64Array,
): Comparison {
  let reverse = 0;
  let scale = 0;
  for (const [k, g] of gradient.entries()) {
    reverse += g * (direction[k] ?? 0);
    scale += Math.abs(g * (direction[k] ?? 0));
  }
  const forward = slopeAlong(objective.start, direction);
  const floor = Math.max(scale, 1e-12 * Math.abs(value), Number.MIN_VALUE);
  const { slope, spread, isKink } = differences(objective, objective.start, direction, value);
  return {
    reverse, forward, difference: slope, reverseForward: Math.abs(reverse - forward) / floor,
    reverseDifference: Math.abs(reverse - slope) / Math.max(floor, 1e-6 * Math.abs(value)),
    isSettled: spread <= 1e-3 * Math.max(Math.abs(slope), floor), isKink,
  };
}

/** Which partial derivative disagrees most: along a coordinate a direction is easy to understand. */
function worstPartial(
  objective: Objective, slopeAlong: (x: Float64Array, v: Float64Array) => number, gradient: Float64Array, value: number,
): Pick<SelfCheck, "worst"> {
  let worst: SelfCheck["worst"];
  let most = 0;
  for (let k = 0; k < Math.min(gradient.length, MOST_PARTIALS); k++) {
    const direction = new Float64Array(gradient.length);
    direction[k] = 1;
    const { reverse, forward, difference, reverseForward, reverseDifference } = compare(objective, slopeAlong, gradient, value, direction);
    const error = Math.max(reverseForward, reverseDifference);
    if (!(error > most)) continue;
    most = error;
    worst = { coordinate: objective.coordinates[k] ?? "", reverse, forward, difference };
  }
  return worst ? { worst } : {};
}

/** The best of several step sizes: the pair of neighbours that agree most. */
function differences(objective: Objective, x: Float64Array, direction: Float64Array, value: number): { slope: number; spread: number; isKink: boolean } {
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
  // Slopes to either side that differ, and differ as much a hundred times closer.
  const [far, near] = [1e-4, 1e-6].map((step) => (at(step * size) - 2 * value + at(-step * size)) / (step * size));
  const isKink = Math.abs(near ?? NaN) > Math.max(0.5 * Math.abs(far ?? NaN), 1e-3 * Math.abs(best.slope));
  return { ...best, isKink };
}

/** Unit length, every component nonzero, the same for every objective of a dimension. */
function randomDirection(dimension: number, index: number): Float64Array {
  let state = Math.imul(0x9e3779b9, 2 * index + 1);
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
