import type { Objective } from "./objective";
import { slopeByDifferences } from "./selfCheck/slopeByDifferences";

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
/** Differences that leave more than this open, relative to the slope, decide nothing. */
const SETTLED = 1e-3;
const DIRECTIONS = 3;
/** Of very many unknowns, partial derivatives looked at one by one to say which is wrong. */
const MOST_PARTIALS = 64;
/** How far from the start to look where the start itself has no slope to compare with. */
const BESIDE = 1e-3;

type SlopeAlong = (x: Float64Array, v: Float64Array) => number;

/**
 * Compares the gradient, the forward-mode slope and central differences along seeded random directions at the start:
 * three ways to one number that share no code but the rule table and, for the last, nothing at all. Where the start is no place to
 * compare (a kink, no value), a point beside it may still show that a derivative is wrong.
 */
export function selfCheck(objective: Objective, slopeAlong: SlopeAlong, directions = DIRECTIONS): SelfCheck {
  const start = new Place(objective, slopeAlong, objective.start);
  const none = { verdict: "unchecked" as const, reverseForward: NaN, reverseDifference: NaN, directions: 0 };
  if (!Number.isFinite(start.value)) return { ...none, reason: "value", detail: "The value at the start is not finite, so there is nothing to compare there." };
  const along = start.alongAll(directions);
  if (!along.every(({ reverse, forward }) => Number.isFinite(reverse) && Number.isFinite(forward))) {
    return wrongBeside(objective, slopeAlong) ?? { ...none, reason: "derivative", detail: "The derivative at the start is not finite, so there is nothing to compare there." };
  }
  const numbers = { ...largest(along), directions };
  const shown = inWords(numbers);
  if (along.some((one) => !one.modesAgree)) return { verdict: "disagree", ...numbers, reason: "modes", ...start.worst(), detail: `The derivatives disagree: ${shown}.` };
  const off = along.filter((one) => !one.agrees);
  if (off.length === 0) return { verdict: "agree", ...numbers, detail: `Checked along ${directions} random ${directions === 1 ? "direction" : "directions"} at the start: ${shown}.` };
  // These two say something about the point, not about the derivative: there is a kink at it, or noise around it.
  if (off.every(({ isKink, isSettled }) => isKink || !isSettled)) {
    const isKink = off.some((one) => one.isKink);
    const detail = isKink ? "The start lies on a kink, where there is no one slope to compare with" : "Differences do not settle at the start (rounding noise)";
    return wrongBeside(objective, slopeAlong) ?? { verdict: "unchecked", ...numbers, reason: isKink ? "kink" : "unsettled", detail: `${detail}: ${shown}.` };
  }
  // `x === 0 ? 0 : …`: the derivative is that of a piece which is this one point.
  if (clearBeside(objective, slopeAlong)?.agrees) {
    return { verdict: "unchecked", ...numbers, reason: "kink", detail: `The derivative at the start is not the one beside it, which agrees with its differences: ${shown}.` };
  }
  return { verdict: "disagree", ...numbers, reason: "differences", ...start.worst(), detail: `The derivatives disagree: ${shown}.` };
}

/** A derivative that is wrong beside the start. */
function wrongBeside(objective: Objective, slopeAlong: SlopeAlong): SelfCheck | undefined {
  const clear = clearBeside(objective, slopeAlong);
  if (!clear || clear.agrees) return undefined;
  const { place, along } = clear;
  const numbers = { ...largest([along]), directions: 1 };
  return {
    verdict: "disagree", ...numbers, reason: along.modesAgree ? "differences" : "modes", ...place.worst(),
    detail: `The derivatives disagree beside the start: ${inWords(numbers)}.`,
  };
}

/** The comparison at a point beside the start, if it is a clear one. */
function clearBeside(objective: Objective, slopeAlong: SlopeAlong): { place: Place; along: Comparison; agrees: boolean } | undefined {
  const { start } = objective;
  const away = randomDirection(start.length, 7);
  const place = new Place(objective, slopeAlong, start.map((x, k) => x + BESIDE * Math.sqrt(start.length) * (away[k] ?? 0) * Math.max(1, Math.abs(x))));
  const [along] = place.alongAll(1);
  if (!along || !Number.isFinite(along.reverse + along.forward) || !along.isSettled || along.isKink) return undefined;
  return { place, along, agrees: along.modesAgree && along.agrees };
}

