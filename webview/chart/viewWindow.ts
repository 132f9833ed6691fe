import type { ViewWindow } from "../../src/shared/intent";

type Interval = readonly [number, number];

/** Beyond these a double no longer tells neighbouring pixels apart, or the function has long overflowed. */
const narrowest = 1e-9;
const widest = 1e12;

/** Makes the window `factor` times as wide, keeping the point (x, y) where it is on screen. */
export function zoomed(window: ViewWindow, factor: number, x: number, y: number): ViewWindow {
  return { x: zoomedInterval(window.x, factor, x), y: zoomedInterval(window.y, factor, y) };
}

export function panned(window: ViewWindow, dx: number, dy: number): ViewWindow {
  return { x: [window.x[0] + dx, window.x[1] + dx], y: [window.y[0] + dy, window.y[1] + dy] };
}

export function sameWindow(a: ViewWindow | undefined, b: ViewWindow | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.x[0] === b.x[0] && a.x[1] === b.x[1] && a.y[0] === b.y[0] && a.y[1] === b.y[1];
}

function zoomedInterval([low, high]: Interval, factor: number, at: number): [number, number] {
  const size = (high - low) * factor;
  const smallest = narrowest * Math.max(1, Math.abs(low), Math.abs(high));
  if (size < smallest || size > widest) return [low, high];
  return [at - (at - low) * factor, at + (high - at) * factor];
}
