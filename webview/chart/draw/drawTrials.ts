import type { OutcomeName } from "../../../src/shared/experiments";
import { css } from "../colour";
import { fontOf } from "./frame";
import type { Frame } from "./frame";
import { drawOutcomeMark } from "./outcomeMark";

/** Where runs at many learning rates ended, and what became of them. */
export interface TrialsLayer {
  readonly trials: readonly { readonly x: number; readonly y: number; readonly outcome: OutcomeName }[];
  readonly best: number | undefined;
  /** A rate that theory has something to say about. */
  readonly bound: { readonly x: number; readonly label: string } | undefined;
  /** The trial that is pointed at. */
  readonly pointed: number | undefined;
}

export function drawTrials(frame: Frame, layer: TrialsLayer): void {
  const unit = frame.theme.fontSize / 13;
  if (layer.bound) drawBound(frame, layer.bound, unit);
  drawCurve(frame, layer, unit);
  layer.trials.forEach((trial, k) => {
    const at = placeOf(frame, trial, unit);
    if (k === layer.best) ring(frame, at, 9 * unit, css(frame.theme.foreground), 2 * unit);
    drawOutcomeMark(frame.context, frame.theme, trial.outcome, at.x, at.y, 4.5 * unit);
    if (k === layer.pointed) ring(frame, at, 12 * unit, css(frame.theme.foreground), unit);
  });
}

/** What left has no value worth a place: it stands at the upper edge. */
export function placeOf({ area, toX, toY }: Frame, { x, y, outcome }: TrialsLayer["trials"][number], unit: number): { x: number; y: number } {
  const top = area.top + 8 * unit;
  const height = outcome === "diverged" || !Number.isFinite(toY(y)) ? (y <= 0 && outcome !== "diverged" ? area.bottom : top) : toY(y);
  return { x: toX(x), y: Math.min(Math.max(height, top), area.bottom) };
}

/** Through the runs that did not leave: the eye follows it down to the best. */
function drawCurve(frame: Frame, { trials }: TrialsLayer, unit: number): void {
  const { context, theme } = frame;
  context.beginPath();
  let drawing = false;
  for (const trial of trials) {
    if (trial.outcome === "diverged") {
      drawing = false;
      continue;
    }
    const { x, y } = placeOf(frame, trial, unit);
    if (drawing) context.lineTo(x, y);
    else context.moveTo(x, y);
    drawing = true;
  }
  context.strokeStyle = css(theme.muted, 0.7);
  context.lineWidth = 1.25 * unit;
  context.lineJoin = "round";
  context.stroke();
}

function drawBound({ context, area, theme, toX }: Frame, { x, label }: NonNullable<TrialsLayer["bound"]>, unit: number): void {
  const at = Math.round(toX(x)) + 0.5;
  if (!(at >= area.left && at <= area.right)) return;
  context.beginPath();
  context.moveTo(at, area.top);
  context.lineTo(at, area.bottom);
  context.setLineDash([5 * unit, 4 * unit]);
  context.strokeStyle = css(theme.foreground);
  context.lineWidth = 1.5 * unit;
  context.stroke();
  context.setLineDash([]);
  context.font = fontOf(theme, 0.88);
  const width = context.measureText(label).width + 6 * unit;
  const leftward = at + width > area.right;
  context.textAlign = leftward ? "right" : "left";
  context.textBaseline = "bottom";
  context.fillStyle = css(theme.foreground);
  // Above the picture, where it covers nothing.
  context.fillText(label, leftward ? at - 2 * unit : at + 2 * unit, area.top - 1);
}

function ring({ context }: Frame, { x, y }: { x: number; y: number }, radius: number, colour: string, width: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
