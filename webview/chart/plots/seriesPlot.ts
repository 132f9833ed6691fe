import { strings } from "../../strings";
import type { SeriesLayer } from "../draw/drawSeries";
import type { ChartTheme } from "../theme";
import { horizontal, vertical } from "./axes";
import { createPlot } from "./plot";
import type { Plot } from "./plot";

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
  return createPlot(canvas, first, {
    type: "series", scales,
    layers: ({ series, theme }) => [{ type: "series", data: [], layer: { series, theme } }],
    names: ({ title }) => ({ x: strings.plot.iteration, y: title }),
    room: ({ theme, labelEms }) => ({ top: 6, right: Math.max(10, labelEms * theme.fontSize) }),
    movesAxes: (next, shown) => lastX(next) !== lastX(shown) || next.series.count !== shown.series.count || next.range.join() !== shown.range.join() ||
      next.log !== shown.log || next.labelEms !== shown.labelEms,
  });
}

const lastX = ({ series }: SeriesScene): number => series.x(series.count - 1);

function scales({ series, range, log, theme }: SeriesScene) {
  return {
    x: horizontal({
      type: "linear", min: 0, max: Math.max(1, series.x(series.count - 1)), theme, grid: false, whole: true,
    }),
    y: vertical({ type: log ? "logarithmic" : "linear", min: range[0], max: range[1], theme, grid: true }),
  };
}
