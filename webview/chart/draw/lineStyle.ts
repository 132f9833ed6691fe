import { css } from "../colour";
import type { ChartTheme } from "../theme";

/*
 * How the k-th of several lines or kinds of points is told from the others: by its colour, by its dashes, and by its shape.
 * Any one of the three is enough, on paper without colour as well as for eyes that do not tell some of them apart.
 */

export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [4, 2, 1, 2], [1, 5], [10, 2, 2, 2, 2, 2]];

export function dashOf(k: number): number[] {
  return [...(dashes[k % dashes.length] ?? [])];
}

export function colourOf({ series, foreground }: ChartTheme, k: number): string {
  return css(series[k % series.length] ?? foreground);
}

/** Corners around a centre, in degrees clockwise from the right, each at a share of the radius; a circle has none. */
const shapes: readonly (readonly (readonly [degrees: number, share: number])[])[] = [
  [],
  [[45, 1.15], [135, 1.15], [225, 1.15], [315, 1.15]],
  [[-90, 1.3], [30, 1.3], [150, 1.3]],
  [[0, 1.3], [90, 1.3], [180, 1.3], [270, 1.3]],
  [[90, 1.3], [210, 1.3], [330, 1.3]],
  star(5, 1.5, 0.62),
  plus(0.36, 1.2),
];

export const shapeCount = shapes.length;

/** Lays the outline of the k-th shape; to be filled or stroked. */
export function traceShape(context: CanvasRenderingContext2D, k: number, x: number, y: number, radius: number): void {
  context.beginPath();
  const corners = shapes[k % shapes.length] ?? [];
  if (corners.length === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
  for (const [degrees, share] of corners) {
    const angle = (degrees * Math.PI) / 180;
    context.lineTo(x + share * radius * Math.cos(angle), y + share * radius * Math.sin(angle));
  }
  context.closePath();
}

function star(points: number, far: number, near: number): [number, number][] {
  return Array.from({ length: 2 * points }, (_, i): [number, number] => [-90 + (180 * i) / points, i % 2 === 0 ? far : near]);
}

function plus(half: number, arm: number): [number, number][] {
  const tip = (Math.atan2(half, arm) * 180) / Math.PI;
  return [0, 90, 180, 270].flatMap((towards): [number, number][] =>
    [[towards - tip, Math.hypot(half, arm)], [towards + tip, Math.hypot(half, arm)], [towards + 45, Math.hypot(half, half)]]);
}
