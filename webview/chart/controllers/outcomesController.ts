import { drawOutcomes } from "../draw/drawOutcomes";
import type { OutcomesLayer } from "../draw/drawOutcomes";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedOutcomes extends Themed {
  readonly outcomes: OutcomesLayer | null;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    outcomes: LayerType<ThemedOutcomes>;
  }
}

export class OutcomesController extends LayerController<"outcomes"> {
  static readonly id = "outcomes";

  protected override paint(frame: Frame, { outcomes }: ThemedOutcomes): void {
    if (outcomes) drawOutcomes(frame, outcomes);
  }
}
