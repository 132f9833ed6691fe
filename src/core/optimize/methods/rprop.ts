import { defineMethod } from "../defineMethod";

/**
 * Riedmiller and Braun 1993, as PyTorch has it: only signs count. A coordinate whose gradient keeps its sign steps
 * further; one whose gradient turned stays where it is for a step and goes on more carefully.
 */
export const rprop = defineMethod({
  id: "rprop",
  title: "Rprop",
  learningRate: 1e-2,
  defaults: { etaMinus: 0.5, etaPlus: 1.2, stepSizeMin: 1e-6, stepSizeMax: 50 },

  init: (dimension, _settings, learningRate) => ({
    stepSize: new Float64Array(dimension).fill(learningRate),
    previous: new Float64Array(dimension),
  }),

  update({ stepSize, previous }, { etaMinus, etaPlus, stepSizeMin, stepSizeMax }, x, gradient) {
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i] ?? 0;
      const agreement = g * (previous[i] ?? 0);
      const turned = agreement < 0;
      const factor = agreement > 0 ? etaPlus : turned ? etaMinus : 1;
      const size = Math.min(Math.max((stepSize[i] ?? 0) * factor, stepSizeMin), stepSizeMax);
      const used = turned ? 0 : g;
      stepSize[i] = size;
      previous[i] = used;
      x[i] = (x[i] ?? 0) - Math.sign(used) * size;
    }
  },

  equations: () => [
    {
      target: "stepSize",
      expression:
        "min(max(stepSize * (g * previous > 0 ? etaPlus : (g * previous < 0 ? etaMinus : 1)), stepSizeMin), stepSizeMax)",
    },
    { target: "previous", expression: "g * previous < 0 ? 0 : g" },
    { target: "x", expression: "x - sign(previous) * stepSize" },
  ],
});
