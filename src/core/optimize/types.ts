export type MethodId =
  | "gd" | "momentum" | "nesterov" | "adagrad" | "rmsprop" | "adadelta" | "adam" | "amsgrad" | "adamw" | "nadam" | "radam"
  | "adamax" | "rprop" | "newton" | "newton-cg" | "trust-region" | "cg" | "bfgs" | "lbfgs";

/** A threshold of 0 never fires. */
export interface StopOptions {
  /** Converged where ‖∇f‖₂ is at or below this. By default 1e-6, and the only rule. */
  gradientNorm?: number;
  /** Relative change of the value, |Δf| ≤ valueChange·max(|f|, |f₊|, 1), for three iterations in a row. */
  valueChange?: number;
  /** ‖Δx‖∞ ≤ stepSize·(stepSize + ‖x‖). */
  stepSize?: number;
  /** Reached from above; from below when ascending. */
  targetValue?: number;
}

export interface ScheduleOptions {
  kind: string;
  [parameter: string]: number | boolean | string | number[];
}

export interface RunOptions {
  method: MethodId;
  start?: Float64Array;
  /** Ascend instead: the gradient is negated before anything else, as in PyTorch. */
  maximize?: boolean;
  /** Default 1000. */
  maxIterations?: number;
  /** Default: the method's own, PyTorch's. */
  learningRate?: number;
  /** The method's own, with PyTorch's meanings and defaults: momentum, dampening, weightDecay, beta1, beta2, epsilon … */
  parameters?: Record<string, number | boolean>;
  schedule?: ScheduleOptions;
  lineSearch?: "none" | "armijo" | "strong-wolfe";
  /** Absent: the defaults; an empty object: none but maxIterations. */
  stop?: StopOptions;
  batch?: { dataset: string; size: number; seed: number };
  signal?: AbortSignal;
}

export type RunStatus = "converged" | "exhausted" | "diverged" | "failed" | "cancelled";

/** A recorded descent: row 0 is the start. */
export interface Run {
  dimension: number;
  iterations: number;
  /** (iterations + 1) × dimension, row-major. */
  iterates: Float64Array;
  /** iterations + 1 each. `gradientNorms` are Euclidean. */
  values: Float64Array;
  gradientNorms: Float64Array;
  /** The gradient at each iterate, in the same layout as `iterates`. */
  gradients: Float64Array;
  /** Row k holds the rate of the step that led to iterate k; row 0, which no step led to, the rate asked for. */
  learningRates: Float64Array;
  /**
   * The method's state by name ("velocity", "m", "v" …), a row an iteration from row 0: what the arithmetic view shows.
   * A row is as wide as the problem has coordinates, or 1 for a number all coordinates share.
   */
  internals: Record<string, Float64Array>;
  /** A value computed together with a gradient counts as one of each. */
  evaluations: { value: number; gradient: number; hessian: number };
  status: RunStatus;
  /** Which rule ended the run, in words. */
  reason: string;
}
