import { drawPath } from "../draw/drawPath";
import type { PathLayer } from "../draw/drawPath";
import type { Frame } from "../draw/frame";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

interface ThemedPath extends Themed {
  readonly path: PathLayer;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    path: LayerType<ThemedPath>;
  }
}

export class PathController extends LayerController<"path"> {
  static readonly id = "path";

  protected override paint(frame: Frame, { path }: ThemedPath): void {
    drawPath(frame, path);
  }
}
