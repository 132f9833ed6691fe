import type { Objective, Plane } from "../objective";
import { chooseLevels } from "./levels";
import { coordinatePlane } from "./plane";
import { type ViewWindow, viewWindow } from "./viewWindow";

/** The lowest point known before anything has run, as `explore` finds it (the highest, of a climb). */
export interface LowPoint {
  best: Float64Array;
  bestValue: number;
  /** Whether it is as good as stationary, rather than a station on the way to nowhere. */
  settled: boolean;
}

export interface SampleOptions {
  /** Absent: chosen from the start, the path and the minimum found. */
  window?: ViewWindow;
  start?: Float64Array;
  /** Iterates to keep in sight, row-major. */
  path?: Float64Array;
  /** The minimum to keep in sight; without it only the path's own is known. */
  explored?: LowPoint;
  /** Whether the path climbs: then it is the top that is looked for. */
  maximize?: boolean;
  columns: number;
  rows: number;
  /** The values over the window's plane (`contourPlane`), where they are there already. */
  values?: Float64Array;
}

/** One variable: the curve and its derivative, sampled evenly over the window, ends included. */
export interface Curve {
  kind: "curve";
  x: [number, number];
  values: Float64Array;
  derivatives: Float64Array;
}

/** Two variables: values on a grid, row-major, row 0 at y[0], with the levels of its contours. */
export interface Contours {
  kind: "contour";
  window: ViewWindow;
  columns: number;
  rows: number;
  values: Float64Array;
  levels: Float64Array;
  scale: "linear" | "log";
}

/** What there is to see of an objective; null above two variables, until one chooses which two. */
export function sampleLandscape(objective: Objective, options: SampleOptions): Curve | Contours | null {
  if (objective.dimension < 1 || objective.dimension > 2) return null;
  const window = options.window ?? chooseWindow(objective, options);
  if (objective.dimension === 1) return sampleCurve(objective, window.x, options.columns);
  return sampleContours(objective, window, options);
}

export function sampleCurve(objective: Objective, [low, high]: [number, number], count: number): Curve {
  const values = new Float64Array(count);
  const derivatives = new Float64Array(count);
  const x = new Float64Array(1);
  const slope = new Float64Array(1);
  for (let i = 0; i < count; i++) {
    x[0] = count === 1 ? low : low + ((high - low) * i) / (count - 1);
    values[i] = objective.valueAndGradient(x, slope);
    derivatives[i] = slope[0] ?? NaN;
  }
  return { kind: "curve", x: [low, high], values, derivatives };
}

/** What the contours in a window are contours over. */
export function contourPlane(objective: Objective, window: ViewWindow): Plane {
  return coordinatePlane(objective.start, window);
}

function sampleContours(objective: Objective, window: ViewWindow, options: SampleOptions): Contours {
  const { columns, rows, explored, path, maximize } = options;
  const values = options.values ?? objective.grid(contourPlane(objective, window), columns, rows);
  const inSight = explored && within(window, explored.best) && Number.isFinite(explored.bestValue);
  const way = path && maximize !== true ? wayOf(objective, path, window) : undefined;
  const { levels, scale } = chooseLevels(values, { columns, ...(way && { way }), ...(inSight ? { lowest: explored.bestValue } : {}) });
  return { kind: "contour", window, columns, rows, values, levels, scale };
}

/** Shorter than this part of the picture, the steps are a dot in it whatever the levels. */
const shortestWay = 0.2;

/** Values along a path from its third step on: by then a good learning rate has come down to the floor. */
function wayOf(objective: Objective, path: Float64Array, { x, y }: ViewWindow): Float64Array | undefined {
  const steps = path.length / 2;
  const stride = Math.max(1, Math.ceil((steps - 3) / 64));
  const rows: Float64Array[] = [];
  for (let k = 3; k < steps; k += stride) rows.push(path.slice(2 * k, 2 * k + 2));
  const goes = (axis: number, [low, high]: readonly [number, number]): number => {
    const along = rows.map((row) => row[axis] ?? NaN);
    return (Math.max(...along) - Math.min(...along)) / (high - low);
  };
  const isLong = Math.max(goes(0, x), goes(1, y)) >= shortestWay;
  return isLong ? Float64Array.from(rows, (row) => objective.value(row)) : undefined;
}

function within({ x, y }: ViewWindow, point: Float64Array): boolean {
  const [px = NaN, py = NaN] = point;
  return px >= x[0] && px <= x[1] && py >= y[0] && py <= y[1];
}

/** Where to look, if nobody says. */
export function chooseWindow(objective: Objective, { start = objective.start, path, explored, maximize, columns, rows }: SampleOptions): ViewWindow {
  const sign = maximize ? -1 : 1;
  const size = Math.max(1, ...start.map(Math.abs));
  const near = (point: Float64Array, limit: number) =>
    point.every((p, i) => Math.abs(p - (start[i] ?? 0)) <= limit * size);
  const minima: Float64Array[] = [];
  const reached = path && bestOf(objective, path, sign);
  if (reached && near(reached, 1e3)) minima.push(reached);
  // Where nothing was found downhill the exploration may be anywhere: then only what is close by is of interest.
  if (explored && near(explored.best, explored.settled ? 1e3 : 10)) minima.push(explored.best);
  minima.sort((a, b) => sign * (objective.value(a) - objective.value(b)));
  const scale = naturalScale(objective, minima[0] ?? start);
  return viewWindow(objective.dimension, { start, minima, scale, aspect: columns / rows, ...(path && { path }) });
}

/** The best of a path, looked at in up to 512 places and at its end. */
function bestOf(objective: Objective, path: Float64Array, sign: 1 | -1): Float64Array | undefined {
  const { dimension } = objective;
  const count = Math.floor(path.length / dimension);
  const stride = Math.max(1, Math.ceil(count / 512));
  let best: Float64Array | undefined;
  let lowest = Infinity;
  for (let k = 0; k < count; k += stride) {
    const row = count - 1 - k;
    const point = path.slice(row * dimension, (row + 1) * dimension);
    const value = sign * objective.value(point);
    if (value < lowest && value > -Infinity) {
      lowest = value;
      best = point;
    }
  }
  return best;
}

/** A coordinate with a hundred times the curvature is seen ten times as closely: 1/√|∂²f/∂xᵢ²|. */
function naturalScale(objective: Objective, point: Float64Array): [number, number] {
  if (objective.dimension < 2) return [1, 1];
  const hessian = objective.hessian(point);
  const ratio = Math.sqrt(Math.abs((hessian[3] ?? NaN) / (hessian[0] ?? NaN))); // x's scale in units of y's
  return ratio >= 1e-3 && ratio <= 1e3 ? [ratio, 1] : [1, 1];
}
