import { defineSearching } from "../../defineMethod";
import { euclideanNorm } from "../../norms";
import { dot, multiply, negate, subtract, sumOfSizes } from "../../vectors";
import { stuck } from "./stuck";

/** A matrix of more unknowns is too much to keep; L-BFGS does without. */
const mostUnknowns = 2000;
/** Steps along which the gradient turned less than this, relatively, tell of no curvature worth learning. */
const leastTurn = 1e-14;

/**
 * Broyden, Fletcher, Goldfarb and Shanno 1970: an approximation of H⁻¹, learnt from how the gradient turned along the steps
 * (Nocedal and Wright, algorithm 6.1). Before it learns the first time, it is scaled to the curvature met (equation 6.20).
 */
export const bfgs = defineSearching({
  id: "bfgs",
  title: "BFGS",
  learningRate: 1,
  lineSearch: "strong-wolfe",
  defaults: { c1: 1e-4, c2: 0.9 },

  init(dimension) {
    if (dimension > mostUnknowns) {
      throw new RangeError(`BFGS keeps a matrix of ${dimension} × ${dimension} numbers, which is too large; L-BFGS ("lbfgs") needs none.`);
    }
    const state = {
      direction: new Float64Array(dimension),
      inverseHessian: new Float64Array(dimension * dimension),
      stepLength: new Float64Array(1),
      step: new Float64Array(dimension),
      turn: new Float64Array(dimension),
    };
    toIdentity(state.inverseHessian, dimension);
    return state;
  },

  update({ direction, inverseHessian, stepLength, step, turn }, _settings, here, { search, remark }, learningRate, t) {
    const n = direction.length;
    const { gradient, x } = here;
    multiply(inverseHessian, gradient, direction);
    negate(direction, direction);
    const promised = dot(direction, gradient);
    const reach = euclideanNorm(direction);
    step.set(x);
    turn.set(gradient);
    // Without any curvature yet, a step of length 1 at most; from then on, Newton's.
    let length = search(here, direction, t === 1 ? learningRate * Math.min(1, 1 / sumOfSizes(gradient)) : learningRate);
    if (length === 0 && t > 1) {
      remark("restarted");
      toIdentity(inverseHessian, n);
      negate(gradient, direction);
      length = search(here, direction, Math.min(1, 1 / sumOfSizes(gradient)));
    }
    stepLength[0] = length;
    if (length === 0) return stuck(here, promised, reach);

    subtract(x, step, step);
    subtract(gradient, turn, turn);
    const curvature = dot(step, turn);
    if (!(curvature > leastTurn * Math.sqrt(dot(step, step) * dot(turn, turn)))) return undefined;
    if (isIdentity(inverseHessian, n)) scale(inverseHessian, curvature / dot(turn, turn));
    learn(inverseHessian, step, turn, curvature);
    return undefined;
  },

  equations: () => [
    { target: "direction", expression: "-inverseHessian * g" },
    { target: "x", expression: "x + stepLength * direction" },
    {
      target: "inverseHessian",
      expression: "(I - step * turn' / dot(turn, step)) * inverseHessian * (I - turn * step' / dot(turn, step)) + step * step' / dot(turn, step)",
    },
  ],
});

/** (I − ρ s yᵀ) B (I − ρ y sᵀ) + ρ s sᵀ, multiplied out. */
function learn(inverse: Float64Array, step: Float64Array, turn: Float64Array, curvature: number): void {
  const n = step.length;
  const bent = new Float64Array(n);
  multiply(inverse, turn, bent);
  const factor = (1 + dot(turn, bent) / curvature) / curvature;
  for (let i = 0; i < n; i++) {
    const si = step[i] ?? 0;
    const bi = bent[i] ?? 0;
    for (let j = 0; j < n; j++) {
      const change = factor * si * (step[j] ?? 0) - (bi * (step[j] ?? 0) + si * (bent[j] ?? 0)) / curvature;
      inverse[i * n + j] = (inverse[i * n + j] ?? 0) + change;
    }
  }
}

function toIdentity(matrix: Float64Array, n: number): void {
  matrix.fill(0);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
}

function isIdentity(matrix: Float64Array, n: number): boolean {
  return matrix.every((entry, k) => entry === (k % (n + 1) === 0 ? 1 : 0));
}

function scale(matrix: Float64Array, factor: number): void {
  for (let k = 0; k < matrix.length; k++) matrix[k] = factor * (matrix[k] ?? 0);
}
