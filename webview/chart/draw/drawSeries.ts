import { css } from "../colour";
import { clipped, fontOf } from "./frame";
import type { Frame } from "./frame";
import { colourOf as colourOfStyle, dashOf } from "./lineStyle";
import { thinned } from "./thinned";

/** Quantities over the iterations, with a cursor. */
export interface SeriesLayer {
  readonly lines: readonly SeriesLine[];
  readonly count: number;
  readonly cursor: number;
  /** The iteration that an index stands for. */
  readonly x: (index: number) => number;
}

export interface SeriesLine {
  readonly label: string;
  readonly at: (index: number) => number;
  readonly colour: "path" | number;
  /** Noise, through which another line leads. */
  readonly faint?: boolean;
}

export function drawSeries(frame: Frame, layer: SeriesLayer): void {
  const { context, area, theme, toX } = frame;
  const unit = theme.fontSize / 13;
  if (layer.count === 0) return;
  const cursorX = Math.round(toX(layer.x(layer.cursor))) + 0.5;
  context.beginPath();
  context.moveTo(cursorX, area.top);
  context.lineTo(cursorX, area.bottom);
  context.strokeStyle = css(theme.muted, 0.8);
  context.lineWidth = 1;
  context.stroke();
  clipped(frame, () => layer.lines.forEach((line, order) => drawLine(frame, layer, line, order, unit)));
  for (const line of layer.lines) drawCursorDot(frame, layer, line, unit);
  if (layer.lines.length > 1) drawEndLabels(frame, layer);
}

function colourOf({ theme }: Frame, line: SeriesLine): string {
  if (line.colour === "path") return css(theme.path);
  return colourOfStyle(theme, line.colour);
}

function drawLine(frame: Frame, layer: SeriesLayer, line: SeriesLine, order: number, unit: number): void {
  const { context, theme, toY } = frame;
  const toX = (index: number): number => frame.toX(layer.x(index));
  context.beginPath();
  const y = (index: number): number => Math.min(Math.max(toY(line.at(index)), -1e5), 1e5);
  let before = -1;
  for (const index of thinned(layer.count, toX, y, 0.5)) {
    const broken = before >= 0 && !Number.isFinite(line.at(index - 1));
    if (before < 0 || broken) context.moveTo(toX(index), y(index));
    else context.lineTo(toX(index), y(index));
    before = index;
  }
  // Dashes tell lines of one colour apart, and where colours are few, all of them.
  const dash = theme.highContrast ? order : Math.floor(order / theme.series.length);
  context.setLineDash(dashOf(dash));
  context.strokeStyle = colourOf(frame, line);
  context.globalAlpha = line.faint === true && !theme.highContrast ? 0.45 : 1;
  context.lineWidth = (line.faint === true ? 1 : 1.75) * unit;
  context.lineJoin = "round";
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawCursorDot(frame: Frame, { cursor, x: xOf }: SeriesLayer, line: SeriesLine, unit: number): void {
  const { context, theme, area, toX, toY } = frame;
  const y = toY(line.at(cursor));
  if (!(y >= area.top - 1 && y <= area.bottom + 1)) return;
  context.beginPath();
  context.arc(toX(xOf(cursor)), y, 4 * unit, 0, 2 * Math.PI);
  context.fillStyle = colourOf(frame, line);
  context.fill();
  context.strokeStyle = css(theme.background);
  context.lineWidth = 1.5 * unit;
  context.stroke();
}

/** Names at the ends of their lines, pushed apart where lines end together: no legend to look up. */
function drawEndLabels(frame: Frame, layer: SeriesLayer): void {
  const { context, area, theme, toY } = frame;
  const height = theme.fontSize * 1.15;
  const labels = layer.lines
    .map((line) => ({ line, y: Math.min(Math.max(toY(line.at(layer.count - 1)), area.top + height / 2), area.bottom - height / 2) }))
    .filter(({ y }) => Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  for (let index = 1; index < labels.length; index++) {
    const [above, label] = [labels[index - 1], labels[index]];
    if (above && label) label.y = Math.max(label.y, above.y + height);
  }
  // What was pushed past the bottom moves back up, as a whole.
  for (let index = labels.length - 1, limit = area.bottom - height / 2; index >= 0; index--, limit -= height) {
    const label = labels[index];
    if (label) label.y = Math.min(label.y, limit);
  }
  context.font = fontOf(theme, 0.9);
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { line, y } of labels) {
    context.fillStyle = colourOf(frame, line);
    context.fillText(line.label, area.right + 6, y);
  }
}
