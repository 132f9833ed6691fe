import { defineMethod } from "../defineMethod";
import { decayed, decoupled } from "../weightDecay";

const defaults = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  momentumDecay: 4e-3,
  decoupledWeightDecay: false,
};

/** Dozat 2016: Adam with Nesterov's look ahead; the momentum warms up from half of beta1. */
export const nadam = defineMethod({
  id: "nadam",
  title: "NAdam",
  learningRate: 2e-3,
  defaults,

  init: (dimension) => ({
    m: new Float64Array(dimension),
    v: new Float64Array(dimension),
    muProduct: new Float64Array(1).fill(1), // μ₁·μ₂·…·μₜ, one for all coordinates
  }),

  update({ m, v, muProduct }, settings, x, gradient, learningRate, t) {
    const { beta1, beta2, epsilon, weightDecay, momentumDecay, decoupledWeightDecay } = settings;
    const mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));
    const muNext = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentumDecay));
    const product = (muProduct[0] ?? 1) * mu;
    muProduct[0] = product;
    const gradientRate = (learningRate * (1 - mu)) / (1 - product);
    const momentumRate = (learningRate * muNext) / (1 - product * muNext);
    const correction = 1 - beta2 ** t;
    const shrink = decoupledWeightDecay ? 1 - learningRate * weightDecay : 1;
    const penalty = decoupledWeightDecay ? 0 : weightDecay;
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      const g = (gradient[i] ?? 0) + penalty * xi;
      const mean = (m[i] ?? 0) + (1 - beta1) * (g - (m[i] ?? 0));
      const square = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g;
      m[i] = mean;
      v[i] = square;
      const d = Math.sqrt(square / correction) + epsilon;
      x[i] = shrink * xi - (gradientRate * g) / d - (momentumRate * mean) / d;
    }
  },

  equations: ({ weightDecay, decoupledWeightDecay }) => [
    ...(decoupledWeightDecay ? decoupled(weightDecay) : decayed(weightDecay)),
    { target: "mu", expression: "beta1 * (1 - 0.96^(t * momentumDecay) / 2)" },
    { target: "muNext", expression: "beta1 * (1 - 0.96^((t + 1) * momentumDecay) / 2)" },
    { target: "muProduct", expression: "muProduct * mu" },
    { target: "m", expression: "beta1 * m + (1 - beta1) * g" },
    { target: "v", expression: "beta2 * v + (1 - beta2) * g^2" },
    {
      target: "x",
      expression:
        "x - learningRate * ((1 - mu) / (1 - muProduct) * g + muNext / (1 - muProduct * muNext) * m)" +
        " / (sqrt(v / (1 - beta2^t)) + epsilon)",
    },
  ],
});
