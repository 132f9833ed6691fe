import type { MethodDefinition } from "../method";
import { decayed } from "../weightDecay";

/**
 * PyTorch's SGD: plain descent, heavy ball (Polyak 1964) and Nesterov's momentum are three settings of it. The first
 * velocity is the first gradient, undampened.
 */
export const sgdDefaults = { momentum: 0, dampening: 0, weightDecay: 0, nesterov: false };
type SgdSettings = typeof sgdDefaults;

export const sgd: Omit<MethodDefinition<SgdSettings, { velocity: Float64Array }>, "id" | "title" | "defaults"> = {
  learningRate: 1e-3,

  init(dimension, { momentum, dampening, nesterov }) {
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      throw new RangeError("Nesterov's momentum needs a momentum above 0 and no dampening.");
    }
    return { velocity: new Float64Array(momentum === 0 ? 0 : dimension) };
  },

  update({ velocity }, { momentum, dampening, weightDecay, nesterov }, x, gradient, learningRate, t) {
    if (momentum === 0) {
      step(x, gradient, weightDecay, learningRate);
      return;
    }
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      const g = (gradient[i] ?? 0) + weightDecay * xi;
      const b = t === 1 ? g : momentum * (velocity[i] ?? 0) + (1 - dampening) * g;
      velocity[i] = b;
      x[i] = xi - learningRate * (nesterov ? g + momentum * b : b);
    }
  },

  equations: ({ momentum, weightDecay, nesterov }) =>
    momentum === 0
      ? [...decayed(weightDecay), { target: "x", expression: "x - learningRate * g" }]
      : [
          ...decayed(weightDecay),
          { target: "velocity", expression: "t == 1 ? g : momentum * velocity + (1 - dampening) * g" },
          {
            target: "x",
            expression: nesterov ? "x - learningRate * (g + momentum * velocity)" : "x - learningRate * velocity",
          },
        ],

  /** The roots of the recurrence stay inside the unit circle (Polyak 1964; for Nesterov's, Lessard et al. 2016). */
  stableLearningRate(lambda, { momentum, dampening, nesterov }) {
    if (nesterov) return (2 * (1 + momentum)) / ((1 + 2 * momentum) * lambda);
    return (2 * (1 + momentum)) / ((momentum === 0 ? 1 : 1 - dampening) * lambda);
  },
};

/** Without a memory, in half the time: of a network's step that is much. */
function step(x: Float64Array, gradient: Float64Array, weightDecay: number, learningRate: number): void {
  for (let i = 0; i < x.length; i++) {
    const xi = x[i] ?? 0;
    x[i] = xi - learningRate * ((gradient[i] ?? 0) + weightDecay * xi);
  }
}
