import { drawLines } from "../draw/drawLines";
import type { LinesLayer } from "../draw/drawLines";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedLines extends Themed {
  readonly lines: LinesLayer | null;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    lines: LayerType<ThemedLines>;
  }
}

export class LinesController extends LayerController<"lines"> {
  static readonly id = "lines";

  protected override paint(frame: Frame, { lines }: ThemedLines): void {
    if (lines) drawLines(frame, lines);
  }
}
