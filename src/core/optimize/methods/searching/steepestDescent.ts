import { defineSearching } from "../../defineMethod";
import { euclideanNorm } from "../../norms";
import { dot, negate, sumOfSizes } from "../../vectors";
import { stuck } from "./stuck";

/** Gradient descent whose steps a line search chooses (Cauchy 1847). */
export const steepestDescent = defineSearching({
  id: "gd",
  title: "Gradient descent with a line search",
  learningRate: 1,
  lineSearch: "armijo",
  defaults: { c1: 1e-4, c2: 0.1 },

  init: (dimension) => ({ direction: new Float64Array(dimension), stepLength: new Float64Array(1) }),

  update({ direction, stepLength }, _settings, here, { search }, learningRate, t) {
    negate(here.gradient, direction);
    const last = stepLength[0] ?? 0;
    // Backtracking can only shorten, so it is given room: twice what served the last time.
    const first = t === 1 ? learningRate * Math.min(1, 1 / sumOfSizes(here.gradient)) : 2 * last;
    const length = search(here, direction, first);
    stepLength[0] = length;
    return length === 0 ? stuck(here, first * dot(direction, direction), first * euclideanNorm(direction)) : undefined;
  },

  equations: () => [
    { target: "direction", expression: "-g" },
    { target: "x", expression: "x + stepLength * direction" },
  ],
});
