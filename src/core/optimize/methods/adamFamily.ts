import type { MethodDefinition } from "../method";
import { decayed, decoupled } from "../weightDecay";

export const adamDefaults = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  decoupledWeightDecay: false,
  amsgrad: false,
};
type AdamState = { m: Float64Array; v: Float64Array; vMax: Float64Array };

/** What Adam, AMSGrad and AdamW share. As in PyTorch, AMSGrad's maximum is taken of the *uncorrected* mean squares. */
export const adamFamily: Omit<MethodDefinition<typeof adamDefaults, AdamState>, "id" | "title" | "defaults"> = {
  learningRate: 1e-3,

  init: (dimension, { amsgrad }) => ({
    m: new Float64Array(dimension),
    v: new Float64Array(dimension),
    vMax: new Float64Array(amsgrad ? dimension : 0),
  }),

  update({ m, v, vMax }, settings, x, gradient, learningRate, t) {
    const { beta1, beta2, epsilon, weightDecay, decoupledWeightDecay, amsgrad } = settings;
    const rate = learningRate / (1 - beta1 ** t);
    const correction = Math.sqrt(1 - beta2 ** t);
    const shrink = decoupledWeightDecay ? 1 - learningRate * weightDecay : 1;
    const penalty = decoupledWeightDecay ? 0 : weightDecay;
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      const g = (gradient[i] ?? 0) + penalty * xi;
      const mean = (m[i] ?? 0) + (1 - beta1) * (g - (m[i] ?? 0));
      let square = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g;
      m[i] = mean;
      v[i] = square;
      if (amsgrad) {
        square = Math.max(vMax[i] ?? 0, square);
        vMax[i] = square;
      }
      x[i] = shrink * xi - (rate * mean) / (Math.sqrt(square) / correction + epsilon);
    }
  },

  equations: ({ weightDecay, decoupledWeightDecay, amsgrad }) => [
    ...(decoupledWeightDecay ? decoupled(weightDecay) : decayed(weightDecay)),
    { target: "m", expression: "beta1 * m + (1 - beta1) * g" },
    { target: "v", expression: "beta2 * v + (1 - beta2) * g^2" },
    ...(amsgrad ? [{ target: "vMax", expression: "max(vMax, v)" }] : []),
    {
      target: "x",
      expression:
        "x - learningRate / (1 - beta1^t) * m" + ` / (sqrt(${amsgrad ? "vMax" : "v"}) / sqrt(1 - beta2^t) + epsilon)`,
    },
  ],
};
