import { css } from "../colour";
import { clipped, fontOf } from "./frame";
import type { Frame } from "./frame";
import { colourOf, traceShape } from "./lineStyle";

/** Starts all over the window, each with the style of the place it leads to; and those places. */
export interface StartsLayer {
  /** Of one unknown they lie on a curve, of two all over the map. */
  readonly dimension: number;
  readonly points: readonly { readonly x: number; readonly y: number; readonly style: StartStyle }[];
  readonly places: readonly { readonly x: number; readonly y: number; readonly style: number; readonly label: string }[];
}

/** Not there in time, or left: no place has these. */
export type StartStyle = number | "underWay" | "left";

/** Pixels, where there is room for all. */
const largest = 4;

export function drawStarts(frame: Frame, { points, places, dimension }: StartsLayer): void {
  const { area, theme } = frame;
  const unit = theme.fontSize / 13;
  // Many starts are small ones: they must not run into each other.
  const [width, count] = [area.right - area.left, Math.max(1, points.length)];
  const each = dimension === 1 ? (2 * width) / count : Math.sqrt((width * (area.bottom - area.top)) / count);
  const radius = Math.max(1.4, Math.min(largest * unit, each * 0.2));
  clipped(frame, () => {
    for (const { x, y, style } of points) drawStart(frame, frame.toX(x), frame.toY(y), style, radius);
    for (const place of places) drawPlace(frame, place, unit);
  });
}

function drawStart({ context, theme }: Frame, x: number, y: number, style: StartStyle, radius: number): void {
  if (typeof style === "number") {
    traceShape(context, style, x, y, radius);
    context.fillStyle = colourOf(theme, style);
    context.fill();
    return;
  }
  context.strokeStyle = css(theme.muted);
  context.lineWidth = Math.max(1, radius * 0.4);
  if (style === "underWay") {
    traceShape(context, 0, x, y, radius * 0.7);
  } else {
    context.beginPath();
    context.moveTo(x - radius, y - radius);
    context.lineTo(x + radius, y + radius);
    context.moveTo(x + radius, y - radius);
    context.lineTo(x - radius, y + radius);
  }
  context.stroke();
}

function drawPlace({ context, theme, toX, toY }: Frame, { x, y, style, label }: StartsLayer["places"][number], unit: number): void {
  const [atX, atY] = [toX(x), toY(y)];
  if (!Number.isFinite(atX) || !Number.isFinite(atY)) return;
  traceShape(context, style, atX, atY, 9 * unit);
  context.lineJoin = "round";
  context.strokeStyle = css(theme.background);
  context.lineWidth = 5 * unit;
  context.stroke();
  context.fillStyle = css(theme.background);
  context.fill();
  context.strokeStyle = colourOf(theme, style);
  context.lineWidth = 2.5 * unit;
  context.stroke();
  context.font = `bold ${fontOf(theme, 0.85)}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = css(theme.foreground);
  context.fillText(label, atX, atY + unit);
}
