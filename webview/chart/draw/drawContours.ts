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
    const lines = pixelLines(frame, picture);
    strokeLines(frame, lines);
    drawLabels(frame, picture, lines);
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

/** One array of pixel segments a level. The map from grid to pixels is affine, so two points fix it. */
function pixelLines({ toX, toY }: Frame, { snapshot, segments, offsets }: ContourPicture): Float32Array[] {
  const { window, columns, rows, levels } = snapshot;
  const left = toX(window.x[0]);
  const bottom = toY(window.y[0]);
  const perColumn = (toX(window.x[1]) - left) / (columns - 1);
  const perRow = (toY(window.y[1]) - bottom) / (rows - 1);
  return Array.from(levels, (_, level) => {
    const part = segments.slice(offsets[level] ?? 0, offsets[level + 1] ?? segments.length);
    for (let at = 0; at < part.length; at += 2) {
      part[at] = left + (part[at] ?? 0) * perColumn;
      part[at + 1] = bottom + (part[at + 1] ?? 0) * perRow;
    }
    return part;
  });
}

function strokeLines({ context, theme }: Frame, lines: readonly Float32Array[]): void {
  context.lineCap = "round";
  context.lineWidth = theme.highContrast ? 1 : 0.8;
  lines.forEach((line, level) => {
    context.beginPath();
    for (let at = 0; at < line.length; at += 4) {
      context.moveTo(line[at] ?? 0, line[at + 1] ?? 0);
      context.lineTo(line[at + 2] ?? 0, line[at + 3] ?? 0);
    }
    context.strokeStyle = css(theme.contour, level % labelEvery === 0 ? theme.contourAlpha * 1.25 : theme.contourAlpha);
    context.stroke();
  });
}

function drawLabels(frame: Frame, { snapshot }: ContourPicture, lines: readonly Float32Array[]): void {
  const { context, theme, area } = frame;
  context.font = fontOf(theme, 0.78);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const { levels } = snapshot;
  const requests: LabelRequest[] = [];
  lines.forEach((segments, level) => {
    if (level % labelEvery !== 0) return;
    const text = formatShort(levels[level] ?? NaN, 3);
    requests.push({ segments, text, width: context.measureText(text).width });
  });
  const bands = new Map(requests.map((request, index) => [request.text, index * labelEvery]));
  for (const label of placeLabels(requests, area, theme.fontSize)) {
    context.save();
    context.translate(label.x, label.y);
    context.rotate(label.angle);
    // A halo in the fill's own colour opens the line under the figures.
    context.strokeStyle = css(bandColour(theme, (bands.get(label.text) ?? 0) + 0.5, levels.length + 1));
    context.lineWidth = 4;
    context.strokeText(label.text, 0, 0);
    context.fillStyle = css(theme.muted);
    context.fillText(label.text, 0, 0);
    context.restore();
  }
}
