import type { ContourSnapshot } from "../../../src/shared/protocol";
import { contourPicture } from "../contourPicture";
import type { ContourPicture } from "../contourPicture";
import { drawContours } from "../draw/drawContours";
import type { Frame } from "../draw/frame";
import type { ChartTheme } from "../theme";
import { LayerController } from "./layerController";
import type { Themed } from "./layerController";

export interface ContourLayer extends Themed {
  readonly snapshot: ContourSnapshot | null;
}

declare module "chart.js" {
  interface ChartTypeRegistry {
    contour: LayerType<ContourLayer>;
  }
}

/** A plate is the finished map without what moves on it; it is drawn again only when something of this changes. */
interface Plate {
  readonly picture: ContourPicture;
  readonly key: string;
  readonly canvas: HTMLCanvasElement;
}

/** The contour map as a Chart.js controller: scales and layout are the chart's, the drawing is ours. */
export class ContourController extends LayerController<"contour"> {
  static readonly id = "contour";

  private picture: ContourPicture | undefined;
  private pictureTheme: ChartTheme | undefined;
  private plate: Plate | undefined;

  protected override paint(frame: Frame, { snapshot }: ContourLayer): void {
    const { left, top, right, bottom } = frame.area;
    if (!snapshot || right - left < 2 || bottom - top < 2) return;
    const plate = this.plateFor(snapshot, frame);
    if (plate) frame.context.drawImage(plate, left, top, right - left, bottom - top);
  }

  private plateFor(snapshot: ContourSnapshot, frame: Frame): HTMLCanvasElement | undefined {
    const { area, theme, ratio } = frame;
    const width = area.right - area.left;
    const height = area.bottom - area.top;
    const picture = this.pictureFor(snapshot, theme, width, height);
    // Where two data points fall on screen says all there is to say about pan, zoom and size.
    const placed = [frame.toX(0), frame.toX(1), frame.toY(0), frame.toY(1)];
    const key = [area.left, area.top, width, height, ratio, ...placed].join(" ");
    if (this.plate?.picture === picture && this.plate.key === key) return this.plate.canvas;
    const canvas = this.plate?.canvas ?? document.createElement("canvas");
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    if (!context) return undefined;
    context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
    drawContours({
      ...frame, context,
      area: { left: 0, top: 0, right: width, bottom: height },
      toX: (value) => frame.toX(value) - area.left,
      toY: (value) => frame.toY(value) - area.top,
    }, picture);
    this.plate = { picture, key, canvas };
    return canvas;
  }

  private pictureFor(snapshot: ContourSnapshot, theme: ChartTheme, width: number, height: number): ContourPicture {
    if (this.picture?.snapshot !== snapshot || this.pictureTheme !== theme) {
      this.picture = contourPicture(snapshot, theme, width, height);
      this.pictureTheme = theme;
    }
    return this.picture;
  }
}
