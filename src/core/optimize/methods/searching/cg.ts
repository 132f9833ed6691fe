import { defineSearching } from "../../defineMethod";
import { euclideanNorm } from "../../norms";
import { dot, negate, sumOfSizes } from "../../vectors";
import { stuck } from "./stuck";

/** Powell's test (1977): gradients that are far from orthogonal say that the directions have lost their meaning. */
const farFromOrthogonal = 0.2;
/** A direction must go downhill at least by this part of what −g does (Gilbert and Nocedal 1992). */
const leastDescent = 1e-2;

/** Nonlinear conjugate gradients, Polak and Ribière's β kept from below 0 (PR+), with restarts along −g. */
export const cg = defineSearching({
  id: "cg",
  title: "Conjugate gradients",
  learningRate: 1,
  lineSearch: "strong-wolfe",
  defaults: { c1: 1e-4, c2: 0.1 },

  init: (dimension) => ({
    direction: new Float64Array(dimension),
    before: new Float64Array(dimension),
    beta: new Float64Array(1),
    stepLength: new Float64Array(1),
    slope: new Float64Array(1),
  }),

  update({ direction, before, beta, stepLength, slope }, _settings, here, { search, remark }, learningRate, t) {
    const { gradient } = here;
    const descent = -dot(gradient, gradient);
    const conjugate = t === 1 ? 0 : polakRibiere(gradient, before);
    const lost = t > 1 && Math.abs(dot(gradient, before)) >= farFromOrthogonal * -descent;
    beta[0] = lost ? 0 : conjugate;
    for (let i = 0; i < direction.length; i++) direction[i] = (beta[0] ?? 0) * (direction[i] ?? 0) - (gradient[i] ?? 0);
    if (dot(gradient, direction) > leastDescent * descent) {
      beta[0] = 0;
      negate(gradient, direction);
    }
    if (t > 1 && beta[0] === 0) remark("restarted");

    const downhill = dot(gradient, direction);
    // The next step is expected to gain what the last one did to first order.
    const first = t === 1 ? learningRate * Math.min(1, 1 / sumOfSizes(gradient)) : ((stepLength[0] ?? 0) * (slope[0] ?? 0)) / downhill;
    before.set(gradient);
    let length = search(here, direction, first);
    if (length === 0 && beta[0] !== 0) {
      beta[0] = 0;
      remark("restarted");
      negate(before, direction);
      length = search(here, direction, Math.min(1, 1 / sumOfSizes(before)));
    }
    stepLength[0] = length;
    slope[0] = downhill;
    return length === 0 ? stuck(here, first * downhill, first * euclideanNorm(direction)) : undefined;
  },

  equations: () => [
    { target: "direction", expression: "-g + beta * direction" },
    { target: "x", expression: "x + stepLength * direction" },
  ],
});

function polakRibiere(gradient: Float64Array, before: Float64Array): number {
  return Math.max(0, (dot(gradient, gradient) - dot(gradient, before)) / dot(before, before));
}
