import type { BackendName } from "./codegen/kernel";
import type { Diagnostic } from "./source/diagnostic";
import type { Argument, StartOrigin } from "./source/program";
import type { SelfCheck } from "./selfCheck";
import type { DifferenceQuotients, Formula, StationaryPoint, SweepLine } from "./symbolic/formula";

/** f(origin + s·u + t·v) for s in [sMin, sMax] (columns) and t in [tMin, tMax] (rows). */
export interface Plane {
  origin: Float64Array;
  u: Float64Array;
  /** For one row (a curve) `v` is not read. */
  v: Float64Array;
  s: readonly [number, number];
  t: readonly [number, number];
}

/** Rows of a grid, from the first to before the last. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Data with rows, which the function only adds up over: a few of them can stand for all. */
export interface Dataset {
  readonly name: string;
  readonly rows: number;
}

/** The function over some rows of its data. Fill `rows`, and the objective is that of those rows, whatever is asked of it. */
export interface Minibatch {
  readonly objective: Objective;
  /** In as many places as the batch has; to begin with, the first ones. */
  readonly rows: Int32Array;
}

/** The function as a sum of functions, each of which sees some rows of the data only; the first has all that is no sum over rows as well. */
export interface Shares {
  /** Which rows, or which places of a batch, each has. */
  readonly ranges: readonly Rows[];
  /** Of an evaluation, about. */
  readonly operations: number;
  /** Of a batch, `rows` are those of the share. */
  share(part: number): Minibatch;
}

/** A differentiable function of `dimension` unknowns, compiled. All vectors are Float64Arrays in `coordinates` order. */
export interface Objective {
  readonly name: string;
  readonly dimension: number;
  /** One path a coordinate, in order: "w[0]", "b", "params.layers[1].bias[3]". */
  readonly coordinates: readonly string[];
  /** What people call the coordinates, where that is not the same: `x` for "arg0[0]" of a parameter `[x, y]`. */
  readonly labels?: readonly string[];
  readonly start: Float64Array;
  /** What runs it: the backend that was asked for, or the next best that the platform has. */
  readonly backend?: BackendName;
  /** Where the start came from; the frontend knows (`Lowered`). */
  readonly startOrigin?: StartOrigin;
  /** How much memory its data take. */
  readonly dataBytes?: number;
  /** What the function is called with, unknowns and data, in order; absent: each coordinate is an argument. */
  readonly arguments?: readonly Argument[];
  value(x: Float64Array): number;
  /** Writes into `out` (made anew if absent) and returns it. */
  gradient(x: Float64Array, out?: Float64Array): Float64Array;
  /** Writes the gradient into `out` and returns the value. */
  valueAndGradient(x: Float64Array, out: Float64Array): number;
  /** Row-major, dimension × dimension. */
  hessian(x: Float64Array, out?: Float64Array): Float64Array;
  hessianVector(x: Float64Array, v: Float64Array, out?: Float64Array): Float64Array;
  /**
   * The objective over a plane, row-major (rows × columns), non-finite kept as NaN or ±Infinity. `only`: some of these rows, with
   * the numbers that they have among all. Writes into `into` (made anew if absent) and returns it.
   */
  grid(plane: Plane, columns: number, rows: number, only?: Rows, into?: Float64Array): Float64Array;
  /** Present where the function has a closed form (or a Σ-form). */
  readonly formula?: Formula | undefined;
  /** Where there is no formula: why, in a sentence. */
  readonly noFormula?: string | undefined;
  readonly warnings: readonly Diagnostic[];
  /** Reverse against forward mode against central differences, along random directions (three by default) at the start. */
  selfCheck?(directions?: number): SelfCheck;
  /** For one and two unknowns: the points in a window ([min, max] a coordinate) where the gradient vanishes, as far as they can be found. */
  stationaryPoints?(window: readonly (readonly [number, number])[]): readonly StationaryPoint[];
  /** The limit definition of one partial derivative at a point. */
  differenceQuotients?(x: Float64Array, coordinate: number): DifferenceQuotients;
  /** The data that can be taken in minibatches. */
  datasets?(): readonly Dataset[];
  /** Of a function over so many rows that each evaluation takes a while: that of a few, for what need not be exact. Undefined: it is quick. */
  sample?(): Objective | undefined;
  /** Throws a RangeError, in a sentence, for what is no dataset. */
  minibatch?(dataset: string, size: number): Minibatch;
  /** Where it is such a sum, and one evaluation (of a batch of so many rows) is long enough to be divided. How is decided by the function alone. */
  shares?(batch?: { readonly dataset: string; readonly size: number }): Shares | undefined;
  /** The reverse sweep, line by line of the user's program. Absent for formulas. */
  sweep?(): readonly SweepLine[];
}
