import type { Minibatch, Objective } from "../../objective";
import type { BatchOptions } from "../types";
import { type Order, batchRows, epochOf, shuffled } from "./batchRows";

/** The objective of each step of a run by minibatches. */
export class Batches {
  readonly order: Order;
  private readonly made = new Map<number, Minibatch>();
  private epoch = -1;
  private rows: Int32Array = new Int32Array(0);

  constructor(
    private readonly objective: Objective,
    private readonly options: BatchOptions,
  ) {
    const { dataset, size, seed, shuffle } = options;
    if (!Number.isInteger(seed)) throw new RangeError(`The seed of the batches must be a whole number, but is ${seed}.`);
    this.ofSize(size);
    const rows = objective.datasets?.().find(({ name }) => name === dataset)?.rows ?? 0;
    this.order = { rows, size, seed, ...(shuffle === undefined ? {} : { shuffle }) };
  }

  /** The rows of step t. */
  rowsAt(t: number): Int32Array {
    const epoch = epochOf(this.order, t);
    if (epoch !== this.epoch) {
      this.rows = shuffled(this.order, epoch);
      this.epoch = epoch;
    }
    return batchRows(this.order, t, this.rows);
  }

  /** Over the rows of step t. Until the next is asked for. */
  at(t: number): Objective {
    const chosen = this.rowsAt(t);
    const { objective, rows } = this.ofSize(chosen.length);
    rows.set(chosen);
    return objective;
  }

  /** Two at most are made: one for the last batch of an epoch, where that is smaller. */
  private ofSize(size: number): Minibatch {
    const known = this.made.get(size);
    if (known) return known;
    const minibatch = this.objective.minibatch?.(this.options.dataset, size);
    if (!minibatch) throw new RangeError(`${this.objective.name} has no data to take in minibatches.`);
    this.made.set(size, minibatch);
    return minibatch;
  }
}
