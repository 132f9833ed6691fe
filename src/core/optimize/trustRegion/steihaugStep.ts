import { addScaled, dot, negate } from "../vectors";
import type { ModelStep } from "./model";

/**
 * Conjugate gradients on H p = −g by products with H alone, up to the edge of the region or to the first direction of
 * negative curvature, which is followed to the edge (Steihaug 1983). Without a radius (Newton-CG), it stops before that
 * direction instead, and goes along −g if it was the first. `tolerance` is of the residual.
 */
export function steihaugStep(
  product: (v: Float64Array, out: Float64Array) => void,
  gradient: Float64Array,
  radius: number,
  tolerance: number,
  step: Float64Array,
): ModelStep {
  const n = gradient.length;
  const residual = Float64Array.from(gradient);
  const direction = new Float64Array(n);
  const bent = new Float64Array(n);
  negate(gradient, direction);
  step.fill(0);
  let square = dot(residual, residual);
  let promised = 0;
  // Rounding makes more of them worthwhile than theory does.
  for (let k = 0; k < Math.max(20, 2 * n) && Math.sqrt(square) > tolerance; k++) {
    product(direction, bent);
    const curvature = dot(direction, bent);
    const size = dot(direction, direction);
    const slope = dot(residual, direction);
    if (!(curvature > 3 * Number.EPSILON * size)) {
      if (radius === Infinity) {
        if (k === 0) step.set(direction);
        return { promised, shift: NaN, onTheEdge: false, indefinite: curvature < 0 };
      }
      const t = toTheEdge(step, direction, radius);
      addScaled(step, t, direction, step);
      return { promised: promised - t * slope - 0.5 * t * t * curvature, shift: NaN, onTheEdge: true, indefinite: curvature < 0 };
    }
    const alpha = square / curvature;
    const edge = radius === Infinity ? Infinity : toTheEdge(step, direction, radius);
    const t = Math.min(alpha, edge);
    addScaled(step, t, direction, step);
    promised -= t * slope + 0.5 * t * t * curvature;
    if (edge <= alpha) return { promised, shift: NaN, onTheEdge: true, indefinite: false };
    addScaled(residual, alpha, bent, residual);
    const next = dot(residual, residual);
    for (let i = 0; i < n; i++) direction[i] = (next / square) * (direction[i] ?? 0) - (residual[i] ?? 0);
    square = next;
  }
  return { promised, shift: 0, onTheEdge: false, indefinite: false };
}

/** t > 0 with ‖p + t d‖ = radius. */
function toTheEdge(p: Float64Array, d: Float64Array, radius: number): number {
  const a = dot(d, d);
  const b = dot(p, d);
  const c = dot(p, p) - radius * radius;
  return -c / (b + Math.sqrt(Math.max(0, b * b - a * c)));
}
