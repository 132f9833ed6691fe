import { drawSeries } from "../draw/drawSeries";
import type { SeriesLayer } from "../draw/drawSeries";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedSeries extends Themed {
  readonly series: SeriesLayer;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    series: LayerType<ThemedSeries>;
  }
}

export class SeriesController extends LayerController<"series"> {
  static readonly id = "series";

  protected override paint(frame: Frame, { series }: ThemedSeries): void {
    drawSeries(frame, series);
  }
}
