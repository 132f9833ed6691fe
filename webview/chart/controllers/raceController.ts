import { drawRace } from "../draw/drawRace";
import type { RaceLayer } from "../draw/drawRace";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedRace extends Themed {
  readonly race: RaceLayer | null;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    race: LayerType<ThemedRace>;
  }
}

export class RaceController extends LayerController<"race"> {
  static readonly id = "race";

  protected override paint(frame: Frame, { race }: ThemedRace): void {
    if (race) drawRace(frame, race);
  }
}
