import type { State } from "./method";
import type { Sample } from "./sample";
import type { Run } from "./types";

/** What a run may remember. Past it the run ends and says so, rather than taking the machine's memory. */
const maximumBytes = 2 ** 29;
const firstRows = 1024;
/** Of a method's memory, what is wider than this and than a point is not recorded: matrices of many unknowns. */
const widest = 144;

type Track = { name: string; source: Float64Array; rows: Float64Array };

/** Fewer rows than this are no record. */
const fewestRows = 16;

interface Iterate {
  readonly sample: Sample;
  readonly sign: 1 | -1;
  readonly gradientNorm: number;
  readonly learningRate: number;
}

/**
 * Everything about every iterate, in flat arrays that grow geometrically: recording a step allocates nothing. Of a run with more
 * than `most` iterates, every second one goes when the record is full, and of those that follow every second one is kept, and so
 * on: what is left is evenly spread, and the newest is always there. It is looked up where the run keeps it, and copied only when
 * somebody asks: of a hundred thousand unknowns, copying each iterate to forget it at the next step took a third of the step.
 */
export class RunRecord {
  /** Rows there are. */
  count = 0;
  /** The number of the newest iterate. */
  newest = -1;
  /** Row k is iterate k · every; but the last row is the newest. */
  every = 1;
  iterates: Float64Array;
  gradients: Float64Array;
  values: Float64Array;
  gradientNorms: Float64Array;
  learningRates: Float64Array;
  private readonly internals: Track[] = [];
  private readonly maximumRows: number;
  private readonly isThinned: boolean;
  private capacity: number;
  /** The newest, where it is not among the rows and will not stay; its numbers are those the run has now. */
  private passing: Iterate | undefined;

  constructor(
    private readonly dimension: number,
    state: State,
    expectedRows: number,
    most = Infinity,
  ) {
    const tracked = Object.entries(state).filter(([, { length }]) => length > 0 && length <= Math.max(dimension, widest));
    let width = 2 * dimension + 3;
    for (const [, source] of tracked) width += source.length;
    const affordableRows = Math.max(1, Math.floor(maximumBytes / (8 * width)));
    this.isThinned = most < Infinity;
    this.maximumRows = Math.min(affordableRows, Math.max(fewestRows, most));
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
    return !this.isThinned && this.count >= this.maximumRows;
  }

  /** `sign` turns what a method sees into the objective's own numbers. The sample and the method's memory are not to change before the next is appended. */
  append(sample: Sample, sign: 1 | -1, gradientNorm: number, learningRate: number): void {
    // The one before was the newest; whether it stays is decided now.
    if (this.newest % this.every !== 0 && this.newest > 0) this.count--;
    if (this.count === this.capacity) {
      if (this.capacity < this.maximumRows) this.grow();
      else this.thin();
    }
    this.newest++;
    this.count++;
    this.passing = { sample, sign, gradientNorm, learningRate };
    if (this.newest % this.every === 0) this.settle();
  }

  /** Writes the newest into its row. */
  private settle(): void {
    if (!this.passing) return;
    const { sample: { x, gradient, value }, sign, gradientNorm, learningRate } = this.passing;
    const row = this.count - 1;
    this.passing = undefined;
    this.iterates.set(x, row * x.length);
    copyInto(this.gradients, row, gradient, sign);
    this.values[row] = sign * value;
    this.gradientNorms[row] = gradientNorm;
    this.learningRates[row] = learningRate;
    for (const { rows, source } of this.internals) rows.set(source, row * source.length);
  }

  /** Copies trimmed to the rows there are, or to `most` of them, evenly spread and with the last. */
  arrays(most = Infinity): Pick<Run, "iterates" | "gradients" | "values" | "gradientNorms" | "learningRates" | "internals" | "every"> {
    this.settle();
    const { count, dimension } = this;
    const step = count <= most ? 1 : Math.ceil((count - 1) / Math.max(1, most - 1));
    const copy = (rows: Float64Array, width: number): Float64Array => picked(rows, width, count, step);
    const internals: { [name: string]: Float64Array } = {};
    for (const { name, source, rows } of this.internals) internals[name] = copy(rows, source.length);
    return {
      iterates: copy(this.iterates, dimension),
      gradients: copy(this.gradients, dimension),
      values: copy(this.values, 1),
      gradientNorms: copy(this.gradientNorms, 1),
      learningRates: copy(this.learningRates, 1),
      internals,
      every: this.every * step,
    };
  }

  /** Only every second iterate stays. */
  private thin(): void {
    const halve = (rows: Float64Array, width: number): void => {
      for (let row = 1; 2 * row < this.count; row++) rows.copyWithin(row * width, 2 * row * width, (2 * row + 1) * width);
    };
    halve(this.iterates, this.dimension);
    halve(this.gradients, this.dimension);
    for (const numbers of [this.values, this.gradientNorms, this.learningRates]) halve(numbers, 1);
    for (const { rows, source } of this.internals) halve(rows, source.length);
    this.count = Math.ceil(this.count / 2);
    this.every *= 2;
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
  if (sign === 1) return rows.set(source, offset);
  for (let i = 0; i < source.length; i++) rows[offset + i] = -(source[i] ?? 0);
}

function enlarged(array: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}

/** Each `step`th row, and the last. */
function picked(rows: Float64Array, width: number, count: number, step: number): Float64Array {
  if (step === 1) return rows.slice(0, count * width);
  const kept = Math.floor((count - 2) / step) + 2;
  const chosen = new Float64Array(kept * width);
  for (let k = 0; k < kept; k++) {
    const row = k === kept - 1 ? count - 1 : k * step;
    chosen.set(rows.subarray(row * width, (row + 1) * width), k * width);
  }
  return chosen;
}
