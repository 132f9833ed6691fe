import type { Objective } from "../objective";
import { euclideanNorm } from "./norms";

/** What a short look around downhill of a point finds. */
export interface Exploration {
  /** The lowest point met, its value, and the gradient's norm there. */
  best: Float64Array;
  bestValue: number;
  gradientNorm: number;
  /** Whether `best` is as good as stationary: the gradient has fallen ten-thousandfold. */
  settled: boolean;
  /** The largest ‖Δg‖/‖Δx‖ along the way: a lower bound of the curvature met. */
  curvature: number;
}

/**
 * Adaptive gradient descent (Malitsky and Mishchenko 2020, algorithm 1): λₖ = min(√(1 + λₖ₋₁/λₖ₋₂)·λₖ₋₁, ‖Δx‖/(2‖Δg‖)).
 * It needs no learning rate, which is why it serves to find one, and to find where the bottom is before anything is
 * drawn. `direction` −1 climbs instead.
 */
export function explore(objective: Objective, start: Float64Array, steps: number, direction: 1 | -1 = 1): Exploration {
  const { dimension } = objective;
  const x = Float64Array.from(start);
  const gradient = new Float64Array(dimension);
  const before = new Float64Array(dimension);
  let value = direction * objective.valueAndGradient(x, gradient);
  let gradientNorm = euclideanNorm(gradient);
  const firstNorm = gradientNorm;
  const found: Exploration = {
    best: Float64Array.from(x),
    bestValue: direction * value,
    gradientNorm,
    settled: gradientNorm === 0,
    curvature: 0,
  };
  if (!(gradientNorm > 0 && gradientNorm < Infinity && Number.isFinite(value))) return found;
  // So small that the first secant sees the curvature at the start, so large that it is not lost in rounding.
  let rate = (1e-5 * Math.max(1, euclideanNorm(x))) / gradientNorm;
  let ratio = Infinity;
  let lowest = value;
  for (let k = 0; k < steps; k++) {
    before.set(gradient);
    for (let i = 0; i < dimension; i++) x[i] = (x[i] ?? 0) - direction * rate * (gradient[i] ?? 0);
    value = direction * objective.valueAndGradient(x, gradient);
    const moved = rate * gradientNorm;
    gradientNorm = euclideanNorm(gradient);
    if (!Number.isFinite(value) || !Number.isFinite(gradientNorm)) break;
    for (let i = 0; i < dimension; i++) before[i] = (gradient[i] ?? 0) - (before[i] ?? 0);
    const turned = euclideanNorm(before);
    found.curvature = Math.max(found.curvature, turned / moved);
    if (value <= lowest) {
      lowest = value;
      found.best.set(x);
      found.bestValue = direction * value;
      found.gradientNorm = gradientNorm;
    }
    if (gradientNorm <= 1e-9 * firstNorm) break;
    const next = Math.min(Math.sqrt(1 + ratio) * rate, moved / (2 * turned));
    if (!(next < Infinity)) break; // flat or straight: nothing more to learn
    ratio = next / rate;
    rate = next;
  }
  found.settled = found.gradientNorm <= 1e-4 * firstNorm;
  return found;
}
