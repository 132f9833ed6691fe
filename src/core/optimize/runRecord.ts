import type { State } from "./method";
import type { Sample } from "./sample";
import type { Run } from "./types";

/** What a run may remember. Past it the run ends and says so, rather than taking the machine's memory. */
const maximumBytes = 2 ** 29;
const firstRows = 1024;
/** Of a method's memory, what is wider than this and than a point is not recorded: matrices of many unknowns. */
const widest = 144;

type Track = { name: string; source: Float64Array; rows: Float64Array };

/** Everything about every iterate, in flat arrays that grow geometrically: recording a step allocates nothing. */
export class RunRecord {
  count = 0;
  iterates: Float64Array;
  gradients: Float64Array;
  values: Float64Array;
  gradientNorms: Float64Array;
  learningRates: Float64Array;
  private readonly internals: Track[] = [];
  private readonly maximumRows: number;
  private capacity: number;

  constructor(
    private readonly dimension: number,
    state: State,
    expectedRows: number,
  ) {
    const tracked = Object.entries(state).filter(([, { length }]) => length > 0 && length <= Math.max(dimension, widest));
    let width = 2 * dimension + 3;
    for (const [, source] of tracked) width += source.length;
    this.maximumRows = Math.max(1, Math.floor(maximumBytes / (8 * width)));
    const affordable = Math.max(16, Math.floor((firstRows * 8) / width));
    this.capacity = Math.min(expectedRows, Math.max(affordable, 1), this.maximumRows);
    this.iterates = new Float64Array(this.capacity * dimension);
    this.gradients = new Float64Array(this.capacity * dimension);
    this.values = new Float64Array(this.capacity);
    this.gradientNorms = new Float64Array(this.capacity);
    this.learningRates = new Float64Array(this.capacity);
    for (const [name, source] of tracked) this.internals.push({ name, source, rows: new Float64Array(this.capacity * source.length) });
  }

  get full(): boolean {
    return this.count >= this.maximumRows;
  }

  /** `sign` turns what a method sees into the objective's own numbers. */
  append({ x, gradient, value }: Sample, sign: 1 | -1, gradientNorm: number, learningRate: number): void {
    if (this.count === this.capacity) this.grow();
    const row = this.count++;
    copyInto(this.iterates, row, x, 1);
    copyInto(this.gradients, row, gradient, sign);
    this.values[row] = sign * value;
    this.gradientNorms[row] = gradientNorm;
    this.learningRates[row] = learningRate;
    for (let i = 0; i < this.internals.length; i++) {
      const track = this.internals[i];
      if (track) copyInto(track.rows, row, track.source, 1);
    }
  }

  /** Copies trimmed to the rows there are. */
  arrays(): Pick<Run, "iterates" | "gradients" | "values" | "gradientNorms" | "learningRates" | "internals"> {
    const { count, dimension } = this;
    const internals: { [name: string]: Float64Array } = {};
    for (const { name, source, rows } of this.internals) internals[name] = rows.slice(0, count * source.length);
    return {
      iterates: this.iterates.slice(0, count * dimension),
      gradients: this.gradients.slice(0, count * dimension),
      values: this.values.slice(0, count),
      gradientNorms: this.gradientNorms.slice(0, count),
      learningRates: this.learningRates.slice(0, count),
      internals,
    };
  }

  private grow(): void {
    this.capacity = Math.min(2 * this.capacity, this.maximumRows);
    this.iterates = enlarged(this.iterates, this.capacity * this.dimension);
    this.gradients = enlarged(this.gradients, this.capacity * this.dimension);
    this.values = enlarged(this.values, this.capacity);
    this.gradientNorms = enlarged(this.gradientNorms, this.capacity);
    this.learningRates = enlarged(this.learningRates, this.capacity);
    for (const track of this.internals) track.rows = enlarged(track.rows, this.capacity * track.source.length);
  }
}

function copyInto(rows: Float64Array, row: number, source: Float64Array, sign: 1 | -1): void {
  const offset = row * source.length;
  for (let i = 0; i < source.length; i++) rows[offset + i] = sign * (source[i] ?? 0);
}

function enlarged(array: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
