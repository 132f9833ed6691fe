import type { Objective } from "../objective";
import { largestCurvature } from "./curvature";
import { explore } from "./explore";
import { methodOf } from "./methods";
import { minimize } from "./minimize";
import { maximumNorm } from "./norms";
import type { MethodId } from "./types";

/**
 * A learning rate to begin with, from the function itself.
 *
 * Methods that step by the gradient: gradient descent is stable on curvature λ below 2/λ (see any text on quadratics;
 * Boyd and Vandenberghe §9.3) and arrives at once at 1/λ in the best of cases, so half of that, 1/(2λ), descends surely
 * and can be watched doing so. λ is the largest met: by power iteration at the start and at the lowest point of a short
 * exploration, and along it. Momentum μ multiplies the distance travelled by 1/(1 − μ), so its rate is (1 − μ)/λ.
 *
 * Methods that divide the gradient by its own size (Adam and its kin) step about η a coordinate whatever the function:
 * there η is the distance to the lowest point explored, over the twenty or so steps a person will watch. AdaGrad's
 * steps fall as 1/√t, so it gets more; RMSProp's first is 1/√(1 − α), ten times, too long, so it gets less.
 * AdaDelta finds its own scale and keeps PyTorch's 1.
 *
 * The result is tried for some steps and divided until it does not make things worse. One or two digits.
 */
export function suggestLearningRate(objective: Objective, start: Float64Array, method: MethodId, maximize = false): number {
  const { learningRate: standard, defaults } = methodOf(method);
  const exploration = explore(objective, start, objective.dimension <= 10 ? 300 : 30, maximize ? -1 : 1);
  const proposed = stepsByGradient(method)
    ? fromCurvature(objective, start, exploration, Number(defaults.momentum))
    : fromDistance(start, exploration.best, method, standard);
  return proposed === undefined ? standard : tried(objective, start, method, maximize, roundedDown(proposed));
}

function stepsByGradient(method: MethodId): boolean {
  return method === "gd" || method === "momentum" || method === "nesterov";
}

function fromCurvature(
  objective: Objective,
  start: Float64Array,
  { best, curvature }: { best: Float64Array; curvature: number },
  momentum: number,
): number | undefined {
  const products = objective.dimension <= 1000 ? 20 : 8;
  const lambda = Math.max(
    curvature,
    largestCurvature(objective, start, products),
    largestCurvature(objective, best, products),
  );
  if (!(lambda > 0 && lambda < Infinity)) return undefined;
  return (momentum === 0 ? 0.5 : 1 - momentum) / lambda;
}

/** In how many full steps each method is to cover the distance. */
const stepsToCover: { readonly [id in MethodId]?: number } = { adagrad: 6, rmsprop: 40, rprop: 50 };

function fromDistance(start: Float64Array, best: Float64Array, method: MethodId, standard: number): number {
  if (method === "adadelta") return standard;
  const distance = maximumNorm(best.map((b, i) => b - (start[i] ?? 0)));
  // Where the exploration got nowhere or ran off, the size of the start itself is the only scale there is.
  const scale = Math.max(1, maximumNorm(start));
  return Math.min(Math.max(distance, 0.1 * scale), 10 * scale) / (stepsToCover[method] ?? 20);
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

/** To a number a person would choose: 1, 1.5, 2, 2.5, 3, 4 … 9 times a power of ten, never above. */
function roundedDown(value: number): number {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const mantissa = value / 10 ** exponent + 1e-9;
  const chosen = mantissa < 3 ? Math.floor(2 * mantissa) / 2 : Math.floor(mantissa);
  return Number(`${chosen}e${exponent}`);
}
