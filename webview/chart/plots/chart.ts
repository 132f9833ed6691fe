import { Chart, LinearScale, LogarithmicScale, PointElement } from "chart.js";
import type { ChartConfiguration, ChartOptions, ChartTypeRegistry } from "chart.js";
import { ContourController } from "../controllers/contourController";
import { CurveController } from "../controllers/curveController";
import { LinesController } from "../controllers/linesController";
import { MarksController } from "../controllers/marksController";
import { OutcomesController } from "../controllers/outcomesController";
import { PathController } from "../controllers/pathController";
import { RaceController } from "../controllers/raceController";
import { SeriesController } from "../controllers/seriesController";
import { StartsController } from "../controllers/startsController";
import { TrialsController } from "../controllers/trialsController";
import type { Area } from "../draw/frame";

// Only what is drawn is registered: everything else of Chart.js is left out of the bundle.
Chart.register(
  LinearScale, LogarithmicScale, PointElement, ContourController, PathController, MarksController, CurveController, SeriesController,
  RaceController, StartsController, LinesController, TrialsController, OutcomesController,
);

/** What the gestures and the read-out need of a plot. Pixels are CSS pixels from the canvas's corner. */
export interface PlotSpace {
  readonly area: Area;
  toData(x: number, y: number): { x: number; y: number };
  toPixel(x: number, y: number): { x: number; y: number };
}

/** Undefined where there is no 2-D context (a DOM without pixels): the panel then goes on without pictures. */
export function createChart<Type extends keyof ChartTypeRegistry>(
  canvas: HTMLCanvasElement, configuration: ChartConfiguration<Type>,
): Chart<Type> | undefined {
  return canvas.getContext("2d") ? new Chart(canvas, configuration) : undefined;
}

export const commonOptions = {
  animation: false as const,
  responsive: true,
  maintainAspectRatio: false,
  // Pointers and keys are handled by the view: Chart.js only lays out and draws.
  events: [],
} satisfies ChartOptions<"series">;

export function spaceOf(chart: Pick<Chart, "scales" | "chartArea">, xId: string, yId: string): PlotSpace | undefined {
  const x = chart.scales[xId];
  const y = chart.scales[yId];
  if (!x || !y) return undefined;
  return {
    area: { left: x.left, right: x.right, top: y.top, bottom: y.bottom },
    toData: (px, py) => ({ x: x.getValueForPixel(px) ?? NaN, y: y.getValueForPixel(py) ?? NaN }),
    toPixel: (dataX, dataY) => ({ x: x.getPixelForValue(dataX), y: y.getPixelForValue(dataY) }),
  };
}
