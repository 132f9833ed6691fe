export type MethodId =
  | "gd" | "momentum" | "nesterov" | "adagrad" | "rmsprop" | "adadelta" | "adam" | "amsgrad" | "adamw" | "nadam" | "radam"
  | "adamax" | "rprop" | "newton" | "newton-cg" | "trust-region" | "cg" | "bfgs" | "lbfgs";

export type LineSearchName = "none" | "armijo" | "strong-wolfe";

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
  /** Ends the run, unconverged, after so much time. */
  seconds?: number;
  /** Ends the run, unconverged, once so many gradients have been evaluated. */
  gradients?: number;
}

export type ScheduleKind =
  | "constant" | "step" | "multistep" | "exponential" | "inverse-time" | "polynomial" | "cosine" | "warm-restarts"
  | "warm-up" | "one-cycle" | "plateau";

/** How the learning rate changes from step to step: a kind, and its settings with PyTorch's names in camelCase and defaults. */
export interface ScheduleOptions {
  kind: ScheduleKind;
  [setting: string]: number | boolean | string | number[];
}

export interface ClipOptions {
  /** Shortens a gradient that is longer than this (Euclidean). */
  norm?: number;
  /** Cuts each coordinate of the gradient to ± this. */
  value?: number;
}

export interface BatchOptions {
  /** A name that the objective's `datasets` has. */
  dataset: string;
  size: number;
  seed: number;
  /** A new order each epoch, by default; otherwise the rows are taken as they stand. */
  shuffle?: boolean;
}

/**
 * Of a run by minibatches. The values and gradients of its iterates are those that the steps saw: of the batch that the step
 * from there takes. What the whole says is looked at once an epoch.
 */
export interface BatchRun extends BatchOptions {
  rows: number;
  /** Iterate k ends an epoch where this divides k. */
  batchesAnEpoch: number;
  /** At the start and after each epoch; of a run that is thinned, after every so many. */
  wholeValues: Float64Array;
  wholeGradientNorms: Float64Array;
  wholeEvery: number;
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
  /** Gradients too long are shortened before the method sees them. The run says when, and by how much. */
  clip?: ClipOptions;
  /** Default: the one the method is known with; gradient descent and its kin take their steps unasked. */
  lineSearch?: LineSearchName;
  /** Absent: the defaults; an empty object: none but maxIterations. */
  stop?: StopOptions;
  /** Each step sees a few rows of the data only, in an order that the seed decides: stochastic descent. */
  batch?: BatchOptions;
  /** Iterates to record, about, at most: a longer run keeps every second, every fourth … and the last. Absent: all. */
  keep?: number;
  signal?: AbortSignal;
}

export type RunStatus = "converged" | "exhausted" | "diverged" | "failed" | "cancelled";

/** What ended a run. */
export type StopRule =
  | keyof StopOptions
  /** Nothing lower can be told from here, as values are rounded; or nothing lower was found, although there should be. */
  | "precision" | "kink"
  | "iterations" | "user" | "memory" | "divergence" | "start";

/** Why a run left, in terms of its function. */
export interface Divergence {
  /** The largest found along the path, in size, and at which iterate. */
  curvature: number;
  at: number;
  /** The highest learning rate of the run. */
  learningRate: number;
  /** Above this, the method runs away on such a curvature; where theory knows it. */
  bound?: number;
  /** Tried, and the run did not leave. */
  safeLearningRate?: number;
}

/** What a run has to tell beside its numbers. */
export type RemarkKind = "indefinite" | "restarted" | "rejected" | "clipped" | "lowered";

export interface Remark {
  readonly kind: RemarkKind;
  /** In how many iterations, and in which first. */
  readonly count: number;
  readonly first: number;
  /** A sentence. */
  readonly message: string;
}

/** A recorded descent: row 0 is the start. Row k is iterate k; or, where it was to keep fewer, iterate k · every, and the last row the last. */
export interface Run {
  dimension: number;
  iterations: number;
  /** 1, unless it was to `keep` fewer. */
  every: number;
  /** (iterations + 1) × dimension, row-major. */
  iterates: Float64Array;
  /** iterations + 1 each. `gradientNorms` are Euclidean. */
  values: Float64Array;
  gradientNorms: Float64Array;
  /** The gradient at each iterate, in the same layout as `iterates`. */
  gradients: Float64Array;
  /**
   * Row k holds the rate of the step that led to iterate k: of a method that searches, its share of the direction, or the
   * radius it trusted. Row 0, which no step led to, holds the rate asked for.
   */
  learningRates: Float64Array;
  /**
   * The method's state by name ("velocity", "m", "v" …), a row an iteration from row 0: what the arithmetic view shows.
   * A row is as wide as the problem has coordinates, 1 for a number all coordinates share, or a small matrix, row-major.
   * What is larger than that is not recorded.
   */
  internals: Record<string, Float64Array>;
  /** A value computed together with a gradient counts as one of each. */
  evaluations: { value: number; gradient: number; hessian: number };
  /** The best value met, recorded or not; of a run by minibatches, of those that the steps saw. */
  best: { iteration: number; value: number };
  status: RunStatus;
  /** Which rule ended the run, in words. */
  reason: string;
  rule: StopRule;
  /** Of a run by minibatches. */
  batch?: BatchRun;
  /** Of a run that diverged. */
  divergence?: Divergence;
  /** What happened on the way that one would want to know: an indefinite Hessian, a clipped gradient. */
  remarks: readonly Remark[];
}
