import { defineMethod } from "../defineMethod";
import { decayed } from "../weightDecay";

const defaults = { alpha: 0.99, epsilon: 1e-8, weightDecay: 0, momentum: 0, centered: false };

/** Tieleman and Hinton 2012; centred as in Graves 2013: the variance in place of the mean square. */
export const rmsprop = defineMethod({
  id: "rmsprop",
  title: "RMSProp",
  learningRate: 1e-2,
  defaults,

  init: (dimension, { centered, momentum }) => ({
    v: new Float64Array(dimension),
    m: new Float64Array(centered ? dimension : 0),
    velocity: new Float64Array(momentum > 0 ? dimension : 0),
  }),

  update({ v, m, velocity }, { alpha, epsilon, weightDecay, momentum, centered }, x, gradient, learningRate) {
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      const g = (gradient[i] ?? 0) + weightDecay * xi;
      const square = alpha * (v[i] ?? 0) + (1 - alpha) * g * g;
      v[i] = square;
      let spread = square;
      if (centered) {
        const mean = (m[i] ?? 0) + (1 - alpha) * (g - (m[i] ?? 0));
        m[i] = mean;
        spread = square - mean * mean;
      }
      const root = Math.sqrt(spread) + epsilon;
      if (momentum > 0) {
        const b = momentum * (velocity[i] ?? 0) + g / root;
        velocity[i] = b;
        x[i] = xi - learningRate * b;
      } else {
        x[i] = xi - (learningRate * g) / root;
      }
    }
  },

  equations({ weightDecay, momentum, centered }) {
    const scaled = `g / (sqrt(${centered ? "v - m^2" : "v"}) + epsilon)`;
    return [
      ...decayed(weightDecay),
      { target: "v", expression: "alpha * v + (1 - alpha) * g^2" },
      ...(centered ? [{ target: "m", expression: "alpha * m + (1 - alpha) * g" }] : []),
      ...(momentum > 0
        ? [
            { target: "velocity", expression: `momentum * velocity + ${scaled}` },
            { target: "x", expression: "x - learningRate * velocity" },
          ]
        : [{ target: "x", expression: `x - learningRate * ${scaled}` }]),
    ];
  },
});
