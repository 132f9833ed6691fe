import type { Objective } from "../objective";
import { largestCurvature } from "./curvature";
import { type Exploration, explore } from "./explore";
import { methodOf } from "./methods";
import { minimize } from "./minimize";
import { euclideanNorm, maximumNorm } from "./norms";
import { roundedDown } from "./roundRate";
import type { MethodId } from "./types";

/**
 * A learning rate to begin with, from the function itself.
 *
 * Methods that step by the gradient: gradient descent is stable on curvature λ below 2/λ (see any text on quadratics;
 * Boyd and Vandenberghe §9.3) and arrives at once at 1/λ in the best of cases, so half of that, 1/(2λ), descends surely
 * and can be watched doing so. λ is the largest met: by power iteration at the start and at the lowest point of a short
 * exploration, and along it. Momentum μ multiplies the distance travelled by 1/(1 − μ), so its rate is (1 − μ)/λ.
 * The first step never goes further than the lowest point; where there is no curvature to go by, only kinks between
 * straight pieces, it goes a twentieth of the way. Where the function has no bottom, λ is that at the start.
 *
 * Methods that divide the gradient by its own size (Adam and its kin) step about η a coordinate whatever the function:
 * there η is the distance to the lowest point explored, over the twenty or so steps a person will watch. AdaGrad's
 * steps fall as 1/√t, so it gets more; RMSProp's first is 1/√(1 − α), ten times, too long, so it gets less.
 * AdaDelta finds its own scale and keeps PyTorch's 1.
 *
 * The result is tried for some steps and divided until it does not make things worse. One or two digits.
 */
export function suggestLearningRate(objective: Objective, start: Float64Array, method: MethodId, maximize = false): number {
  const { learningRate: standard, defaults, kind } = methodOf(method);
  if (method === "adadelta" || kind === "searching") return standard;
  const exploration = explore(objective, start, objective.dimension <= 10 ? 300 : 30, maximize ? -1 : 1);
  const slope = euclideanNorm(objective.gradient(start));
  if (!(slope > 0 && slope < Infinity)) return standard; // flat, or nowhere: nothing to go by
  const length = lengthToGo(start, exploration.best);
  const proposed = stepsByGradient(method)
    ? fromCurvature(objective, start, exploration, Number(defaults.momentum), length / slope)
    : length / (stepsToCover[method] ?? 20);
  return tried(objective, start, method, maximize, roundedDown(proposed));
}

function stepsByGradient(method: MethodId): boolean {
  return method === "gd" || method === "momentum" || method === "nesterov";
}

function fromCurvature(
  objective: Objective,
  start: Float64Array,
  { best, curvature: onTheWay, settled }: Exploration,
  momentum: number,
  inOneStep: number,
): number {
  const products = objective.dimension <= 1000 ? 20 : 8;
  const atStart = largestCurvature(objective, start, products);
  // On a way that leads off to nowhere the curvature of distant places says nothing about the steps one will watch.
  const ranOff = !settled && maximumNorm(best.map((b, i) => b - (start[i] ?? 0))) > 10 * Math.max(1, maximumNorm(start));
  const local = ranOff ? atStart : Math.max(atStart, largestCurvature(objective, best, products));
  const curvature = ranOff ? atStart : onTheWay;
  // A gradient that jumps where the Hessian knows nothing of it is a kink, and 1/λ would only be the size of a step.
  const kinked = curvature > 1e4 * local;
  const careful = momentum === 0 ? 1 : 2 * (1 - momentum);
  const straight = (careful * inOneStep) / 20;
  return kinked ? straight : Math.min((careful * 0.5) / Math.max(curvature, local), 20 * straight);
}

/** In how many full steps each method is to cover the distance. */
const stepsToCover: { readonly [id in MethodId]?: number } = { adagrad: 6, rmsprop: 40, rprop: 50 };

/** How far the lowest point is; where the exploration got nowhere or ran off, the size of the start is the only scale. */
function lengthToGo(start: Float64Array, best: Float64Array): number {
  const distance = maximumNorm(best.map((b, i) => b - (start[i] ?? 0)));
  const size = Math.max(1, maximumNorm(start));
  return distance > 1e3 * size ? size : Math.max(distance, 0.1 * size);
}

function tried(objective: Objective, start: Float64Array, method: MethodId, maximize: boolean, proposed: number): number {
  const maxIterations = objective.dimension <= 10 ? 60 : 10;
  let learningRate = proposed;
  for (let attempt = 0; attempt < 8; attempt++) {
    const { values, status, iterations } = minimize(objective, { method, start, maximize, learningRate, maxIterations });
    const gained = ((values[0] ?? NaN) - (values[iterations] ?? NaN)) * (maximize ? -1 : 1);
    if (status !== "diverged" && gained >= 0) return learningRate;
    learningRate = roundedDown(learningRate / 4);
  }
  return learningRate;
}
