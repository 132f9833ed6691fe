import { drawMarks } from "../draw/drawMarks";
import type { Mark } from "../draw/drawMarks";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedMarks extends Themed {
  readonly marks: readonly Mark[];
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    marks: LayerType<ThemedMarks>;
  }
}

export class MarksController extends LayerController<"marks"> {
  static readonly id = "marks";

  protected override paint(frame: Frame, { marks }: ThemedMarks): void {
    drawMarks(frame, marks);
  }
}
