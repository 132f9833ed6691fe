import { defineSearching } from "../../defineMethod";
import { euclideanNorm } from "../../norms";
import { dot, negate, subtract, sumOfSizes } from "../../vectors";
import { stuck } from "./stuck";

/** As in BFGS. */
const leastTurn = 1e-14;

/**
 * BFGS that keeps the last steps and turns of the gradient in place of a matrix (Nocedal 1980), with the arithmetic of
 * PyTorch's. Its line search is the strong Wolfe one, which PyTorch leaves out unless asked.
 */
export const lbfgs = defineSearching({
  id: "lbfgs",
  title: "L-BFGS",
  learningRate: 1,
  lineSearch: "strong-wolfe",
  defaults: { historySize: 100, c1: 1e-4, c2: 0.9 },

  init: (dimension, { historySize }) => {
    if (!Number.isInteger(historySize) || historySize < 1) throw new RangeError("L-BFGS remembers a whole number of steps, 1 or more.");
    return {
      direction: new Float64Array(dimension),
      stepLength: new Float64Array(1),
      /** Of the identity that stands for what is not remembered. */
      scale: new Float64Array(1).fill(1),
      /** How many pairs have been learnt; the newest is in row (learnt − 1) mod historySize. */
      learnt: new Float64Array(1),
      steps: new Float64Array(historySize * dimension),
      turns: new Float64Array(historySize * dimension),
    };
  },

  update({ direction, stepLength, scale, learnt, steps, turns }, { historySize }, here, { search, remark }, learningRate, t) {
    const n = direction.length;
    const { gradient, x } = here;
    const row = (pair: number, of: Float64Array) => of.subarray((pair % historySize) * n, (pair % historySize) * n + n);
    twoLoops(direction, gradient, scale[0] ?? 1, learnt[0] ?? 0, Math.max(0, (learnt[0] ?? 0) - historySize), (pair) => ({
      step: row(pair, steps),
      turn: row(pair, turns),
    }));
    const promised = dot(direction, gradient);
    const reach = euclideanNorm(direction);
    const before = Float64Array.from(gradient);
    const from = Float64Array.from(x);
    const careful = learningRate * Math.min(1, 1 / sumOfSizes(gradient));
    let length = search(here, direction, t === 1 ? careful : learningRate);
    if (length === 0 && (learnt[0] ?? 0) > 0) {
      remark("restarted");
      learnt[0] = 0;
      scale[0] = 1;
      negate(gradient, direction);
      length = search(here, direction, careful);
    }
    stepLength[0] = length;
    if (length === 0) return stuck(here, promised, reach);

    const next = learnt[0] ?? 0;
    const step = row(next, steps);
    const turn = row(next, turns);
    subtract(x, from, from);
    subtract(gradient, before, before);
    const curvature = dot(from, before);
    const square = dot(before, before);
    if (curvature > leastTurn * Math.sqrt(dot(from, from) * square)) {
      step.set(from);
      turn.set(before);
      scale[0] = curvature / square;
      learnt[0] = next + 1;
    }
    return undefined;
  },

  equations: () => [
    { target: "x", expression: "x + stepLength * direction" },
  ],
});

/** direction = −B g, B the inverse Hessian that the pairs stand for (Nocedal and Wright, algorithm 7.4). */
function twoLoops(
  direction: Float64Array,
  gradient: Float64Array,
  scale: number,
  end: number,
  start: number,
  pair: (index: number) => { step: Float64Array; turn: Float64Array },
): void {
  const n = direction.length;
  const alphas = new Float64Array(end - start);
  negate(gradient, direction);
  for (let k = end - 1; k >= start; k--) {
    const { step, turn } = pair(k);
    const alpha = dot(step, direction) / dot(turn, step);
    alphas[k - start] = alpha;
    for (let i = 0; i < n; i++) direction[i] = (direction[i] ?? 0) - alpha * (turn[i] ?? 0);
  }
  for (let i = 0; i < n; i++) direction[i] = scale * (direction[i] ?? 0);
  for (let k = start; k < end; k++) {
    const { step, turn } = pair(k);
    const beta = dot(turn, direction) / dot(turn, step);
    const alpha = (alphas[k - start] ?? 0) - beta;
    for (let i = 0; i < n; i++) direction[i] = (direction[i] ?? 0) + alpha * (step[i] ?? 0);
  }
}
