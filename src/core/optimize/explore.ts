import type { Objective } from "../objective";
import { euclideanNorm } from "./norms";

/** What a short look around downhill of a point finds. */
export interface Exploration {
  /** The lowest point met, its value, and the gradient's norm there. */
  best: Float64Array;
  bestValue: number;
  gradientNorm: number;
  /** Whether `best` is as good as stationary: the gradient has fallen ten-thousandfold, and the next step would be short. */
  settled: boolean;
  /** The largest ‖Δg‖/‖Δx‖ along the way: a lower bound of the curvature met. */
  curvature: number;
}

/** Further than this from the start, in sizes of the start, there is nothing to be found. */
const horizon = 1e6;

/** A step may climb, as long as it stays below the highest of so many before it (Grippo, Lampariello, Lucidi 1986). */
const memory = 10;
/** Of shorter steps, in sizes of the start, the difference of two gradients is mostly rounding. */
const shortest = 1e-6;

/**
 * The spectral gradient method (Barzilai and Borwein 1988, globalised by Raydan 1997): each step as long as the last
 * secant's curvature asks for, ‖Δx‖²/(Δx·Δg). It needs no learning rate, which is why it serves to find one, and to find
 * where the bottom is before anything is drawn. No step is longer than half the size of the start until such steps have
 * proved good, so that it stays in the valley it is in. `direction` −1 climbs instead.
 */
export function explore(objective: Objective, start: Float64Array, steps: number, direction: 1 | -1 = 1): Exploration {
  const { dimension } = objective;
  const x = Float64Array.from(start);
  const gradient = new Float64Array(dimension);
  const trial = new Float64Array(dimension);
  const trialGradient = new Float64Array(dimension);
  const value = direction * objective.valueAndGradient(x, gradient);
  let norm = euclideanNorm(gradient);
  const firstNorm = norm;
  const lowest = { x: Float64Array.from(x), value, norm, step: 0 };
  if (!Number.isFinite(value)) steps = 0;
  const recent = new Float64Array(memory).fill(value);
  const size = Math.max(1, euclideanNorm(start));
  let curvature = 0;
  let longest = size / 2;
  // So small that the first secant sees the curvature at the start, so large that it is not lost in rounding.
  let rate = (1e-5 * size) / norm;
  for (let k = 0; k < steps && norm > 1e-9 * firstNorm && norm < Infinity; k++) {
    rate = Math.min(rate, longest / norm);
    for (let i = 0; i < dimension; i++) trial[i] = (x[i] ?? 0) - direction * rate * (gradient[i] ?? 0);
    const trialValue = direction * objective.valueAndGradient(trial, trialGradient);
    const trialNorm = euclideanNorm(trialGradient);
    if (!(trialValue <= Math.max(...recent) && trialValue > -Infinity && trialNorm < Infinity)) {
      rate /= 4;
      continue;
    }
    const moved = rate * norm;
    const turned = distance(trialGradient, gradient);
    if (moved >= shortest * size) curvature = Math.max(curvature, turned / moved);
    if (moved > 0.9 * longest) longest *= 2;
    const bend = rate * (norm * norm - dot(gradient, trialGradient)); // Δx·Δg
    x.set(trial);
    gradient.set(trialGradient);
    norm = trialNorm;
    recent[k % memory] = trialValue;
    rate = bend > 0 ? (moved * moved) / bend : 2 * longest / norm; // concave or straight: as far as is allowed
    if (trialValue <= lowest.value) {
      lowest.x.set(trial);
      lowest.value = trialValue;
      lowest.norm = trialNorm;
      lowest.step = rate * trialNorm;
    }
    if (distance(x, start) > horizon * size) break;
  }
  return {
    best: lowest.x,
    bestValue: direction * lowest.value,
    gradientNorm: lowest.norm,
    settled: lowest.norm <= 1e-4 * firstNorm && lowest.step <= 1e-2 * size,
    curvature,
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
