import type { CurveSnapshot } from "../../../src/shared/protocol";
import type { CurveLayer } from "../draw/drawCurve";
import type { Mark } from "../draw/drawMarks";
import type { PathLayer } from "../draw/drawPath";
import type { ChartTheme } from "../theme";
import { robustRange } from "../valueRange";
import { horizontal, vertical } from "./axes";
import type { Overlay } from "./mapPlot";
import { createPlot } from "./plot";
import type { Layers, Plot } from "./plot";

export interface CurveScene {
  readonly window: readonly [number, number];
  readonly snapshot: CurveSnapshot | null;
  readonly path: PathLayer;
  readonly marks: readonly Mark[];
  readonly overlay: Overlay;
  /** The difference quotient that is looked at. */
  readonly secant: CurveLayer["secant"];
  readonly name: string;
  /** Of the function. */
  readonly symbol: string;
  /** At the current point. */
  readonly tangent: CurveLayer["tangent"];
  readonly theme: ChartTheme;
}

/** One variable: the curve with the path on it, and below it, on the same x, the derivative. */
export function createCurvePlot(canvas: HTMLCanvasElement, first: CurveScene): Plot<CurveScene> {
  return createPlot(canvas, first, {
    type: "curve", layers, scales,
    names: ({ name, symbol }) => ({ x: name, y: symbol, dy: `${symbol}′` }),
    room: () => ({ top: 6, right: 10 }),
    movesAxes: (next, shown) => next.window[0] !== shown.window[0] || next.window[1] !== shown.window[1] || next.snapshot !== shown.snapshot,
  });
}

function layers(scene: CurveScene): Layers {
  const { theme, snapshot, tangent, marks, secant, overlay } = scene;
  const curve: CurveLayer | null = snapshot && { x: snapshot.x, values: snapshot.values, slopes: snapshot.derivatives, colour: "curve", stem: undefined, tangent, secant };
  const derivative: CurveLayer | null =
    snapshot && { x: snapshot.x, values: snapshot.derivatives, slopes: undefined, colour: "derivative", stem: tangent?.x, tangent: undefined, secant: undefined };
  return [
    { type: "path", data: [], yAxisID: "y", layer: { path: scene.path, theme } },
    { type: "race", data: [], yAxisID: "y", layer: { race: overlay.race, theme } },
    { type: "starts", data: [], yAxisID: "y", layer: { starts: overlay.starts, theme } },
    { type: "marks", data: [], yAxisID: "y", layer: { marks, theme } },
    { type: "curve", data: [], yAxisID: "y", layer: { curve, theme } },
    { type: "curve", data: [], yAxisID: "dy", layer: { curve: derivative, theme } },
  ];
}

/** Of the part of the path that the window shows. */
function pathValues(path: PathLayer, [low, high]: readonly [number, number]): number[] {
  const values: number[] = [];
  for (let index = 0; index < path.count; index++) if (path.x(index) >= low && path.x(index) <= high) values.push(path.y(index));
  return values;
}

function scales({ window, path, snapshot, theme }: CurveScene) {
  const common = { type: "linear", theme, grid: true } as const;
  const [low, high] = snapshot ? robustRange(snapshot.values, pathValues(path, window)) : [0, 1];
  const [steepDown, steepUp] = snapshot ? robustRange(snapshot.derivatives) : [0, 1];
  const stacked = { stack: "curve", offset: true };
  return {
    x: horizontal({ ...common, min: window[0], max: window[1], grid: false }),
    // Stacked axes are laid out from the bottom: the derivative's is named first.
    dy: {
      ...vertical({ ...common, min: Math.min(steepDown, 0), max: Math.max(steepUp, 0) }),
      ...stacked, stackWeight: 1,
    },
    y: { ...vertical({ ...common, min: low, max: high }), ...stacked, stackWeight: 2 },
  };
}
