import { mostShares } from "../../core/optimize/shares/sharesOf";
import type { Evaluated } from "../../core/optimize/shares/shareKernels";

/** Whole numbers at the beginning. */
const [evaluation, rowCount, gradientWanted, isOver, present, claims] = [0, 1, 2, 3, 4, 5];
const ends = claims + mostShares;
const rowsAt = ends + mostShares;

/**
 * Memory that several threads see, with all that an evaluation in shares passes between them: messages would take longer than a share. The first thread
 * asks, by counting evaluations; whoever has time claims a share, by a number that stands there for one evaluation only, so that nobody who comes late
 * takes one of another.
 */
export class CommonMemory {
  private readonly whole: Int32Array;
  private readonly x: Float64Array;
  private readonly values: Float64Array;
  private readonly gradients: readonly Float64Array[];

  private constructor(readonly buffer: SharedArrayBuffer, readonly dimension: number, readonly mostRows: number) {
    const numbersAt = bytesOfWhole(mostRows);
    this.whole = new Int32Array(buffer, 0, rowsAt + mostRows);
    this.x = new Float64Array(buffer, numbersAt, dimension);
    this.values = new Float64Array(buffer, numbersAt + 8 * dimension, mostShares);
    this.gradients = Array.from({ length: mostShares }, (_, part) => new Float64Array(buffer, numbersAt + 8 * (dimension + mostShares + part * dimension), dimension));
  }

  static make(dimension: number, mostRows: number): CommonMemory {
    const memory = new CommonMemory(new SharedArrayBuffer(bytesOfWhole(mostRows) + 8 * (dimension + mostShares + mostShares * dimension)), dimension, mostRows);
    // Of nothing that has been asked for there are no shares.
    memory.whole.fill(taken(0), claims, claims + mostShares);
    return memory;
  }

  static over({ buffer, dimension, mostRows }: Pick<CommonMemory, "buffer" | "dimension" | "mostRows">): CommonMemory {
    return new CommonMemory(buffer, dimension, mostRows);
  }

  /** The number of the evaluation that is under way, or was last. */
  get newest(): number {
    return Atomics.load(this.whole, evaluation);
  }

  get over(): boolean {
    return Atomics.load(this.whole, isOver) === 1;
  }

  /** How many others are ready. */
  get others(): number {
    return Atomics.load(this.whole, present);
  }

  arrive(): void {
    Atomics.add(this.whole, present, 1);
  }

  /** Asks for shares 1, 2, … of an evaluation. */
  ask({ x, rows }: Evaluated, shares: number, wantsGradient: boolean): void {
    const number = this.newest + 1;
    this.x.set(x);
    if (rows) this.whole.set(rows, rowsAt);
    this.whole[rowCount] = rows?.length ?? 0;
    this.whole[gradientWanted] = wantsGradient ? 1 : 0;
    for (let part = 1; part < mostShares; part++) Atomics.store(this.whole, claims + part, part < shares ? free(number) : taken(number));
    Atomics.store(this.whole, evaluation, number);
    Atomics.notify(this.whole, evaluation);
  }

  /** What was asked for. To be read after a share has been claimed: it stays as long as that is not finished. */
  get asked(): { evaluated: Evaluated; wantsGradient: boolean } {
    const count = this.whole[rowCount] ?? 0;
    return {
      evaluated: count === 0 ? { x: this.x } : { x: this.x, rows: this.whole.subarray(rowsAt, rowsAt + count) },
      wantsGradient: this.whole[gradientWanted] === 1,
    };
  }

  /** Whether whoever asks may have this share: nobody else has it. */
  claim(part: number, number: number): boolean {
    return Atomics.compareExchange(this.whole, claims + part, free(number), taken(number)) === free(number);
  }

  gradientOf(part: number): Float64Array {
    return this.gradients[part] ?? new Float64Array(0);
  }

  /** The share is there; without a value, whoever had it could not compute it. */
  finish(part: number, number: number, value: number | undefined): void {
    if (value !== undefined) this.values[part] = value;
    Atomics.store(this.whole, ends + part, value === undefined ? -number : number);
    Atomics.notify(this.whole, ends + part);
  }

  /** Waits for a share that another has claimed; undefined: it failed, or it is not there after so many milliseconds. */
  valueOf(part: number, milliseconds: number): number | undefined {
    const number = this.newest;
    const until = performance.now() + milliseconds;
    for (;;) {
      const end = Atomics.load(this.whole, ends + part);
      if (end === number) return this.values[part];
      if (end === -number || performance.now() >= until) return undefined;
      Atomics.wait(this.whole, ends + part, end, milliseconds);
    }
  }

  /** Waits for an evaluation after the one of this number, or for the end, so many milliseconds at most. */
  await(number: number, milliseconds: number): void {
    if (!this.over) Atomics.wait(this.whole, evaluation, number, milliseconds);
  }

  /** Lets those go who wait for the next evaluation. */
  end(): void {
    Atomics.store(this.whole, isOver, 1);
    Atomics.add(this.whole, evaluation, 1);
    Atomics.notify(this.whole, evaluation);
  }
}

const free = (number: number): number => 2 * number;
const taken = (number: number): number => 2 * number + 1;
/** Doubles begin at multiples of eight. */
const bytesOfWhole = (mostRows: number): number => 8 * Math.ceil((rowsAt + mostRows) / 2);
