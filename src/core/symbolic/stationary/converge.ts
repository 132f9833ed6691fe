import { eigenOf } from "./eigen";
import { along, distance, isInside, normOf, type UnitField } from "./field";

const mostIterations = 100;
/** In parts of the window: a start looks around itself, it does not wander off. */
const longestStep = 0.08;
const longestWay = 0.25;
const leastStep = 1e-15;
/** Against the typical gradient. */
const vanishes = 1e-9;
/** What a last step of Newton's may still be, in parts of the window. */
const settled = 1e-6;

/**
 * Newton's method on the gradient, damped so that it also comes to rest where the Hessian is singular. The damping
 * shrinks with the gradient, so where the Hessian is regular the last steps are Newton's own.
 */
export function converge(field: UnitField, start: readonly number[], scale: number): number[] | undefined {
  let u = [...start];
  let slope = field.gradient(u);
  let size = normOf(slope);
  for (let i = 0; i < mostIterations && size > 0; i++) {
    const hessian = field.hessian(u);
    if (!Number.isFinite(size) || !hessian.every(Number.isFinite)) return undefined;
    const step = dampedStep(hessian, slope, size, scale);
    const length = normOf(step);
    let reach = length > longestStep ? longestStep / length : 1;
    let moved: { u: number[]; slope: number[]; size: number } | undefined;
    for (let halvings = 0; halvings < 12 && !moved; halvings++, reach /= 2) {
      const next = along(u, step, reach);
      const nextSlope = field.gradient(next);
      const nextSize = normOf(nextSlope);
      if (nextSize < size) moved = { u: next, slope: nextSlope, size: nextSize };
    }
    if (!moved) break;
    ({ u, slope, size } = moved);
    if (distance(u, start) > longestWay) return undefined;
    if (length * reach < leastStep) break;
  }
  return isInside(u) && isStationary(field, u, size, slope, scale) ? u : undefined;
}

function dampedStep(hessian: readonly number[], slope: readonly number[], size: number, scale: number): number[] {
  const damping = (size * size * Math.min(1, size / scale)) || 0;
  const step = slope.map(() => 0);
  for (const { value, vector } of eigenOf(hessian, slope.length)) {
    const part = vector.reduce((sum, entry, i) => sum + entry * (slope[i] ?? 0), 0);
    if (part === 0) continue;
    const by = (part * value) / (value * value + damping);
    vector.forEach((entry, i) => { step[i] = (step[i] ?? 0) - by * entry; });
  }
  return step;
}

/** The gradient is nothing against its surroundings, and no step worth the name is left: e^x has neither. */
function isStationary(field: UnitField, u: readonly number[], size: number, slope: readonly number[], scale: number): boolean {
  if (size === 0) return true;
  if (size > vanishes * scale) return false;
  return eigenOf(field.hessian(u), u.length).every(({ value, vector }) => {
    const part = Math.abs(vector.reduce((sum, entry, i) => sum + entry * (slope[i] ?? 0), 0));
    return part <= settled * Math.abs(value) || part <= 1e-15 * scale;
  });
}

/** Is the gradient continuous here? It is not at a kink, where convention calls it 0. */
export function isSmooth(field: UnitField, u: readonly number[], scale: number): boolean {
  const directions = u.length === 1 ? [[1], [-1]] : [[1, 0], [-1, 0], [0, 1], [0, -1], [0.6, 0.8], [-0.6, 0.8], [0.8, -0.6], [-0.8, -0.6]];
  return directions.every((direction) => {
    const [far, near] = [1e-4, 1e-6].map((by) => normOf(field.gradient(along(u, direction, by))));
    // Beside the domain there is nothing to compare.
    if (far === undefined || near === undefined || !Number.isFinite(near)) return true;
    return near <= 0.5 * far || near <= 1e-9 * scale;
  });
}
