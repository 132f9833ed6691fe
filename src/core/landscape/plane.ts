import type { Plane } from "../objective";
import type { ViewWindow } from "./viewWindow";

/**
 * The plane of two coordinates through a point: s and t are the coordinates' own values, and the others stay as they
 * are at `through`. The way into more than two dimensions: any point, any two coordinates.
 */
export function coordinatePlane(through: Float64Array, window: ViewWindow, first = 0, second = 1): Plane {
  const origin = Float64Array.from(through);
  const u = new Float64Array(through.length);
  const v = new Float64Array(through.length);
  origin[first] = 0;
  u[first] = 1;
  if (second < through.length) {
    origin[second] = 0;
    v[second] = 1;
  }
  return { origin, u, v, s: window.x, t: window.y };
}
