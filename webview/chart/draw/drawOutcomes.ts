import type { OutcomeName } from "../../../src/shared/experiments";
import { css, luminance } from "../colour";
import { clipped } from "./frame";
import type { Frame } from "./frame";
import { drawOutcomeMark, outcomeGround } from "./outcomeMark";

/** What became of runs over two settings, a cell each: row-major, row 0 at the bottom. */
export interface OutcomesLayer {
  /** Where columns begin and end: one more than there are columns. Rows lie around whole numbers. */
  readonly edges: readonly number[];
  readonly rows: number;
  readonly outcomes: readonly OutcomeName[];
  /** 0…1: how soon each arrived. */
  readonly speeds: readonly number[];
  readonly best: number | undefined;
  /** The cell that is pointed at. */
  readonly pointed: number | undefined;
  /** Of each row, where theory has the border. */
  readonly bounds: readonly number[] | undefined;
}

export function drawOutcomes(frame: Frame, layer: OutcomesLayer): void {
  const unit = frame.theme.fontSize / 13;
  clipped(frame, () => {
    layer.outcomes.forEach((outcome, cell) => drawCell(frame, layer, cell, outcome));
    if (layer.bounds) drawBorder(frame, layer.bounds, unit);
    for (const [cell, width] of [[layer.best, 2.5], [layer.pointed, 1.5]] as const) if (cell !== undefined) outline(frame, layer, cell, width * unit);
  });
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boxOf({ toX, toY }: Frame, { edges }: OutcomesLayer, cell: number): Box {
  const columns = edges.length - 1;
  const [row, column] = [Math.floor(cell / columns), cell % columns];
  const [left, right] = [Math.round(toX(edges[column] ?? NaN)), Math.round(toX(edges[column + 1] ?? NaN))];
  const [top, bottom] = [Math.round(toY(row + 0.5)), Math.round(toY(row - 0.5))];
  return { left, top, width: right - left, height: bottom - top };
}

function drawCell(frame: Frame, layer: OutcomesLayer, cell: number, outcome: OutcomeName): void {
  const { context, theme } = frame;
  const { left, top, width, height } = boxOf(frame, layer, cell);
  const ground = outcomeGround(theme, outcome, layer.speeds[cell] ?? 0);
  context.fillStyle = css(ground);
  // A hair of the background parts it from its neighbours.
  context.fillRect(left + 0.5, top + 0.5, width - 1, height - 1);
  const radius = Math.min(width, height) * 0.17;
  const sign = outcome === "converged" ? (luminance(ground) < 0.25 ? ([255, 255, 255] as const) : ([0, 0, 0] as const)) : undefined;
  drawOutcomeMark(context, theme, outcome, left + width / 2, top + height / 2, outcome === "converged" ? radius * 0.7 : radius, sign);
}

/** From row to row: above it, or to the right, all should leave. */
function drawBorder({ context, theme, toX, toY }: Frame, bounds: readonly number[], unit: number): void {
  context.beginPath();
  bounds.forEach((bound, row) => {
    const x = toX(bound);
    // Across the whole of the first and last rows.
    if (row === 0) context.lineTo(x, toY(-0.5));
    context.lineTo(x, toY(row));
    if (row === bounds.length - 1) context.lineTo(x, toY(row + 0.5));
  });
  context.lineJoin = "round";
  context.strokeStyle = css(theme.background);
  context.lineWidth = 5 * unit;
  context.stroke();
  context.setLineDash([6 * unit, 4 * unit]);
  context.strokeStyle = css(theme.foreground);
  context.lineWidth = 2 * unit;
  context.stroke();
  context.setLineDash([]);
}

function outline(frame: Frame, layer: OutcomesLayer, cell: number, lineWidth: number): void {
  const { context, theme } = frame;
  const { left, top, width, height } = boxOf(frame, layer, cell);
  context.strokeStyle = css(theme.background);
  context.lineWidth = lineWidth + 2;
  context.strokeRect(left + 1, top + 1, width - 2, height - 2);
  context.strokeStyle = css(theme.foreground);
  context.lineWidth = lineWidth;
  context.strokeRect(left + 1, top + 1, width - 2, height - 2);
}
