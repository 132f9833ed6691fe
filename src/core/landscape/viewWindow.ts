import { niceRange } from "./nice";

/** What is seen, over the first two coordinates. One-variable functions use only `x`. */
export interface ViewWindow {
  x: [number, number];
  y: [number, number];
}

export interface InSight {
  start: Float64Array;
  /** Low points worth seeing; the first is what the window is centred about, as far as the start allows. */
  minima?: readonly Float64Array[];
  /** Iterates, row-major, rows as long as `start`. */
  path?: Float64Array;
  /** How far apart two values of each coordinate are to make as much of a difference: only the ratio counts. */
  scale?: readonly [number, number];
  /** Width of the picture over its height. Given, comparable axes get one scale, so that a circle looks round. */
  aspect?: number;
}

/** A path may take the window this many times beyond what start and minima span, on either side; the rest of it leaves. */
const reach = 2;
/** How much of the far side of a minimum is shown, relative to the side of the start. */
const farSide = 0.75;
const margin = 0.12;
/** A curve has the room to show what lies beside it. */
const curveMargin = 0.35;
/** No axis is shown shorter than this part of the other. */
const narrowest = 0.5;
/** Axes are comparable while one scale for both makes neither more than this many times longer. */
const comparable = 4;

/** The window that shows the start, the minima and the path, without letting a path that ran away decide. */
export function viewWindow(dimension: number, { start, minima = [], path, scale = [1, 1], aspect }: InSight): ViewWindow {
  const axes = dimension === 1 ? [0] : [0, 1];
  const anchors = [start, ...minima].filter((point) => axes.every((axis) => Number.isFinite(point[axis])));
  const spans = axes.map((axis) => new Span(anchors.map((point) => point[axis] ?? 0), axis));
  widen(spans, scale);
  if (path) includePath(spans, path, start.length);
  const centre = minima[0];
  if (centre) {
    for (const span of spans) {
      const lowest = centre[span.axis] ?? NaN;
      if (Number.isFinite(lowest)) span.include(lowest + farSide * (lowest - (start[span.axis] ?? NaN)));
    }
  }
  widen(spans, scale);
  const [x = [0, 1], y = [0, 1]] = spans.map((span) => span.padded(dimension === 1 ? curveMargin : margin));
  return dimension === 1 || aspect === undefined ? { x, y } : oneScale({ x, y }, aspect);
}

/** Lengthens the axis that is seen more closely, if the two are comparable at all. */
function oneScale({ x, y }: ViewWindow, aspect: number): ViewWindow {
  const [width, height] = [x[1] - x[0], y[1] - y[0]];
  const ratio = width / (height * aspect);
  if (!(ratio < comparable && ratio > 1 / comparable)) return { x, y };
  return ratio < 1 ? { x: lengthened(x, height * aspect), y } : { x, y: lengthened(y, width / aspect) };
}

function lengthened([low, high]: [number, number], length: number): [number, number] {
  const missing = length - (high - low);
  return [low - missing / 2, high + missing / 2];
}

class Span {
  low: number;
  high: number;

  constructor(
    points: readonly number[],
    readonly axis: number,
  ) {
    this.low = points.length > 0 ? Math.min(...points) : 0;
    this.high = points.length > 0 ? Math.max(...points) : 0;
  }

  get length(): number {
    return this.high - this.low;
  }

  /** So short that its ends can hardly be told apart in a double. */
  get degenerate(): boolean {
    return this.length <= 1e-9 * Math.max(Math.abs(this.low), Math.abs(this.high));
  }

  include(value: number): void {
    if (!Number.isFinite(value)) return;
    this.low = Math.min(this.low, value);
    this.high = Math.max(this.high, value);
  }

  widenTo(length: number): void {
    const missing = length - this.length;
    if (!(missing > 0 && missing < Infinity)) return;
    this.low -= missing / 2;
    this.high += missing / 2;
  }

  padded(margin: number): [number, number] {
    return niceRange(this.low - margin * this.length, this.high + margin * this.length);
  }
}

/**
 * Gives every axis a length: its own, or one in proportion to the other's (its scale can make that less, never more), or
 * where there is none, the size of the point.
 */
function widen(spans: readonly Span[], scale: readonly [number, number]): void {
  const lengths = spans.map((span) => (span.degenerate ? 0 : span.length));
  if (lengths.every((length) => length === 0)) {
    for (const span of spans) span.widenTo(Math.max(2, Math.abs(span.low)));
    return;
  }
  for (const span of spans) {
    const shares = spans.map((other, k) => {
      return (lengths[k] ?? 0) * Math.min(1, (scale[span.axis] ?? 1) / (scale[other.axis] ?? 1));
    });
    span.widenTo(narrowest * Math.max(...shares));
  }
}

function includePath(spans: readonly Span[], path: Float64Array, stride: number): void {
  const limits = spans.map(({ axis, low, high, length }) => ({ axis, low: low - reach * length, high: high + reach * length }));
  for (let offset = 0; offset + stride <= path.length; offset += stride) {
    const inside = limits.every(({ axis, low, high }) => {
      const value = path[offset + axis] ?? NaN;
      return value >= low && value <= high;
    });
    if (inside) for (const span of spans) span.include(path[offset + span.axis] ?? NaN);
  }
}
