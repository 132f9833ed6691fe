import { css } from "../colour";
import { clipped } from "./frame";
import type { Frame } from "./frame";
import { colourOf, dashOf, traceShape } from "./lineStyle";
import { thinned } from "./thinned";

/** The paths of several methods on one map, each drawn as far as it has come. */
export interface RaceLayer {
  readonly racers: readonly RacerPath[];
}

export interface RacerPath {
  /** Which of the line styles it has. */
  readonly style: number;
  /** Points from the start to where it stands. */
  readonly count: number;
  readonly x: (index: number) => number;
  readonly y: (index: number) => number;
}

/** Pixels between two dots: nearer to each other they would hide the dashes. */
const dotDistance = 13;

export function drawRace(frame: Frame, { racers }: RaceLayer): void {
  const unit = frame.theme.fontSize / 13;
  clipped(frame, () => {
    const traced = racers.map((racer) => ({ racer, x: (index: number) => within(frame.toX(racer.x(index))), y: (index: number) => within(frame.toY(racer.y(index))) }));
    for (const { racer, x, y } of traced) line(frame, racer, x, y, unit);
    for (const { racer, x, y } of traced) dots(frame, racer, x, y, unit);
    // Last, so that no path hides where another one has come to; those that stand together are seen around each other.
    traced.forEach(({ racer, x, y }, k) => head(frame, racer, x(racer.count - 1), y(racer.count - 1), (5.5 + 1.2 * (traced.length - 1 - k)) * unit, unit));
  });
}

/** Canvases lose precision far outside; a diverged path may be at 1e300. */
function within(pixel: number): number {
  return Math.min(Math.max(pixel, -1e5), 1e5);
}

type Pixel = (index: number) => number;

function line({ context, theme }: Frame, racer: RacerPath, x: Pixel, y: Pixel, unit: number): void {
  context.beginPath();
  for (const index of thinned(racer.count, x, y, 0.75)) context.lineTo(x(index), y(index));
  context.lineJoin = "round";
  context.lineCap = "butt";
  context.strokeStyle = css(theme.background, 0.75);
  context.lineWidth = 4.5 * unit;
  context.stroke();
  context.setLineDash(dashOf(racer.style).map((length) => length * unit));
  context.strokeStyle = colourOf(theme, racer.style);
  context.lineWidth = 2 * unit;
  context.stroke();
  context.setLineDash([]);
}

function dots({ context, theme }: Frame, racer: RacerPath, x: Pixel, y: Pixel, unit: number): void {
  context.fillStyle = colourOf(theme, racer.style);
  for (const index of thinned(racer.count, x, y, dotDistance * unit)) {
    traceShape(context, racer.style, x(index), y(index), 2.6 * unit);
    context.fill();
  }
}

function head({ context, theme }: Frame, { style }: RacerPath, x: number, y: number, radius: number, unit: number): void {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  traceShape(context, style, x, y, radius);
  context.fillStyle = colourOf(theme, style);
  context.fill();
  context.strokeStyle = css(theme.background);
  context.lineWidth = 1.5 * unit;
  context.stroke();
}
