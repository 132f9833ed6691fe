import type { Minibatch, Objective, Shares } from "../../objective";

/** What is evaluated: the function over all rows, or over those of a batch. */
export interface Evaluated {
  readonly x: Float64Array;
  readonly rows?: Int32Array;
}

/** Computes single shares of an objective, over all its data or over batches of one dataset. What a share needs is made when it is first asked for. */
export class ShareKernels {
  private readonly divisions = new Map<number, Shares | undefined>();
  private readonly made = new Map<string, Minibatch>();

  constructor(readonly objective: Objective, readonly dataset?: string) {}

  /** Of all rows; or of a batch of so many. Undefined: it is computed as it stands. */
  division(size?: number): Shares | undefined {
    const key = size ?? 0;
    if (!this.divisions.has(key)) this.divisions.set(key, this.divided(size));
    return this.divisions.get(key);
  }

  /** The value of a share; its gradient goes into `out`, if that is wanted. */
  evaluate(part: number, { x, rows }: Evaluated, out?: Float64Array): number {
    const division = this.division(rows?.length);
    const range = division?.ranges[part];
    if (!division || !range) throw new RangeError(`${this.objective.name} has no share ${part}.`);
    const key = `${rows?.length ?? 0} ${part}`;
    const share = this.made.get(key) ?? division.share(part);
    this.made.set(key, share);
    if (rows) share.rows.set(rows.subarray(range.from, range.to));
    return out ? share.objective.valueAndGradient(x, out) : share.objective.value(x);
  }

  /** Makes what a share needs, or the last there is; over all rows where the size is 0. */
  prepare(part: number, size: number): void {
    const last = (this.division(size || undefined)?.ranges.length ?? 0) - 1;
    const evaluated = { x: this.objective.start, ...(size > 0 ? { rows: Int32Array.from({ length: size }, (_, k) => k) } : {}) };
    if (last >= 0) this.evaluate(Math.min(part, last), evaluated, new Float64Array(this.objective.dimension));
  }

  private divided(size: number | undefined): Shares | undefined {
    if (size === undefined) return this.objective.shares?.();
    return this.dataset === undefined ? undefined : this.objective.shares?.({ dataset: this.dataset, size });
  }
}
