import { drawCurve } from "../draw/drawCurve";
import type { CurveLayer } from "../draw/drawCurve";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedCurve extends Themed {
  readonly curve: CurveLayer | null;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    curve: LayerType<ThemedCurve>;
  }
}

export class CurveController extends LayerController<"curve"> {
  static readonly id = "curve";

  protected override paint(frame: Frame, { curve }: ThemedCurve): void {
    if (curve) drawCurve(frame, curve);
  }
}
