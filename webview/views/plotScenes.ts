import type { CurveScene } from "../chart/plots/curvePlot";
import type { MapScene } from "../chart/plots/mapPlot";
import type { SeriesScene } from "../chart/plots/seriesPlot";
import type { Mark } from "../chart/draw/drawMarks";
import type { PathLayer } from "../chart/draw/drawPath";
import type { ChartTheme } from "../chart/theme";
import { valueRange } from "../chart/valueRange";
import type { ViewWindow } from "../../src/shared/intent";
import type { CurveSnapshot, LandscapeSnapshot, ObjectiveSnapshot, RunSnapshot } from "../../src/shared/protocol";
import type { StationaryPointSnapshot } from "../../src/shared/questions";
import { iterationAt, lastFrame } from "../frames";
import { strings } from "../strings";
import { startOf } from "../store";
import type { State, View } from "../store";
import { overlayOf } from "./experiments/overlayScene";
import { symbolOf } from "./symbolOf";

type Ready = Extract<View, { kind: "ready" }>;

/** More lines than this cannot be told apart, let alone named. */
export const tracesShown = 8;
const fallback: ViewWindow = { x: [-1, 1], y: [-1, 1] };

/** The window on screen: the person's, or the one that was chosen with the landscape. */
export function windowOf(state: State): ViewWindow {
  const landscape = state.view.kind === "ready" ? state.view.landscape : null;
  if (state.intent?.window) return state.intent.window;
  if (!landscape) return fallback;
  return landscape.kind === "contour" ? landscape.window : { x: landscape.x, y: fallback.y };
}

/** The picture's: of the whole function, or of what the next step sees, where somebody wants to see that. */
export function landscapeOf({ minibatch }: State, { landscape, objective }: Ready): LandscapeSnapshot | null {
  return minibatch?.landscape?.objective === objective.id ? minibatch.landscape : landscape;
}

export function mapScene(state: State, view: Ready, theme: ChartTheme, held: boolean): MapScene {
  const { objective, run } = view;
  const landscape = landscapeOf(state, view);
  const [startX = NaN, startY = NaN] = startOf(state);
  const overlay = overlayOf(state);
  return {
    theme, overlay,
    window: windowOf(state),
    snapshot: landscape?.kind === "contour" ? landscape : null,
    names: [objective.coordinates[0] ?? "", objective.coordinates[1] ?? ""],
    marks: marksOf(state, objective, ({ at }) => at[1] ?? NaN),
    // Among the paths of a race its own would be one too many.
    path: pathOf(state, overlay.race ? null : run, (index) => run?.iterates[index * 2 + 1] ?? NaN, { x: startX, y: startY, held }),
  };
}

export function curveScene(state: State, view: Ready, theme: ChartTheme, held: boolean): CurveScene {
  const { objective, run } = view;
  const landscape = landscapeOf(state, view);
  const snapshot = landscape?.kind === "curve" ? landscape : null;
  const [start = NaN] = startOf(state);
  const at = Math.min(state.player.cursor, run ? lastFrame(run) : 0);
  const current = run
    ? { x: run.iterates[at] ?? NaN, value: run.values[at] ?? NaN, slope: run.gradients[at] ?? NaN }
    : { x: start, value: objective.atStart.value, slope: objective.atStart.gradient[0] ?? NaN };
  // While the handle is dragged the run is a moment behind, so its height comes from the curve that is on screen.
  const startValue = snapshot ? curveAt(snapshot, start) : objective.atStart.value;
  const overlay = overlayOf(state);
  return {
    theme, snapshot, overlay,
    window: windowOf(state).x,
    name: objective.coordinates[0] ?? "",
    symbol: symbolOf(objective.name),
    tangent: Number.isFinite(current.value) && Number.isFinite(current.slope) ? current : undefined,
    marks: marksOf(state, objective, ({ value }) => value),
    secant: state.secant ?? undefined,
    path: pathOf(state, overlay.race ? null : run, (index) => run?.values[index] ?? NaN, { x: start, y: startValue, held }),
  };
}

/** Before there is a run, the start alone: what went before belongs to another function. */
/** More words than this would cover the map; the shapes speak for themselves. */
const mostLabelled = 9;

function marksOf({ stationary, display }: State, { id }: ObjectiveSnapshot, y: (point: StationaryPointSnapshot) => number): readonly Mark[] {
  if (!display.marks || stationary?.objective !== id || !stationary.found.ok) return [];
  const { points } = stationary.found;
  return points.map((point) => {
    const kind = point.kind === "undecided" ? (point.seems ?? "undecided") : point.kind;
    return { x: point.at[0] ?? NaN, y: y(point), kind, label: points.length <= mostLabelled ? strings.stationary.short[point.kind] : "" };
  });
}

export function tracesScene(state: State, view: Ready, theme: ChartTheme): SeriesScene {
  const { objective, run } = view;
  const n = objective.dimension;
  const iterates = run?.iterates ?? Float64Array.from(startOf(state));
  const last = run ? lastFrame(run) : 0;
  const shown = Math.min(n, tracesShown);
  const lines = Array.from({ length: shown }, (_, coordinate) => ({
    label: shortened(objective.coordinates[coordinate] ?? ""),
    colour: coordinate,
    at: (frame: number) => iterates[frame * n + coordinate] ?? NaN,
  }));
  const visible = iterates.filter((_, index) => index % n < shown);
  return {
    theme, log: false, title: "",
    range: valueRange(visible),
    labelEms: traceLabelEms(objective),
    series: { lines, count: last + 1, cursor: Math.min(state.player.cursor, last), x: (frame) => (run ? iterationAt(run, frame) : frame) },
  };
}

/** Room on the right of the traces for their names, in ems; the loss curve below leaves as much, so that cursors line up. */
export function traceLabelEms({ dimension, coordinates }: ObjectiveSnapshot): number {
  if (dimension <= 2) return 0;
  return 0.6 * Math.max(...coordinates.slice(0, tracesShown).map((name) => shortened(name).length)) + 1;
}

function pathOf(state: State, run: RunSnapshot | null, y: (index: number) => number, start: NonNullable<PathLayer["start"]>): PathLayer {
  const n = run?.dimension ?? 1;
  return {
    count: run ? lastFrame(run) + 1 : 0,
    x: (index) => run?.iterates[index * n] ?? NaN,
    y,
    cursor: Math.min(state.player.cursor, run ? lastFrame(run) : 0),
    start,
  };
}

export function curveAt({ x: [low, high], values }: CurveSnapshot, x: number): number {
  const position = ((x - low) / (high - low)) * (values.length - 1);
  if (!(position >= 0 && position <= values.length - 1)) return NaN;
  const left = Math.min(Math.floor(position), values.length - 2);
  const before = values[left] ?? NaN;
  return before + ((values[left + 1] ?? NaN) - before) * (position - left);
}

function shortened(name: string): string {
  return name.length > 14 ? `…${name.slice(-13)}` : name;
}
