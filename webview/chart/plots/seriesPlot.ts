import { strings } from "../../strings";
import type { SeriesLayer } from "../draw/drawSeries";
import type { ChartTheme } from "../theme";
import { horizontal, vertical } from "./axes";
import { axisNames } from "./axisNames";
import { commonOptions, createChart, spaceOf } from "./chart";
import type { Plot } from "./mapPlot";

export interface SeriesScene {
  readonly series: SeriesLayer;
  readonly range: readonly [number, number];
  readonly log: boolean;
  readonly title: string;
  /** Room on the right for names at the ends of the lines, in ems. */
  readonly labelEms: number;
  readonly theme: ChartTheme;
}

/** Quantities over the iterations: the loss curve, and the traces of many coordinates. */
export function createSeriesPlot(canvas: HTMLCanvasElement, first: SeriesScene): Plot<SeriesScene> {
  let scene = first;
  const chart = createChart<"series">(canvas, {
    type: "series",
    data: { datasets: datasets(scene) },
    options: { ...commonOptions, scales: scales(scene), layout: layout(scene) },
    plugins: [axisNames(() => ({ theme: scene.theme, names: { x: strings.plot.iteration, y: scene.title } }))],
  });
  return {
    show(next) {
      if (!chart) return;
      const layoutChanged = lastX(next) !== lastX(scene) || next.series.count !== scene.series.count || next.range.join() !== scene.range.join() ||
        next.log !== scene.log || next.theme !== scene.theme || next.labelEms !== scene.labelEms;
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

const lastX = ({ series }: SeriesScene): number => series.x(series.count - 1);

function datasets({ series, theme }: SeriesScene) {
  return [{ type: "series" as const, data: [], layer: { series, theme } }];
}

function layout({ theme, labelEms }: SeriesScene) {
  return { padding: { top: 6, right: Math.max(10, labelEms * theme.fontSize) } };
}

function scales({ series, range, log, theme }: SeriesScene) {
  return {
    x: horizontal({
      type: "linear", min: 0, max: Math.max(1, series.x(series.count - 1)), theme, grid: false, whole: true,
    }),
    y: vertical({ type: log ? "logarithmic" : "linear", min: range[0], max: range[1], theme, grid: true }),
  };
}
