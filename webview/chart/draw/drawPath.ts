import { css } from "../colour";
import { drawOffWindowArrow } from "./offWindowArrow";
import { clipped } from "./frame";
import type { Frame } from "./frame";
import { thinned } from "./thinned";

/** A run on its map. One strong colour; visited is solid, what is to come is faint. */
export interface PathLayer {
  readonly count: number;
  readonly x: (index: number) => number;
  readonly y: (index: number) => number;
  readonly cursor: number;
  readonly start: { readonly x: number; readonly y: number; readonly held: boolean } | undefined;
}

const startRadius = 7;
const currentRadius = 6;

export function drawPath(frame: Frame, path: PathLayer): void {
  const unit = frame.theme.fontSize / 13;
  clipped(frame, () => {
    if (path.count > 0) {
      const pixelX = (index: number): number => frame.toX(path.x(index));
      const pixelY = (index: number): number => frame.toY(path.y(index));
      const all = thinned(path.count, pixelX, pixelY, 0.75);
      // The current point belongs to both, wherever it is; thinning may have left it out.
      const here = Number.isFinite(pixelX(path.cursor)) && Number.isFinite(pixelY(path.cursor)) ? [path.cursor] : [];
      const visited = [...all.filter((index) => index < path.cursor), ...here];
      const ahead = [...here, ...all.filter((index) => index > path.cursor)];
      line(frame, ahead, pixelX, pixelY, { width: 1.5 * unit, alpha: 0.6, halo: false, dashed: true });
      line(frame, visited, pixelX, pixelY, { width: 2 * unit, alpha: 1, halo: true, dashed: false });
      dots(frame, thinned(path.cursor + 1, pixelX, pixelY, 6 * unit), pixelX, pixelY, 2.2 * unit);
    }
    if (path.start) drawStart(frame, path.start, unit);
    if (path.count > 0) drawCurrent(frame, path, unit);
  });
  if (path.count > 0) drawOffWindowArrow(frame, path.x(path.cursor), path.y(path.cursor));
}

function line(
  { context, theme }: Frame, indices: readonly number[], x: (index: number) => number, y: (index: number) => number,
  style: { width: number; alpha: number; halo: boolean; dashed: boolean },
): void {
  if (indices.length < 2) return;
  context.beginPath();
  for (const index of indices) context.lineTo(within(x(index)), within(y(index)));
  context.lineJoin = "round";
  context.lineCap = "round";
  if (style.halo) {
    context.strokeStyle = css(theme.background, 0.75);
    context.lineWidth = style.width + 2.5;
    context.stroke();
  }
  // Where colours are few, the part that is still to come is told apart by its dashes.
  if (style.dashed && theme.highContrast) context.setLineDash([4, 4]);
  context.strokeStyle = css(theme.path, theme.highContrast ? 1 : style.alpha);
  context.lineWidth = style.width;
  context.stroke();
  context.setLineDash([]);
}

/** Canvases lose precision far outside; a diverged path may be at 1e300. */
function within(pixel: number): number {
  return Math.min(Math.max(pixel, -1e5), 1e5);
}

function dots({ context, theme }: Frame, indices: readonly number[], x: (index: number) => number, y: (index: number) => number, radius: number): void {
  context.fillStyle = css(theme.path);
  context.beginPath();
  for (const index of indices) {
    const [atX, atY] = [within(x(index)), within(y(index))];
    context.moveTo(atX + radius, atY);
    context.arc(atX, atY, radius, 0, 2 * Math.PI);
  }
  context.fill();
}

/** A ring, so that the map shows through and nobody takes it for the current point. */
function drawStart({ context, theme, toX, toY }: Frame, start: { x: number; y: number; held: boolean }, unit: number): void {
  const radius = (start.held ? startRadius + 2 : startRadius) * unit;
  context.beginPath();
  context.arc(toX(start.x), toY(start.y), radius, 0, 2 * Math.PI);
  context.fillStyle = css(theme.background, 0.6);
  context.fill();
  context.strokeStyle = css(theme.background);
  context.lineWidth = 4.5 * unit;
  context.stroke();
  context.strokeStyle = css(theme.path);
  context.lineWidth = 2.25 * unit;
  context.stroke();
}

function drawCurrent({ context, theme, toX, toY }: Frame, path: PathLayer, unit: number): void {
  const x = within(toX(path.x(path.cursor)));
  const y = within(toY(path.y(path.cursor)));
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  context.beginPath();
  context.arc(x, y, currentRadius * unit, 0, 2 * Math.PI);
  context.fillStyle = css(theme.path);
  context.fill();
  context.strokeStyle = css(theme.background);
  context.lineWidth = 2 * unit;
  context.stroke();
}
