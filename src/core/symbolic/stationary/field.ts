/** What stationary points are looked for on: an objective of one or two unknowns. */
export interface Field {
  readonly dimension: number;
  value(x: Float64Array): number;
  gradient(x: Float64Array, out?: Float64Array): Float64Array;
  hessian(x: Float64Array, out?: Float64Array): Float64Array;
}

export type Window = readonly (readonly [number, number])[];

/** The function on the window stretched to a unit square, so that one tolerance fits both axes. */
export class UnitField {
  readonly dimension: number;
  evaluations = 0;
  private readonly low: readonly number[];
  private readonly width: readonly number[];
  private readonly raw: Float64Array;
  private readonly slope: Float64Array;
  private readonly bend: Float64Array;

  constructor(private readonly field: Field, window: Window) {
    const n = field.dimension;
    this.dimension = n;
    this.low = window.map(([from, to]) => Math.min(from, to));
    this.width = window.map(([from, to]) => Math.abs(to - from));
    this.raw = new Float64Array(n);
    this.slope = new Float64Array(n);
    this.bend = new Float64Array(n * n);
  }

  /** In the function's own coordinates. */
  place(u: readonly number[]): Float64Array {
    return Float64Array.from(u, (entry, i) => (this.low[i] ?? 0) + entry * (this.width[i] ?? 1));
  }

  unit(x: ArrayLike<number>): number[] {
    return Array.from(x, (entry, i) => (entry - (this.low[i] ?? 0)) / (this.width[i] ?? 1));
  }

  value(u: readonly number[]): number {
    this.evaluations++;
    return this.field.value(this.moved(u));
  }

  gradient(u: readonly number[]): number[] {
    this.evaluations++;
    return Array.from(this.field.gradient(this.moved(u), this.slope), (entry, i) => entry * (this.width[i] ?? 1));
  }

  /** Row-major. */
  hessian(u: readonly number[]): number[] {
    const n = this.dimension;
    this.evaluations += 2 * n;
    return Array.from(this.field.hessian(this.moved(u), this.bend), (entry, k) => entry * (this.width[Math.floor(k / n)] ?? 1) * (this.width[k % n] ?? 1));
  }

  private moved(u: readonly number[]): Float64Array {
    for (let i = 0; i < this.dimension; i++) this.raw[i] = (this.low[i] ?? 0) + (u[i] ?? 0) * (this.width[i] ?? 1);
    return this.raw;
  }
}

export const normOf = (v: readonly number[]): number => Math.hypot(...v);
export const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((entry, i) => entry - (b[i] ?? 0)));
export const along = (u: readonly number[], direction: readonly number[], by: number): number[] => u.map((entry, i) => entry + by * (direction[i] ?? 0));
export const isInside = (u: readonly number[]): boolean => u.every((entry) => entry >= -1e-9 && entry <= 1 + 1e-9);
