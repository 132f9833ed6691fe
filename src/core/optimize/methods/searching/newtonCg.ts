import { defineSearching } from "../../defineMethod";
import { euclideanNorm } from "../../norms";
import { steihaugStep } from "../../trustRegion/steihaugStep";
import { dot } from "../../vectors";
import { stuck } from "./stuck";

/**
 * Newton's method whose equation H d = −g is solved by conjugate gradients, only as well as is worth it this far from the
 * minimum (Dembo and Steihaug 1983): it needs no Hessian, only products with it.
 */
export const newtonCg = defineSearching({
  id: "newton-cg",
  title: "Newton-CG",
  learningRate: 1,
  lineSearch: "strong-wolfe",
  defaults: { c1: 1e-4, c2: 0.9 },

  init: (dimension) => ({ direction: new Float64Array(dimension), stepLength: new Float64Array(1) }),

  update({ direction, stepLength }, _settings, here, { problem, search, remark }, learningRate) {
    const size = euclideanNorm(here.gradient);
    const { indefinite } = steihaugStep(
      (v, out) => problem.hessianVector(here.x, v, out),
      here.gradient,
      Infinity,
      Math.min(0.5, Math.sqrt(size)) * size,
      direction,
    );
    if (indefinite) remark("indefinite");
    const promised = dot(direction, here.gradient);
    const length = search(here, direction, learningRate);
    stepLength[0] = length;
    return length === 0 ? stuck(here, promised, euclideanNorm(direction)) : undefined;
  },

  equations: () => [{ target: "x", expression: "x + stepLength * direction" }],
});
