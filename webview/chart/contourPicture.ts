import type { ContourSnapshot } from "../../src/shared/protocol";
import { joinContours } from "./joinContours";
import type { ContourLines } from "./joinContours";
import { marchingSquares } from "./marchingSquares";
import type { ContourSegments } from "./marchingSquares";
import { paint, quantise } from "./quantise";
import { fillPalette } from "./theme";
import type { ChartTheme } from "./theme";
import { upsample } from "./upsample";

/** A landscape made ready to be drawn at any pan and zoom: fills as a raster, lines in grid coordinates. */
export interface ContourPicture {
  readonly snapshot: ContourSnapshot;
  /** Row 0 at the top, as canvases have it; transparent where the function has no value. */
  readonly fills: HTMLCanvasElement;
  readonly segments: ContourSegments;
  readonly lines: ContourLines;
  readonly holes: boolean;
}

/** Fills finer than the screen cost time and show nothing; this many pixels a side are enough for any panel. */
const finest = 640;
/** A grid sampled in haste, while something moves, need not be drawn with more care than it was sampled with. */
const pixelsPerSample = 4;

export function contourPicture(snapshot: ContourSnapshot, theme: ChartTheme, width: number, height: number): ContourPicture {
  const { values, columns, rows, levels } = snapshot;
  const segments = marchingSquares(values, columns, rows, levels);
  const [across, down] = [rasterSize(columns, width), rasterSize(rows, height)];
  const indices = quantise(upsample(values, columns, rows, across, down), levels);
  const pixels = new Uint8ClampedArray(across * down * 4);
  paint(indices, fillPalette(theme, levels.length + 1), pixels);
  const fills = document.createElement("canvas");
  fills.width = across;
  fills.height = down;
  fills.getContext("2d")?.putImageData(new ImageData(turned(pixels, across, down), across, down), 0, 0);
  return { snapshot, fills, segments, lines: joinContours(segments), holes: values.some((value) => !Number.isFinite(value)) };
}

function rasterSize(samples: number, pixels: number): number {
  return Math.max(samples, Math.min(finest, Math.round(pixels), samples * pixelsPerSample));
}

/** Grids count rows upwards, canvases downwards. */
function turned(pixels: Uint8ClampedArray, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(pixels.length);
  const stride = width * 4;
  for (let row = 0; row < height; row++) {
    out.set(pixels.subarray(row * stride, (row + 1) * stride), (height - 1 - row) * stride);
  }
  return out;
}
