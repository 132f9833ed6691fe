import type { Objective } from "../objective";
import type { Sample } from "./sample";

/**
 * The objective as a method sees it: to be made small, whichever way the person wants to go, and with every evaluation
 * counted. To ascend is to descend −f, so signs are turned here and nowhere else.
 */
export class Problem {
  readonly dimension: number;
  /** A product of the Hessian with a vector counts as one of it. */
  readonly evaluations = { value: 0, gradient: 0, hessian: 0 };
  /** 1, or −1 when ascending: the objective's own numbers are this times what a method sees. */
  readonly sign: 1 | -1;

  constructor(
    private readonly objective: Objective,
    readonly maximize: boolean,
  ) {
    this.dimension = objective.dimension;
    this.sign = maximize ? -1 : 1;
  }

  /** Fills in value and gradient at the sample's point: one of each, counted as both. Of another objective: that of a batch. */
  evaluate(sample: Sample, objective = this.objective): void {
    this.evaluations.value++;
    this.evaluations.gradient++;
    const value = objective.valueAndGradient(sample.x, sample.gradient);
    sample.value = this.sign * value;
    if (this.maximize) turn(sample.gradient);
  }

  /** Row-major, dimension × dimension. */
  hessian(x: Float64Array, out: Float64Array): void {
    this.evaluations.hessian++;
    this.objective.hessian(x, out);
    if (this.maximize) turn(out);
  }

  hessianVector(x: Float64Array, v: Float64Array, out: Float64Array): void {
    this.evaluations.hessian++;
    this.objective.hessianVector(x, v, out);
    if (this.maximize) turn(out);
  }
}

function turn(v: Float64Array): void {
  for (let i = 0; i < v.length; i++) v[i] = -(v[i] ?? 0);
}
