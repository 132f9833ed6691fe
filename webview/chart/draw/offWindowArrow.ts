import { formatShort } from "../../format";
import { css } from "../colour";
import { fontOf } from "./frame";
import type { Area, Frame } from "./frame";

/** Where the ray from the middle of the area to a point outside leaves it; undefined for a point inside. */
export function edgePoint(area: Area, x: number, y: number, inset: number): { x: number; y: number; angle: number } | undefined {
  if (x >= area.left && x <= area.right && y >= area.top && y <= area.bottom) return undefined;
  const centreX = (area.left + area.right) / 2;
  const centreY = (area.top + area.bottom) / 2;
  const dx = x - centreX;
  const dy = y - centreY;
  const halfWidth = (area.right - area.left) / 2 - inset;
  const halfHeight = (area.bottom - area.top) / 2 - inset;
  const scale = Math.min(dx === 0 ? Infinity : halfWidth / Math.abs(dx), dy === 0 ? Infinity : halfHeight / Math.abs(dy));
  return { x: centreX + dx * scale, y: centreY + dy * scale, angle: Math.atan2(dy, dx) };
}

/** The path left the window: it is not clamped to it, but where it went is said at the edge. */
export function drawOffWindowArrow(frame: Frame, x: number, y: number): void {
  const { context, area, theme } = frame;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  const edge = edgePoint(area, clampedPixel(frame.toX(x)), clampedPixel(frame.toY(y)), 10);
  if (!edge) return;
  const size = theme.fontSize * 0.75;
  context.save();
  context.translate(edge.x, edge.y);
  context.rotate(edge.angle);
  context.beginPath();
  context.moveTo(size * 0.7, 0);
  context.lineTo(-size * 0.6, size * 0.6);
  context.lineTo(-size * 0.6, -size * 0.6);
  context.closePath();
  context.fillStyle = css(theme.path);
  context.fill();
  context.restore();
  const text = `(${formatShort(x, 3)}, ${formatShort(y, 3)})`;
  context.font = fontOf(theme, 0.85);
  const room = context.measureText(text).width / 2 + 4;
  const labelX = Math.min(Math.max(edge.x - Math.cos(edge.angle) * (room + size), area.left + room), area.right - room);
  const labelY = edge.y - Math.sin(edge.angle) * size * 1.8;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = css(theme.background);
  context.lineWidth = 4;
  context.strokeText(text, labelX, labelY);
  context.fillStyle = css(theme.foreground);
  context.fillText(text, labelX, labelY);
}

function clampedPixel(pixel: number): number {
  return Math.min(Math.max(pixel, -1e12), 1e12);
}
