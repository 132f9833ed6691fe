import type { Objective } from "../../objective";
import { symmetricEigen } from "../linearAlgebra/symmetricEigen";
import { minimize } from "../minimize";
import { seeded } from "../seeded";
import type { RunOptions } from "../types";
import type { Experiment } from "./experiment";
import { inTurn } from "./plan";
import { type TrialPlan, trials } from "./trial";

type Window = readonly (readonly [number, number])[];

/** Starts on a lattice of so many a side, or so many at random. */
export type Scatter = { readonly kind: "grid"; readonly side: number } | { readonly kind: "random"; readonly count: number; readonly seed: number };

/** Where runs came to rest. A start on a ridge may end on a saddle, where nothing pushes it down on either side. */
export interface Place {
  readonly x: Float64Array;
  readonly value: number;
  readonly visitors: number;
  /** Whether the function bends upwards there in every direction (downwards, of a climb), or at least not the other way. */
  readonly isMinimum: boolean;
}

export interface Basins {
  /** One a row, dimension columns. */
  readonly starts: Float64Array;
  /** Of each start: the index of the place it leads to; `underWay` or `left` where it leads to none. */
  readonly reached: Int32Array;
  readonly iterations: Int32Array;
  /** The most visited first. */
  readonly minima: readonly Place[];
}

/** The iterations were over before it had come to rest. */
export const underWay = -1;
/** It diverged, or could not begin. */
export const left = -2;

/** Ends nearer than this share of the window to one another are one. */
const nearby = 1e-2;
const mostStarts = 40_000;
/** The curvature of more coordinates is not looked at in every direction. */
const mostDimensions = 50;

/** Where runs from all over a window ([min, max] a coordinate) lead. */
export function basins(objective: Objective, options: Omit<RunOptions, "start">, window: Window, scatter: Scatter): Experiment<Basins> {
  return inTurn(planBasins(objective, options, window, scatter), trials(objective));
}

export function* planBasins(objective: Objective, options: Omit<RunOptions, "start">, window: Window, scatter: Scatter): TrialPlan<Basins> {
  const { dimension } = objective;
  if (window.length !== dimension) throw new RangeError(`The window has ${window.length} sides, but ${objective.name} has ${dimension} coordinates.`);
  const starts = startsOf(window, scatter);
  const total = starts.length / dimension;
  const tasks = Array.from({ length: total }, (_, k) => ({ options: { ...options, start: starts.slice(k * dimension, (k + 1) * dimension) } }));
  const made = yield { tasks, each: 1, total };
  const reached = new Int32Array(total);
  const places = new Places(objective, options.maximize ?? false, nearby * Math.hypot(...window.map(([low, high]) => high - low)));
  for (const [k, { outcome, end }] of made.entries()) {
    if (outcome === "converged") reached[k] = places.add(end);
    else reached[k] = outcome === "slow" || outcome === "oscillating" ? underWay : left;
    // A new place is looked at closely, which takes as long as a run.
    yield { tasks: [], each: 1, total };
  }
  const { minima, rank } = places.ranked();
  return { starts, reached: reached.map((index) => rank[index] ?? index), iterations: Int32Array.from(made, ({ iterations }) => iterations), minima };
}

/** Where runs ended, each place once. */
class Places {
  private readonly found: { x: Float64Array; value: number; visitors: number; isMinimum: boolean }[] = [];

  constructor(
    private readonly objective: Objective,
    private readonly maximize: boolean,
    private readonly radius: number,
  ) {}

  /** The index of the place that an end belongs to. */
  add(end: Float64Array): number {
    const known = this.found.findIndex(({ x }) => distance(x, end) <= this.radius);
    const place = this.found[known];
    if (place) {
      place.visitors++;
      return known;
    }
    const x = this.settled(end);
    return this.found.push({ x, value: this.objective.value(x), visitors: 1, isMinimum: this.isMinimum(x) }) - 1;
  }

  /** The most visited first, and which rank each index has. */
  ranked(): { minima: Basins["minima"]; rank: number[] } {
    const order = this.found.map((_, k) => k).sort((a, b) => (this.found[b]?.visitors ?? 0) - (this.found[a]?.visitors ?? 0) || a - b);
    const rank: number[] = [];
    order.forEach((index, k) => (rank[index] = k));
    return { minima: order.flatMap((index) => this.found[index] ?? []), rank };
  }

  /** The place itself, to its last digits, where a run only came near it. */
  private settled(end: Float64Array): Float64Array {
    const { objective, maximize } = this;
    const { iterates, iterations, dimension } = minimize(objective, { method: "bfgs", start: end, maximize, maxIterations: 100, stop: { gradientNorm: 1e-10 } });
    const polished = iterates.slice(iterations * dimension);
    return distance(polished, end) <= this.radius ? polished : end;
  }

  private isMinimum(x: Float64Array): boolean {
    const { objective, maximize } = this;
    if (objective.dimension > mostDimensions) return true;
    const curvatures = symmetricEigen(objective.hessian(x), objective.dimension).values.map((value) => (maximize ? -value : value));
    const largest = curvatures.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // At a kink, or where it is flat, curvature says nothing: the run came to rest there, and that is all there is to know.
    return !curvatures.some((value) => value < -1e-6 * largest);
  }
}

function startsOf(window: Window, scatter: Scatter): Float64Array {
  const dimension = window.length;
  const wanted = scatter.kind === "grid" ? scatter.side ** dimension : scatter.count;
  if (!(Number.isInteger(wanted) && wanted >= 1 && wanted <= mostStarts)) {
    throw new RangeError(`There can be 1 to ${mostStarts} starts, not ${wanted}.`);
  }
  const random = scatter.kind === "random" ? seeded(scatter.seed) : undefined;
  const starts = new Float64Array(wanted * dimension);
  for (let k = 0; k < wanted; k++) {
    window.forEach(([low, high], i) => {
      const share = scatter.kind === "grid" ? ((Math.floor(k / scatter.side ** i) % scatter.side) + 0.5) / scatter.side : (random?.() ?? 0);
      starts[k * dimension + i] = low + share * (high - low);
    });
  }
  return starts;
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.map((ai, i) => ai - (b[i] ?? 0)));
}
