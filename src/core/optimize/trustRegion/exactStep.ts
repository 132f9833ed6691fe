import type { Eigen } from "../linearAlgebra/symmetricEigen";
import type { ModelStep } from "./model";

const mostIterations = 100;

/**
 * The lowest point of gᵀp + ½ pᵀH p within ‖p‖ ≤ radius (Moré and Sorensen 1983), written in H's eigenvectors, where
 * (H + λI) p = −g is a division a coordinate. The hard case, where g has no part along the lowest curvature, is met too.
 */
export function exactStep({ values, vectors }: Eigen, gradient: Float64Array, radius: number, step: Float64Array): ModelStep {
  const n = gradient.length;
  const turned = Float64Array.from({ length: n }, (_, k) => column(vectors, n, k, gradient));
  let lowest = 0;
  let largest = 0;
  for (let k = 0; k < n; k++) {
    if ((values[k] ?? 0) < (values[lowest] ?? 0)) lowest = k;
    largest = Math.max(largest, Math.abs(values[k] ?? 0));
  }
  const least = values[lowest] ?? 0;
  const indefinite = least < -Number.EPSILON * n * largest;
  const part = (k: number, shift: number): number => {
    const g = turned[k] ?? 0;
    return g === 0 ? 0 : -g / ((values[k] ?? 0) + shift);
  };
  const length = (shift: number): number => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += part(k, shift) ** 2;
    return Math.sqrt(sum);
  };
  let shift = 0;
  let extra = 0;
  if (!(least > 0 && length(0) <= radius)) {
    const floor = Math.max(0, -least);
    // Just above the floor, so that what belongs to the lowest curvature is finite.
    const edge = floor + Number.EPSILON * Math.max(largest, Number.MIN_VALUE / Number.EPSILON);
    const atEdge = length(edge);
    if (atEdge <= radius) {
      shift = edge;
      extra = least <= 0 ? Math.sqrt(Math.max(0, radius * radius - atEdge * atEdge)) : 0;
    } else {
      shift = shiftFor(radius, length, edge, norm(turned) / radius + floor);
    }
  }
  let promised = 0;
  step.fill(0);
  for (let k = 0; k < n; k++) {
    const p = part(k, shift) + (k === lowest ? extra * (part(k, shift) < 0 ? -1 : 1) : 0);
    promised -= p * ((turned[k] ?? 0) + 0.5 * (values[k] ?? 0) * p);
    for (let i = 0; i < n; i++) step[i] = (step[i] ?? 0) + (vectors[i * n + k] ?? 0) * p;
  }
  return { promised, shift, onTheEdge: shift > 0, indefinite };
}

/** λ with ‖p(λ)‖ = radius: the secant on 1/‖p‖, which is nearly straight, kept within a shrinking bracket. */
function shiftFor(radius: number, length: (shift: number) => number, lowest: number, highest: number): number {
  let low = lowest;
  let high = Math.max(highest, 2 * lowest);
  while (length(high) > radius) high *= 2;
  let shift = Math.max(low, Math.min(high, Math.sqrt(low * high)));
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const size = length(shift);
    if (Math.abs(size - radius) <= 1e-10 * radius || high - low <= 2 * Number.EPSILON * high) break;
    if (size > radius) low = shift;
    else high = shift;
    const nearby = shift * (1 + 1e-7) + Number.MIN_VALUE;
    const bend = (1 / length(nearby) - 1 / size) / (nearby - shift);
    const next = shift + (1 / radius - 1 / size) / bend;
    shift = next > low && next < high ? next : low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
  }
  return shift;
}

function column(vectors: Float64Array, n: number, k: number, v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (vectors[i * n + k] ?? 0) * (v[i] ?? 0);
  return sum;
}

function norm(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += (v[i] ?? 0) ** 2;
  return Math.sqrt(sum);
}
