import type { ChartDataset } from "chart.js";
import type { ChartTheme } from "../theme";
import type { AxisOptions } from "./axes";
import { axisNames } from "./axisNames";
import { commonOptions, createChart, spaceOf } from "./chart";
import type { PlotSpace } from "./chart";

export interface Plot<Scene> {
  show(scene: Scene): void;
  space(): PlotSpace | undefined;
  destroy(): void;
}

type LayerName = "contour" | "curve" | "lines" | "marks" | "outcomes" | "path" | "race" | "series" | "starts" | "trials";
/** The vertical axis is "y" where none is named. */
export type Layers = (ChartDataset<LayerName> & { readonly yAxisID?: string })[];

/** How a scene becomes a chart. */
export interface Drawing<Scene> {
  readonly type: LayerName;
  /** Later ones are drawn first; there are always as many. */
  layers(scene: Scene): Layers;
  scales(scene: Scene): Record<string, AxisOptions>;
  /** Names of the axes, by scale. */
  names(scene: Scene): Readonly<Record<string, string>>;
  room(scene: Scene): { readonly top: number; readonly right: number };
  /** Do the axes or the room around change? Otherwise it is only drawn anew. */
  movesAxes(next: Scene, shown: Scene): boolean;
}

/** A chart of scenes, one after the other. */
export function createPlot<Scene extends { readonly theme: ChartTheme }>(canvas: HTMLCanvasElement, first: Scene, drawing: Drawing<Scene>): Plot<Scene> {
  let scene = first;
  const chart = createChart<LayerName>(canvas, {
    type: drawing.type,
    data: { datasets: drawing.layers(scene) },
    options: { ...commonOptions, scales: drawing.scales(scene), layout: { padding: drawing.room(scene) } },
    plugins: [axisNames(() => ({ theme: scene.theme, names: drawing.names(scene) }))],
  });
  return {
    show(next) {
      if (!chart) return;
      const isLaidOutAnew = next.theme !== scene.theme || drawing.movesAxes(next, scene);
      scene = next;
      const fresh = drawing.layers(scene);
      chart.data.datasets.forEach((dataset, index) => Object.assign(dataset, fresh[index]));
      if (isLaidOutAnew) {
        chart.options.scales = drawing.scales(scene);
        chart.options.layout = { padding: drawing.room(scene) };
        chart.update("none");
      } else {
        chart.draw();
      }
    },
    space: () => (chart ? spaceOf(chart, "x", "y") : undefined),
    destroy: () => chart?.destroy(),
  };
}
