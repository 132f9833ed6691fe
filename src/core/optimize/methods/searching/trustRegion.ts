import { defineSearching } from "../../defineMethod";
import { type Eigen, symmetricEigen } from "../../linearAlgebra/symmetricEigen";
import { euclideanNorm } from "../../norms";
import { copySample, emptySample, isFinite } from "../../sample";
import { exactStep } from "../../trustRegion/exactStep";
import type { ModelStep } from "../../trustRegion/model";
import { steihaugStep } from "../../trustRegion/steihaugStep";
import { addScaled } from "../../vectors";
import { precisionReached, stuck } from "./stuck";

/** Up to so many unknowns the model is minimised exactly. */
const mostExact = 60;

/**
 * To the lowest point of the parabola that fits here, but no further than a radius within which it has proved right: the
 * radius grows where the model kept its promise and shrinks where it did not, and then the step is not taken (Conn, Gould
 * and Toint 2000; the constants are SciPy's, but for the first radius).
 */
export const trustRegion = defineSearching({
  id: "trust-region",
  title: "Trust region",
  learningRate: 1,
  lineSearch: undefined,
  // A small first radius costs a step or two; a large one may leave the valley that one began in.
  defaults: { initialRadius: 0.25, maxRadius: 1000, eta: 0.15 },

  init: (dimension, { initialRadius }) => ({
    step: new Float64Array(dimension),
    radius: new Float64Array(1).fill(initialRadius),
    /** What the value fell by, over what the model had promised. */
    ratio: new Float64Array(1),
    shift: new Float64Array(1),
    hessian: new Float64Array(dimension <= mostExact ? dimension * dimension : 0),
    /** Its eigenvalues and eigenvectors, until the point moves. */
    eigenvalues: new Float64Array(dimension <= mostExact ? dimension : 0),
    eigenvectors: new Float64Array(dimension <= mostExact ? dimension * dimension : 0),
    moved: new Float64Array(1).fill(1),
  }),

  update(state, { maxRadius, eta }, here, { problem, remark }, learningRate, t) {
    const { step, radius, ratio, shift, hessian, moved } = state;
    if (t === 1) radius[0] = learningRate * (radius[0] ?? 1);
    const reach = radius[0] ?? 1;
    const size = euclideanNorm(here.gradient);
    let model: ModelStep;
    if (hessian.length > 0) {
      if (moved[0] === 1) decompose(state, here.x.length, () => problem.hessian(here.x, hessian));
      model = exactStep(eigenOf(state), here.gradient, reach, step);
    } else {
      const product = (v: Float64Array, out: Float64Array) => problem.hessianVector(here.x, v, out);
      model = steihaugStep(product, here.gradient, reach, Math.min(0.5, Math.sqrt(size)) * size, step);
    }
    shift[0] = model.shift;
    if (model.indefinite) remark("indefinite");

    const trial = emptySample(here.x.length);
    addScaled(here.x, 1, step, trial.x);
    const length = euclideanNorm(step);
    if (!(length > 1e-16 * euclideanNorm(here.x)) || !(model.promised > 0)) {
      return model.onTheEdge ? stuck(here, model.promised, Infinity) : precisionReached;
    }
    problem.evaluate(trial);
    const fallen = here.value - trial.value;
    const fine = isFinite(trial);
    // Where the value's digits cannot tell, a flatter place is a better one.
    const beyondDigits = model.promised <= 1e-13 * Math.abs(here.value) && Math.abs(fallen) <= 1e-13 * Math.abs(here.value);
    const flatter = euclideanNorm(trial.gradient) < size;
    if (fine && beyondDigits && !flatter) return precisionReached;
    ratio[0] = fine ? (beyondDigits ? 1 : fallen / model.promised) : -1;

    if ((ratio[0] ?? 0) < 0.25) radius[0] = 0.25 * Math.min(reach, length);
    else if ((ratio[0] ?? 0) > 0.75 && model.onTheEdge) radius[0] = Math.min(2 * reach, maxRadius);
    moved[0] = (ratio[0] ?? 0) > eta ? 1 : 0;
    if (moved[0] === 1) copySample(trial, here);
    else remark("rejected");
    return undefined;
  },

  equations: () => [
    { target: "step", expression: "-inv(H + shift * I) * g" },
    { target: "x", expression: "moved == 1 ? x + step : x" },
  ],
});

interface Decomposed {
  hessian: Float64Array;
  eigenvalues: Float64Array;
  eigenvectors: Float64Array;
}

function decompose({ hessian, eigenvalues, eigenvectors }: Decomposed, n: number, evaluate: () => void): void {
  evaluate();
  const { values, vectors } = symmetricEigen(hessian, n);
  eigenvalues.set(values);
  eigenvectors.set(vectors);
}

const eigenOf = ({ eigenvalues, eigenvectors }: Decomposed): Eigen => ({ values: eigenvalues, vectors: eigenvectors });
