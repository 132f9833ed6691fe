import type { ContourSnapshot } from "../../../src/shared/protocol";
import { formatShort } from "../../format";
import type { ContourPicture } from "../contourPicture";
import { css } from "../colour";
import { clipped, fontOf } from "./frame";
import type { Frame } from "./frame";
import { placeLabels } from "./levelLabels";
import type { LabelRequest } from "./levelLabels";
import { bandColour } from "../theme";

/** Every so many levels one is drawn stronger and labelled: a map with a number on every line cannot be read. */
const labelEvery = 2;

/** Quantised fills, hairline contours, and the levels' values on their lines. */
export function drawContours(frame: Frame, picture: ContourPicture): void {
  clipped(frame, () => {
    if (picture.holes) hatch(frame);
    drawFills(frame, picture);
    strokeLines(frame, picture);
    drawLabels(frame, picture);
  });
}

function drawFills({ context, toX, toY }: Frame, { snapshot, fills }: ContourPicture): void {
  const { x, y } = snapshot.window;
  const left = toX(x[0]);
  const top = toY(y[1]);
  context.imageSmoothingEnabled = true;
  context.drawImage(fills, left, top, toX(x[1]) - left, toY(y[0]) - top);
}

/** Stripes say "no value here" without using a colour of the map. */
function hatch({ context, area, theme }: Frame): void {
  context.beginPath();
  const size = area.bottom - area.top;
  for (let x = area.left - size; x < area.right; x += 8) {
    context.moveTo(x, area.bottom);
    context.lineTo(x + size, area.top);
  }
  context.strokeStyle = css(theme.grid);
  context.lineWidth = 1;
  context.stroke();
}

interface GridToPixel {
  readonly left: number;
  readonly bottom: number;
  readonly perColumn: number;
  readonly perRow: number;
}

/** The map from grid to pixels is affine, so two points fix it. */
function gridToPixel({ toX, toY }: Frame, { window, columns, rows }: ContourSnapshot): GridToPixel {
  const left = toX(window.x[0]);
  const bottom = toY(window.y[0]);
  return { left, bottom, perColumn: (toX(window.x[1]) - left) / (columns - 1), perRow: (toY(window.y[1]) - bottom) / (rows - 1) };
}

function strokeLines(frame: Frame, { snapshot, lines: { points, lineStarts, levelStarts } }: ContourPicture): void {
  const { context, theme } = frame;
  const { left, bottom, perColumn, perRow } = gridToPixel(frame, snapshot);
  context.lineJoin = "round";
  context.lineWidth = theme.highContrast ? 1 : 0.9;
  for (let level = 0; level < snapshot.levels.length; level++) {
    context.beginPath();
    for (let line = levelStarts[level] ?? 0; line < (levelStarts[level + 1] ?? 0); line++) {
      const start = lineStarts[line] ?? 0;
      const end = lineStarts[line + 1] ?? 0;
      context.moveTo(left + (points[2 * start] ?? 0) * perColumn, bottom + (points[2 * start + 1] ?? 0) * perRow);
      for (let point = start + 1; point < end; point++) {
        context.lineTo(left + (points[2 * point] ?? 0) * perColumn, bottom + (points[2 * point + 1] ?? 0) * perRow);
      }
    }
    context.strokeStyle = css(theme.contour, level % labelEvery === 0 ? theme.contourAlpha * 1.25 : theme.contourAlpha);
    context.stroke();
  }
}

/** The segments of one level in pixels: what labels are placed by. */
function pixelSegments(frame: Frame, { snapshot, segments: { segments, offsets } }: ContourPicture, level: number): Float32Array {
  const { left, bottom, perColumn, perRow } = gridToPixel(frame, snapshot);
  const part = segments.slice(offsets[level] ?? 0, offsets[level + 1] ?? segments.length);
  for (let at = 0; at < part.length; at += 2) {
    part[at] = left + (part[at] ?? 0) * perColumn;
    part[at + 1] = bottom + (part[at + 1] ?? 0) * perRow;
  }
  return part;
}

function drawLabels(frame: Frame, picture: ContourPicture): void {
  const { context, theme, area } = frame;
  const { levels } = picture.snapshot;
  context.font = fontOf(theme, 0.78);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const requests: LabelRequest[] = [];
  for (let level = 0; level < levels.length; level += labelEvery) {
    const text = formatShort(levels[level] ?? NaN, 3);
    requests.push({ level, text, segments: pixelSegments(frame, picture, level), width: context.measureText(text).width });
  }
  for (const label of placeLabels(requests, area, theme.fontSize)) {
    context.save();
    context.translate(label.x, label.y);
    context.rotate(label.angle);
    // A halo in the fill's own colour opens the line under the figures.
    context.strokeStyle = css(bandColour(theme, label.level + 0.5, levels.length + 1));
    context.lineWidth = 4;
    context.strokeText(label.text, 0, 0);
    context.fillStyle = css(theme.foreground, 0.9);
    context.fillText(label.text, 0, 0);
    context.restore();
  }
}
