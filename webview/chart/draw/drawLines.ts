import { css } from "../colour";
import { clipped } from "./frame";
import type { Frame } from "./frame";
import { colourOf, dashOf, traceShape } from "./lineStyle";
import { thinned } from "./thinned";

/** Several quantities over what was spent on them: each line has its own steps along the axis. */
export interface LinesLayer {
  readonly lines: readonly Line[];
  /** Where on the axis one stands; undefined: at the end. */
  readonly cursor: number | undefined;
}

export interface Line {
  readonly style: number;
  readonly count: number;
  readonly x: (index: number) => number;
  readonly y: (index: number) => number;
  /** The point that is told of: where it was first as good as any. */
  readonly marked: number | undefined;
}

export function drawLines(frame: Frame, { lines, cursor }: LinesLayer): void {
  const { context, area, theme, toX } = frame;
  const unit = theme.fontSize / 13;
  if (cursor !== undefined) {
    const x = Math.round(toX(cursor)) + 0.5;
    context.beginPath();
    context.moveTo(x, area.top);
    context.lineTo(x, area.bottom);
    context.strokeStyle = css(theme.muted, 0.8);
    context.lineWidth = 1;
    context.stroke();
  }
  clipped(frame, () => lines.forEach((each) => drawLine(frame, each, unit)));
  // Not clipped: a line that ends at the edge has a whole shape at its end.
  for (const each of lines) drawEnds(frame, each, unit);
}

/** Below the axis, where a logarithm has no place for zero, is at its edge. */
function pixelY({ area, toY }: Frame, value: number): number {
  const y = toY(value);
  return Number.isFinite(y) ? Math.min(Math.max(y, -1e5), area.bottom) : value <= 0 ? area.bottom : NaN;
}

function drawLine(frame: Frame, line: Line, unit: number): void {
  const { context, theme, toX } = frame;
  const [x, y] = [(index: number) => toX(line.x(index)), (index: number) => pixelY(frame, line.y(index))];
  context.beginPath();
  for (const index of thinned(line.count, x, y, 0.5)) context.lineTo(x(index), y(index));
  context.setLineDash(dashOf(line.style).map((length) => length * unit));
  context.strokeStyle = colourOf(theme, line.style);
  context.lineWidth = 2 * unit;
  context.lineJoin = "round";
  context.stroke();
  context.setLineDash([]);
}

function drawEnds(frame: Frame, line: Line, unit: number): void {
  const { context, theme, area, toX } = frame;
  const shape = (index: number, radius: number, filled: boolean): void => {
    const [x, y] = [toX(line.x(index)), pixelY(frame, line.y(index))];
    if (!(x >= area.left && x <= area.right + 1 && y >= area.top && y <= area.bottom + 1)) return;
    traceShape(context, line.style, x, y, radius * unit);
    context.fillStyle = filled ? colourOf(theme, line.style) : css(theme.background);
    context.fill();
    context.strokeStyle = filled ? css(theme.background) : colourOf(theme, line.style);
    context.lineWidth = 1.75 * unit;
    context.stroke();
  };
  shape(line.count - 1, 5, true);
  if (line.marked !== undefined && line.marked < line.count - 1) shape(line.marked, 4.5, false);
}
