import { DatasetController, PointElement } from "chart.js";
import type { ChartTypeRegistry } from "chart.js";
import { frameOf } from "../draw/frame";
import type { Frame } from "../draw/frame";
import type { ChartTheme } from "../theme";

/** What a dataset of ours carries instead of data: the chart gives it scales and a place, the rest is drawing. */
export interface Themed {
  readonly theme: ChartTheme;
}

type LayerOf<Type extends keyof ChartTypeRegistry> =
  ChartTypeRegistry[Type]["datasetOptions"] extends { layer: infer Layer } ? Layer : never;

/** A Chart.js controller that draws its dataset's `layer` with one pure function. */
export abstract class LayerController<Type extends keyof ChartTypeRegistry> extends DatasetController<Type> {
  /** Chart.js wants the type of a data element to be registered, also where there are no data. */
  static readonly defaults = { datasetElementType: false, dataElementType: PointElement.id };

  protected abstract paint(frame: Frame, layer: LayerOf<Type>): void;

  override update(): void {
    // Nothing to prepare: there are no elements.
  }

  override draw(): void {
    // Chart.js hands back the very object it was given, but its types make every field of it optional.
    const { layer } = this.getDataset() as unknown as { layer: LayerOf<Type> & Themed };
    const { xScale, yScale } = this.getMeta();
    if (xScale && yScale) this.paint(frameOf(this.chart, xScale, yScale, layer.theme), layer);
  }
}
