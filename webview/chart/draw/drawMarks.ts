import { css } from "../colour";
import { clipped, fontOf } from "./frame";
import type { Frame } from "./frame";

/** A stationary point. Its kind is told by shape and word, in one colour for all. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly kind: "minimum" | "maximum" | "saddle" | "undecided";
  readonly label: string;
}

/** Large enough to be seen around the current point, which comes to rest on one of them. */
const radius = 10;

export function drawMarks(frame: Frame, marks: readonly Mark[]): void {
  const { context, theme, toX, toY, area } = frame;
  const unit = theme.fontSize / 13;
  clipped(frame, () => {
    context.lineJoin = "round";
    for (const { x, y, kind, label } of marks) {
      const [px, py] = [toX(x), toY(y)];
      if (!(px >= area.left && px <= area.right && py >= area.top && py <= area.bottom)) continue;
      outline(context, kind, px, py, radius * unit);
      context.strokeStyle = css(theme.background);
      context.lineWidth = 4.5 * unit;
      context.stroke();
      context.strokeStyle = css(theme.foreground);
      context.lineWidth = 1.75 * unit;
      context.stroke();
      if (label !== "") name(frame, label, px, py, unit);
    }
  });
}

function outline(context: CanvasRenderingContext2D, kind: Mark["kind"], x: number, y: number, size: number): void {
  context.beginPath();
  if (kind === "saddle") {
    const arm = size * 0.75;
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
    return;
  }
  // A triangle's tip says where one comes from: down into a minimum, up onto a maximum.
  const corners = kind === "undecided" ? [-90, 0, 90, 180] : kind === "minimum" ? [90, 210, 330] : [-90, 30, 150];
  for (const degrees of corners) context.lineTo(x + size * Math.cos((degrees * Math.PI) / 180), y + size * Math.sin((degrees * Math.PI) / 180));
  context.closePath();
}

function name({ context, theme, area }: Frame, label: string, x: number, y: number, unit: number): void {
  context.font = fontOf(theme, 0.9);
  const gap = (radius + 4) * unit;
  const fits = x + gap + context.measureText(label).width <= area.right;
  context.textAlign = fits ? "left" : "right";
  context.textBaseline = "middle";
  const at = fits ? x + gap : x - gap;
  context.strokeStyle = css(theme.background);
  context.lineWidth = 4 * unit;
  context.strokeText(label, at, y);
  context.fillStyle = css(theme.foreground);
  context.fillText(label, at, y);
}
