import { css } from "../colour";
import { clipped } from "./frame";
import type { Frame } from "./frame";

/** A function of one variable, sampled evenly over [x0, x1]. */
export interface CurveLayer {
  readonly x: readonly [number, number];
  readonly values: Float64Array;
  /** Of the values, at the same places; where they contradict the values there is a jump, and the pen is lifted. */
  readonly slopes: Float64Array | undefined;
  readonly colour: "curve" | "derivative";
  /** A line from zero to the curve at the current point: how large the derivative is there. */
  readonly stem: number | undefined;
  /** The tangent at the current point. */
  readonly tangent: { readonly x: number; readonly value: number; readonly slope: number } | undefined;
  /** Through the points at x and x + h. */
  readonly secant: { readonly x: number; readonly value: number; readonly h: number; readonly quotient: number } | undefined;
}

export function drawCurve(frame: Frame, curve: CurveLayer): void {
  clipped(frame, () => {
    const { context, theme } = frame;
    const unit = theme.fontSize / 13;
    zeroLine(frame);
    const colour = curve.colour === "curve" ? (theme.highContrast ? theme.foreground : theme.contour) : theme.accent;
    context.beginPath();
    const last = curve.values.length - 1;
    let drawing = false;
    for (let index = 0; index <= last; index++) {
      const value = curve.values[index] ?? NaN;
      // A gap stays a gap: the pen is lifted where there is no value.
      if (!Number.isFinite(value)) {
        drawing = false;
        continue;
      }
      const x = frame.toX(curve.x[0] + ((curve.x[1] - curve.x[0]) * index) / last);
      const y = Math.min(Math.max(frame.toY(value), -1e5), 1e5);
      if (drawing && !jumps(curve, index)) context.lineTo(x, y);
      else context.moveTo(x, y);
      drawing = true;
    }
    context.strokeStyle = css(colour);
    context.lineWidth = 1.75 * unit;
    context.lineJoin = "round";
    context.stroke();
    if (curve.secant) secantLine(frame, curve.secant, unit);
    if (curve.tangent) tangentLine(frame, curve.tangent, unit);
    if (curve.stem !== undefined) stemLine(frame, curve, curve.stem, unit);
  });
}

/**
 * By the mean value theorem a smooth curve cannot rise between two points where it falls throughout: where it does
 * (the pole of 1/x, a step), there is a jump in between, and a line across it would show values that are not there.
 */
function jumps({ values, slopes }: CurveLayer, index: number): boolean {
  if (!slopes) return false;
  const rise = Math.sign((values[index] ?? NaN) - (values[index - 1] ?? NaN));
  const [before, after] = [Math.sign(slopes[index - 1] ?? NaN), Math.sign(slopes[index] ?? NaN)];
  return rise !== 0 && before === after && rise !== before;
}

function zeroLine({ context, area, theme, toY }: Frame): void {
  const y = Math.round(toY(0)) + 0.5;
  context.beginPath();
  context.moveTo(area.left, y);
  context.lineTo(area.right, y);
  context.strokeStyle = css(theme.grid);
  context.lineWidth = 1;
  context.stroke();
}

function tangentLine({ context, area, theme, toX, toY }: Frame, tangent: { x: number; value: number; slope: number }, unit: number): void {
  const x = toX(tangent.x);
  const y = toY(tangent.value);
  // The slope in pixels; the tangent is drawn as long as the area allows, so that a steep one is seen too.
  const dy = toY(tangent.value + tangent.slope) - y;
  const dx = toX(tangent.x + 1) - x;
  const length = Math.hypot(dx, dy);
  if (!Number.isFinite(length) || length === 0) return;
  const reach = 0.3 * (area.right - area.left);
  context.beginPath();
  context.moveTo(x - (dx / length) * reach, y - (dy / length) * reach);
  context.lineTo(x + (dx / length) * reach, y + (dy / length) * reach);
  context.strokeStyle = css(theme.accent);
  context.lineWidth = 1.5 * unit;
  context.setLineDash([6, 4]);
  context.stroke();
  context.setLineDash([]);
}

/** Across the whole picture, so that one sees it turn into the tangent; dots where it cuts the curve. */
function secantLine({ context, area, theme, toX, toY }: Frame, { x, value, h, quotient }: NonNullable<CurveLayer["secant"]>, unit: number): void {
  const slope = (toY(value + quotient) - toY(value)) / (toX(x + 1) - toX(x));
  if (!Number.isFinite(slope)) return;
  const [atX, atY] = [toX(x), toY(value)];
  context.beginPath();
  context.moveTo(area.left, atY + slope * (area.left - atX));
  context.lineTo(area.right, atY + slope * (area.right - atX));
  context.strokeStyle = css(theme.foreground);
  context.lineWidth = 1.5 * unit;
  context.setLineDash([2, 3]);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = css(theme.foreground);
  for (const [px, py] of [[atX, atY], [toX(x + h), toY(value + h * quotient)]] as const) {
    context.beginPath();
    context.arc(px, py, 3.5 * unit, 0, 2 * Math.PI);
    context.fill();
  }
}

function stemLine({ context, theme, toX, toY }: Frame, curve: CurveLayer, at: number, unit: number): void {
  const [low, high] = curve.x;
  const position = ((at - low) / (high - low)) * (curve.values.length - 1);
  const left = Math.floor(position);
  const before = curve.values[left] ?? NaN;
  const after = curve.values[Math.min(left + 1, curve.values.length - 1)] ?? NaN;
  const value = before + (after - before) * (position - left);
  if (!Number.isFinite(value)) return;
  const x = toX(at);
  context.beginPath();
  context.moveTo(x, toY(0));
  context.lineTo(x, toY(value));
  context.strokeStyle = css(theme.path);
  context.lineWidth = 2 * unit;
  context.stroke();
  context.beginPath();
  context.arc(x, toY(value), 4 * unit, 0, 2 * Math.PI);
  context.fillStyle = css(theme.path);
  context.fill();
}
