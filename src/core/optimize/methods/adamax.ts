import { defineMethod } from "../defineMethod";
import { decayed } from "../weightDecay";

/** Kingma and Ba 2015, section 7: Adam by the largest recent gradient in place of the mean square. */
export const adamax = defineMethod({
  id: "adamax",
  title: "Adamax",
  learningRate: 2e-3,
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },

  init: (dimension) => ({ m: new Float64Array(dimension), u: new Float64Array(dimension) }),

  update({ m, u }, { beta1, beta2, epsilon, weightDecay }, x, gradient, learningRate, t) {
    const rate = learningRate / (1 - beta1 ** t);
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      const g = (gradient[i] ?? 0) + weightDecay * xi;
      const mean = (m[i] ?? 0) + (1 - beta1) * (g - (m[i] ?? 0));
      const largest = Math.max(beta2 * (u[i] ?? 0), Math.abs(g) + epsilon);
      m[i] = mean;
      u[i] = largest;
      x[i] = xi - (rate * mean) / largest;
    }
  },

  equations: ({ weightDecay }) => [
    ...decayed(weightDecay),
    { target: "m", expression: "beta1 * m + (1 - beta1) * g" },
    { target: "u", expression: "max(beta2 * u, abs(g) + epsilon)" },
    { target: "x", expression: "x - learningRate / (1 - beta1^t) * m / u" },
  ],
});
