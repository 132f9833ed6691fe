import type { Objective } from "../objective";

/**
 * The objective as a method sees it: to be made small, whichever way the person wants to go, and with every evaluation
 * counted. To ascend is to descend −f, so the gradient is negated here and nowhere else.
 */
export class Problem {
  readonly dimension: number;
  readonly evaluations = { value: 0, gradient: 0, hessian: 0 };
  /** Of the objective itself, as it is recorded and shown. */
  readonly gradient: Float64Array;
  /** Of what is being made small: the same array, unless ascending. */
  readonly descended: Float64Array;

  constructor(
    private readonly objective: Objective,
    readonly maximize: boolean,
  ) {
    this.dimension = objective.dimension;
    this.gradient = new Float64Array(this.dimension);
    this.descended = maximize ? new Float64Array(this.dimension) : this.gradient;
  }

  /** Fills `gradient` and `descended`, and returns the objective's own value. One value and one gradient, counted as both. */
  evaluate(x: Float64Array): number {
    this.evaluations.value++;
    this.evaluations.gradient++;
    const value = this.objective.valueAndGradient(x, this.gradient);
    if (this.maximize) {
      for (let i = 0; i < this.dimension; i++) this.descended[i] = -(this.gradient[i] ?? 0);
    }
    return value;
  }
}
