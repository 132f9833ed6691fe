import { drawTrials } from "../draw/drawTrials";
import type { TrialsLayer } from "../draw/drawTrials";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedTrials extends Themed {
  readonly trials: TrialsLayer | null;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    trials: LayerType<ThemedTrials>;
  }
}

export class TrialsController extends LayerController<"trials"> {
  static readonly id = "trials";

  protected override paint(frame: Frame, { trials }: ThemedTrials): void {
    if (trials) drawTrials(frame, trials);
  }
}
