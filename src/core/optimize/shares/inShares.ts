import type { Minibatch, Objective, Plane, Rows } from "../../objective";
import { type Evaluated, ShareKernels } from "./shareKernels";

/** Others who compute shares of an evaluation. */
export interface Helpers {
  /** They may begin. The first share is never theirs. */
  begin(evaluated: Evaluated, shares: number, wantsGradient: boolean): void;
  /** A share that one of them has computed, until the next evaluation begins; undefined: it is to be computed here. */
  take(part: number): { readonly value: number; readonly gradient: Float64Array } | undefined;
  /** The evaluation is done. */
  end(): void;
}

/**
 * An objective whose value and gradient are the sums of its shares', added up in their order: the same bits whoever computed which. Where it has no
 * shares it is what it was.
 */
export function inShares(objective: Objective, kernels = new ShareKernels(objective), helpers?: Helpers): Objective {
  return new InShares(objective, new Summed(kernels, objective.dimension, helpers));
}

/** Evaluates share by share. */
class Summed {
  private readonly spare: Float64Array;

  constructor(readonly kernels: ShareKernels, dimension: number, private readonly helpers: Helpers | undefined) {
    this.spare = new Float64Array(dimension);
  }

  has(size?: number): boolean {
    return this.kernels.division(size) !== undefined;
  }

  evaluate(evaluated: Evaluated, out?: Float64Array): number {
    const count = this.kernels.division(evaluated.rows?.length)?.ranges.length ?? 0;
    this.helpers?.begin(evaluated, count, out !== undefined);
    let value = this.kernels.evaluate(0, evaluated, out);
    for (let part = 1; part < count; part++) {
      const found = this.helpers?.take(part);
      value += found ? found.value : this.kernels.evaluate(part, evaluated, out && this.spare);
      if (out) addTo(out, found ? found.gradient : this.spare);
    }
    this.helpers?.end();
    return value;
  }
}

function addTo(sum: Float64Array, each: Float64Array): void {
  for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] ?? 0) + (each[k] ?? 0);
}

class InShares implements Objective {
  readonly name: string;
  readonly dimension: number;
  readonly coordinates: readonly string[];
  readonly start: Float64Array;

  /** `rows`: of the batch that it is over. */
  constructor(private readonly whole: Objective, private readonly summed: Summed, private readonly rows?: Int32Array) {
    this.name = whole.name;
    this.dimension = whole.dimension;
    this.coordinates = whole.coordinates;
    this.start = whole.start;
  }

  get warnings(): Objective["warnings"] {
    return this.whole.warnings;
  }

  value(x: Float64Array): number {
    const { rows } = this;
    return this.summed.has(rows?.length) ? this.summed.evaluate({ x, ...(rows && { rows }) }) : this.whole.value(x);
  }

  gradient(x: Float64Array, out = new Float64Array(this.dimension)): Float64Array {
    this.valueAndGradient(x, out);
    return out;
  }

  valueAndGradient(x: Float64Array, out: Float64Array): number {
    const { rows } = this;
    return this.summed.has(rows?.length) ? this.summed.evaluate({ x, ...(rows && { rows }) }, out) : this.whole.valueAndGradient(x, out);
  }

  hessian(x: Float64Array, out?: Float64Array): Float64Array {
    return this.whole.hessian(x, out);
  }

  hessianVector(x: Float64Array, v: Float64Array, out?: Float64Array): Float64Array {
    return this.whole.hessianVector(x, v, out);
  }

  grid(plane: Plane, columns: number, rows: number, only?: Rows, into?: Float64Array): Float64Array {
    return this.whole.grid(plane, columns, rows, only, into);
  }

  datasets(): ReturnType<NonNullable<Objective["datasets"]>> {
    return this.whole.datasets?.() ?? [];
  }

  minibatch(dataset: string, size: number): Minibatch {
    const minibatch = this.whole.minibatch?.(dataset, size);
    if (!minibatch) throw new RangeError(`${this.name} has no data to take in minibatches.`);
    if (dataset !== this.summed.kernels.dataset) return minibatch;
    return { rows: minibatch.rows, objective: new InShares(minibatch.objective, this.summed, minibatch.rows) };
  }
}
