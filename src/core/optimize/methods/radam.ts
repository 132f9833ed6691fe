import { defineMethod } from "../defineMethod";
import { decayed, decoupled } from "../weightDecay";

const defaults = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decoupledWeightDecay: false };

/**
 * Liu et al. 2020: Adam that steps by momentum alone until the mean square is worth trusting (ρₜ > 5), and then
 * rectifies its rate. With beta2 = 0.999 that is the first five steps.
 */
export const radam = defineMethod({
  id: "radam",
  title: "RAdam",
  learningRate: 1e-3,
  defaults,

  init: (dimension) => ({ m: new Float64Array(dimension), v: new Float64Array(dimension) }),

  update({ m, v }, settings, x, gradient, learningRate, t) {
    const { beta1, beta2, epsilon, weightDecay, decoupledWeightDecay } = settings;
    const correction1 = 1 - beta1 ** t;
    const correction2 = 1 - beta2 ** t;
    const rhoInfinity = 2 / (1 - beta2) - 1;
    const rho = rhoInfinity - (2 * t * beta2 ** t) / correction2;
    const rectified = rho > 5;
    const factor = rectified
      ? Math.sqrt(
          (((rho - 4) * (rho - 2) * rhoInfinity) / ((rhoInfinity - 4) * (rhoInfinity - 2) * rho)) * correction2,
        )
      : 1;
    const shrink = decoupledWeightDecay ? 1 - learningRate * weightDecay : 1;
    const penalty = decoupledWeightDecay ? 0 : weightDecay;
    for (let i = 0; i < x.length; i++) {
      const xi = x[i] ?? 0;
      const g = (gradient[i] ?? 0) + penalty * xi;
      const mean = (m[i] ?? 0) + (1 - beta1) * (g - (m[i] ?? 0));
      const square = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g;
      m[i] = mean;
      v[i] = square;
      const step = (learningRate * mean) / correction1;
      x[i] = shrink * xi - (rectified ? (step * factor) / (Math.sqrt(square) + epsilon) : step);
    }
  },

  equations: ({ weightDecay, decoupledWeightDecay }) => [
    ...(decoupledWeightDecay ? decoupled(weightDecay) : decayed(weightDecay)),
    { target: "m", expression: "beta1 * m + (1 - beta1) * g" },
    { target: "v", expression: "beta2 * v + (1 - beta2) * g^2" },
    { target: "rhoInfinity", expression: "2 / (1 - beta2) - 1" },
    { target: "rho", expression: "rhoInfinity - 2 * t * beta2^t / (1 - beta2^t)" },
    {
      target: "r",
      expression:
        "rho > 5 ? sqrt((rho - 4) * (rho - 2) * rhoInfinity / ((rhoInfinity - 4) * (rhoInfinity - 2) * rho))" +
        " * sqrt(1 - beta2^t) / (sqrt(v) + epsilon) : 1",
    },
    { target: "x", expression: "x - learningRate * m / (1 - beta1^t) * r" },
  ],
});
