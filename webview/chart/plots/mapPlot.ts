import type { ContourSnapshot, ViewWindow } from "../../../src/shared/protocol";
import type { Mark } from "../draw/drawMarks";
import type { PathLayer } from "../draw/drawPath";
import type { RaceLayer } from "../draw/drawRace";
import type { StartsLayer } from "../draw/drawStarts";
import type { ChartTheme } from "../theme";
import { sameWindow } from "../viewWindow";
import { horizontal, vertical } from "./axes";
import { axisNames, roomAbove } from "./axisNames";
import { commonOptions, createChart, spaceOf } from "./chart";
import type { PlotSpace } from "./chart";

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

export interface Plot<Scene> {
  show(scene: Scene): void;
  space(): PlotSpace | undefined;
  destroy(): void;
}

/** Two variables: contours with the path over them. */
export function createMapPlot(canvas: HTMLCanvasElement, first: MapScene): Plot<MapScene> {
  let scene = first;
  const chart = createChart<"contour" | "marks" | "starts" | "race" | "path">(canvas, {
    type: "contour",
    data: { datasets: datasets(scene) },
    options: { ...commonOptions, scales: scales(scene), layout: layout(scene) },
    plugins: [axisNames(() => ({ theme: scene.theme, names: { x: scene.names[0], y: scene.names[1] } }))],
  });
  return {
    show(next) {
      if (!chart) return;
      const layoutChanged = !sameWindow(next.window, scene.window) || next.theme !== scene.theme ||
        next.names[1] !== scene.names[1];
      scene = next;
      const fresh = datasets(scene);
      chart.data.datasets.forEach((dataset, index) => Object.assign(dataset, fresh[index]));
      if (layoutChanged) {
        chart.options.scales = scales(scene);
        chart.options.layout = layout(scene);
        chart.update("none");
      } else {
        chart.draw();
      }
    },
    space: () => (chart ? spaceOf(chart, "x", "y") : undefined),
    destroy: () => chart?.destroy(),
  };
}

function datasets(scene: MapScene) {
  const { theme, snapshot, path, marks, overlay } = scene;
  return [
    // Later datasets are drawn first: the path lies on the map.
    { type: "path" as const, data: [], layer: { path, theme } },
    { type: "race" as const, data: [], layer: { race: overlay.race, theme } },
    { type: "starts" as const, data: [], layer: { starts: overlay.starts, theme } },
    { type: "marks" as const, data: [], layer: { marks, theme } },
    { type: "contour" as const, data: [], layer: { snapshot, theme } },
  ];
}

function layout({ names, theme }: MapScene) {
  return { padding: { top: 6 + roomAbove(names[1], theme), right: 10 } };
}

function scales({ window, theme }: MapScene) {
  const common = { type: "linear", theme, grid: false } as const;
  return {
    x: horizontal({ ...common, min: window.x[0], max: window.x[1], }),
    y: vertical({ ...common, min: window.y[0], max: window.y[1], }),
  };
}