interface Comparison {
  reverse: number;
  forward: number;
  difference: number;
  reverseForward: number;
  reverseDifference: number;
  modesAgree: boolean;
  agrees: boolean;
  isSettled: boolean;
  isKink: boolean;
}

/** One point, and what the three ways give there. */
class Place {
  readonly value: number;
  private readonly gradient: Float64Array;

  constructor(private readonly objective: Objective, private readonly slopeAlong: SlopeAlong, private readonly x: Float64Array) {
    this.gradient = objective.gradient(x, new Float64Array(x.length));
    this.value = objective.value(x);
  }

  /** Directions in which every coordinate moves in proportion to its size. */
  alongAll(directions: number): Comparison[] {
    return Array.from({ length: directions }, (_, index) =>
      this.along(randomDirection(this.x.length, index).map((d, k) => d * Math.max(1, Math.abs(this.x[k] ?? 0)))));
  }

  /** Which partial derivative disagrees most: along a coordinate a direction is easy to understand. */
  worst(): Pick<SelfCheck, "worst"> {
    let worst: SelfCheck["worst"];
    let most = 0;
    for (let k = 0; k < Math.min(this.x.length, MOST_PARTIALS); k++) {
      const direction = new Float64Array(this.x.length);
      direction[k] = 1;
      const { reverse, forward, difference, reverseForward, reverseDifference } = this.along(direction);
      const error = Math.max(reverseForward, reverseDifference);
      if (!(error > most)) continue;
      most = error;
      worst = { coordinate: this.objective.labels?.[k] ?? this.objective.coordinates[k] ?? "", reverse, forward, difference };
    }
    return worst ? { worst } : {};
  }

  private along(direction: Float64Array): Comparison {
    const { objective, x, value } = this;
    const { slope: reverse, terms } = dot(this.gradient, direction);
    const forward = this.slopeAlong(x, direction);
    const floor = Math.max(terms, 1e-12 * Math.abs(value), Number.MIN_VALUE);
    const reverseForward = Math.abs(reverse - forward) / floor;
    const at = (h: number): number => objective.value(x.map((xk, k) => xk + h * (direction[k] ?? 0)));
    const { slope, error, reach, isKink } = slopeByDifferences(at, value, reverse, 0.1 * DIFFERENCE * floor);
    const size = Math.max(floor, 1e-6 * Math.abs(value), 1e-4 * reach);
    const reverseDifference = Math.abs(reverse - slope) / size;
    return {
      reverse, forward, difference: slope, reverseForward, reverseDifference, isKink,
      modesAgree: !(reverseForward > EXACT) || Math.abs(reverse - forward) <= EXACT * floor + 16 * this.rounding(direction, reverse),
      agrees: reverseDifference <= DIFFERENCE || (error <= SETTLED * size && Math.abs(reverse - slope) <= 4 * error),
      isSettled: error <= SETTLED * size,
    };
  }

  /** How much the slope moves when the point moves by less than it can be told apart from: where terms cancel, more than it rounds. */
  private rounding(direction: Float64Array, slope: number): number {
    const moved = this.x.map((x, k) => x * (1 + ((k & 1) === 0 ? 4 : -4) * Number.EPSILON));
    return Math.abs(dot(this.objective.gradient(moved, new Float64Array(moved.length)), direction).slope - slope);
  }
}

/** The product, and the size of the terms it is the sum of. */
function dot(a: Float64Array, b: Float64Array): { slope: number; terms: number } {
  let [slope, terms] = [0, 0];
  for (const [k, ak] of a.entries()) {
    const term = ak * (b[k] ?? 0);
    slope += term;
    terms += Math.abs(term);
  }
  return { slope, terms };
}

/** A difference may be no number where the function ends beside the start: then it is the one that says so. */
function largest(along: readonly Comparison[]): { reverseForward: number; reverseDifference: number } {
  const most = (errors: readonly number[]): number => errors.reduce((worst, one) => (Number.isNaN(one) || one > worst ? one : worst), 0);
  return { reverseForward: most(along.map((one) => one.reverseForward)), reverseDifference: most(along.map((one) => one.reverseDifference)) };
}

const inWords = ({ reverseForward, reverseDifference }: { reverseForward: number; reverseDifference: number }): string =>
  `reverse and forward mode differ by ${scientific(reverseForward)}, reverse mode and differences by ${scientific(reverseDifference)} (relative)`;

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
