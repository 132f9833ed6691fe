import { defineMethod } from "../defineMethod";
import { decayed } from "../weightDecay";

/** Zeiler 2012: the ratio of two running root mean squares, of steps and of gradients, gives the step its units. */
export const adadelta = defineMethod({
  id: "adadelta",
  title: "AdaDelta",
  learningRate: 1,
  defaults: { rho: 0.9, epsilon: 1e-6, weightDecay: 0 },

  init: (dimension) => ({ v: new Float64Array(dimension), u: new Float64Array(dimension) }),

  update({ v, u }, { rho, epsilon, weightDecay }, x, gradient, learningRate) {
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      const g = (gradient[i] ?? 0) + weightDecay * xi;
      const square = rho * (v[i] ?? 0) + (1 - rho) * g * g;
      const steps = u[i] ?? 0;
      const delta = (Math.sqrt(steps + epsilon) / Math.sqrt(square + epsilon)) * g;
      v[i] = square;
      u[i] = rho * steps + (1 - rho) * delta * delta;
      x[i] = xi - learningRate * delta;
    }
  },

  equations: ({ weightDecay }) => [
    ...decayed(weightDecay),
    { target: "v", expression: "rho * v + (1 - rho) * g^2" },
    { target: "delta", expression: "sqrt(u + epsilon) / sqrt(v + epsilon) * g" },
    { target: "u", expression: "rho * u + (1 - rho) * delta^2" },
    { target: "x", expression: "x - learningRate * delta" },
  ],
});
