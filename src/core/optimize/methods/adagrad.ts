import { defineMethod } from "../defineMethod";
import { decayed } from "../weightDecay";

/** Duchi, Hazan, Singer 2011: each coordinate's rate falls with the sum of its squared gradients. */
export const adagrad = defineMethod({
  id: "adagrad",
  title: "AdaGrad",
  learningRate: 1e-2,
  defaults: { learningRateDecay: 0, weightDecay: 0, initialAccumulatorValue: 0, epsilon: 1e-10 },

  init: (dimension, { initialAccumulatorValue }) => ({
    sum: new Float64Array(dimension).fill(initialAccumulatorValue),
  }),

  update({ sum }, { learningRateDecay, weightDecay, epsilon }, x, gradient, learningRate, t) {
    const rate = learningRate / (1 + (t - 1) * learningRateDecay);
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      const g = (gradient[i] ?? 0) + weightDecay * xi;
      const s = (sum[i] ?? 0) + g * g;
      sum[i] = s;
      x[i] = xi - (rate * g) / (Math.sqrt(s) + epsilon);
    }
  },

  equations: ({ weightDecay }) => [
    ...decayed(weightDecay),
    { target: "sum", expression: "sum + g^2" },
    { target: "x", expression: "x - learningRate / (1 + (t - 1) * learningRateDecay) * g / (sqrt(sum) + epsilon)" },
  ],
});
