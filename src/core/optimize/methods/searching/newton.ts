import { defineSearching } from "../../defineMethod";
import { shiftedCholesky, solveCholesky } from "../../linearAlgebra/shiftedCholesky";
import { euclideanNorm } from "../../norms";
import { dot, negate } from "../../vectors";
import { stuck } from "./stuck";

const mostUnknowns = 2000;

/**
 * Newton's method: to the lowest point of the parabola that fits here. Where the Hessian is not positive definite, that
 * would be no lowest point, so τI is added until it is (Nocedal and Wright, algorithm 3.3), and it is said.
 */
export const newton = defineSearching({
  id: "newton",
  title: "Newton",
  learningRate: 1,
  lineSearch: "armijo",
  defaults: { c1: 1e-4, c2: 0.9 },

  init(dimension) {
    if (dimension > mostUnknowns) {
      throw new RangeError(`Newton's method needs a Hessian of ${dimension} × ${dimension} numbers, which is too large; Newton-CG ("newton-cg") needs none.`);
    }
    return {
      direction: new Float64Array(dimension),
      shift: new Float64Array(1),
      stepLength: new Float64Array(1),
      hessian: new Float64Array(dimension * dimension),
      factor: new Float64Array(dimension * dimension),
    };
  },

  update({ direction, shift, stepLength, hessian, factor }, _settings, here, { problem, search, remark }, learningRate) {
    const n = direction.length;
    const { gradient } = here;
    problem.hessian(here.x, hessian);
    const tau = shiftedCholesky(hessian, n, factor);
    shift[0] = tau;
    if (tau > 0) remark("indefinite");
    if (Number.isFinite(tau)) {
      solveCholesky(factor, n, gradient, direction);
      negate(direction, direction);
    } else {
      negate(gradient, direction); // a Hessian that is not finite is of no help
    }
    const promised = dot(direction, gradient);
    const length = search(here, direction, learningRate);
    stepLength[0] = length;
    return length === 0 ? stuck(here, promised, euclideanNorm(direction)) : undefined;
  },

  equations: () => [
    { target: "direction", expression: "-inv(H + shift * I) * g" },
    { target: "x", expression: "x + stepLength * direction" },
  ],
});
