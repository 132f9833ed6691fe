import { drawStarts } from "../draw/drawStarts";
import type { StartsLayer } from "../draw/drawStarts";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedStarts extends Themed {
  readonly starts: StartsLayer | null;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    starts: LayerType<ThemedStarts>;
  }
}

export class StartsController extends LayerController<"starts"> {
  static readonly id = "starts";

  protected override paint(frame: Frame, { starts }: ThemedStarts): void {
    if (starts) drawStarts(frame, starts);
  }
}
