import type { ViewWindow } from "../../../src/shared/intent";
import type { ContourSnapshot } from "../../../src/shared/protocol";
import type { Mark } from "../draw/drawMarks";
import type { PathLayer } from "../draw/drawPath";
import type { RaceLayer } from "../draw/drawRace";
import type { StartsLayer } from "../draw/drawStarts";
import type { ChartTheme } from "../theme";
import { sameWindow } from "../viewWindow";
import { horizontal, vertical } from "./axes";
import { roomAbove } from "./axisNames";
import { createPlot } from "./plot";
import type { Layers, Plot } from "./plot";

export interface MapScene {
  readonly window: ViewWindow;
  readonly snapshot: ContourSnapshot | null;
  readonly path: PathLayer;
  readonly marks: readonly Mark[];
  readonly overlay: Overlay;
  readonly names: readonly [string, string];
  readonly theme: ChartTheme;
}

/** What an experiment adds to the picture. */
export interface Overlay {
  readonly race: RaceLayer | null;
  readonly starts: StartsLayer | null;
}

/** Two variables: contours with the path over them. */
export function createMapPlot(canvas: HTMLCanvasElement, first: MapScene): Plot<MapScene> {
  return createPlot(canvas, first, {
    type: "contour", layers, scales,
    names: ({ names }) => ({ x: names[0], y: names[1] }),
    room: ({ names, theme }) => ({ top: 6 + roomAbove(names[1], theme), right: 10 }),
    movesAxes: (next, shown) => !sameWindow(next.window, shown.window) || next.names[1] !== shown.names[1],
  });
}

function layers(scene: MapScene): Layers {
  const { theme, snapshot, path, marks, overlay } = scene;
  return [
    // Later datasets are drawn first: the path lies on the map.
    { type: "path", data: [], layer: { path, theme } },
    { type: "race", data: [], layer: { race: overlay.race, theme } },
    { type: "starts", data: [], layer: { starts: overlay.starts, theme } },
    { type: "marks", data: [], layer: { marks, theme } },
    { type: "contour", data: [], layer: { snapshot, theme } },
  ];
}

function scales({ window, theme }: MapScene) {
  const common = { type: "linear", theme, grid: false } as const;
  return {
    x: horizontal({ ...common, min: window.x[0], max: window.x[1], }),
    y: vertical({ ...common, min: window.y[0], max: window.y[1], }),
  };
}
