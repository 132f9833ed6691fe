import type { Objective } from "../../objective";
import { minimize } from "../minimize";
import type { RunOptions } from "../types";
import type { Experiment } from "./experiment";
import { seeded } from "../seeded";
import { trial } from "./trial";

type Window = readonly (readonly [number, number])[];

/** Starts on a lattice of so many a side, or so many at random. */
export type Scatter = { readonly kind: "grid"; readonly side: number } | { readonly kind: "random"; readonly count: number; readonly seed: number };

export interface Basins {
  /** One a row, dimension columns. */
  readonly starts: Float64Array;
  /** Of each start: the index of the minimum it leads to; −1: to none. */
  readonly reached: Int32Array;
  readonly iterations: Int32Array;
  /** The most visited first. */
  readonly minima: readonly { readonly x: Float64Array; readonly value: number; readonly visitors: number }[];
}

/** Ends nearer than this share of the window to one another are one. */
const nearby = 1e-2;
const mostStarts = 40_000;

/** Where runs from all over a window ([min, max] a coordinate) lead. */
export function* basins(objective: Objective, options: Omit<RunOptions, "start">, window: Window, scatter: Scatter): Experiment<Basins> {
  const { dimension } = objective;
  if (window.length !== dimension) throw new RangeError(`The window has ${window.length} sides, but ${objective.name} has ${dimension} coordinates.`);
  const starts = startsOf(window, scatter);
  const total = starts.length / dimension;
  const reached = new Int32Array(total).fill(-1);
  const iterations = new Int32Array(total);
  const places = new Places(objective, options.maximize ?? false, nearby * Math.hypot(...window.map(([low, high]) => high - low)));
  for (let k = 0; k < total; k++) {
    const start = starts.slice(k * dimension, (k + 1) * dimension);
    const ended = yield* trial(objective, { ...options, start }, { done: k, total });
    iterations[k] = ended.iterations;
    if (ended.outcome === "converged") reached[k] = places.add(ended.end);
    yield { done: k + 1, total };
  }
  const { minima, rank } = places.ranked();
  return { starts, reached: reached.map((index) => rank[index] ?? -1), iterations, minima };
}

/** Where runs ended, each place once. */
class Places {
  private readonly found: { x: Float64Array; value: number; visitors: number }[] = [];

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
    return this.found.push({ ...this.settled(end), visitors: 1 }) - 1;
  }

  /** The most visited first, and which rank each index has. */
  ranked(): { minima: Basins["minima"]; rank: number[] } {
    const order = this.found.map((_, k) => k).sort((a, b) => (this.found[b]?.visitors ?? 0) - (this.found[a]?.visitors ?? 0) || a - b);
    const rank: number[] = [];
    order.forEach((index, k) => (rank[index] = k));
    return { minima: order.flatMap((index) => this.found[index] ?? []), rank };
  }

  /** The minimum itself, to its last digits, where a run only came near it. */
  private settled(end: Float64Array): { x: Float64Array; value: number } {
    const { objective, maximize } = this;
    const { iterates, iterations, dimension } = minimize(objective, { method: "bfgs", start: end, maximize, maxIterations: 100, stop: { gradientNorm: 1e-10 } });
    const polished = iterates.slice(iterations * dimension);
    const x = distance(polished, end) <= this.radius ? polished : end;
    return { x, value: objective.value(x) };
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
