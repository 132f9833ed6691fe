import type { Problem } from "../problem";
import { euclideanNorm } from "../norms";
import { RunRecord } from "../runRecord";
import { type Sample, emptySample } from "../sample";
import type { Stopping } from "../stopping";
import type { BatchOptions, BatchRun, StopRule } from "../types";
import { batchesAnEpoch } from "./batchRows";
import type { Batches } from "./batches";

/**
 * What a run by minibatches looks at to know how far it is: a batch's value and gradient are noise about those of the whole,
 * so the whole is evaluated at the start and after each epoch, and the rules of stopping ask there only.
 */
export class Epochs {
  private readonly record: RunRecord;
  private readonly whole: Sample;

  constructor(
    private readonly problem: Problem,
    private readonly batches: Batches,
    private readonly stopping: Stopping,
    maxIterations: number,
    most?: number,
  ) {
    this.record = new RunRecord(problem.dimension, {}, Math.ceil(maxIterations / batchesAnEpoch(batches.order)) + 1, most);
    this.whole = emptySample(problem.dimension);
  }

  /** After t steps. Why the run has converged, where an epoch ends and it has. */
  converged(x: Float64Array, t: number): { rule: StopRule; reason: string } | undefined {
    if (t % batchesAnEpoch(this.batches.order) !== 0) return undefined;
    this.whole.x.set(x);
    this.problem.evaluate(this.whole);
    const norm = euclideanNorm(this.whole.gradient);
    this.record.append(this.whole, this.problem.sign, norm, 0);
    return this.stopping.converged(x, this.problem.sign * this.whole.value, norm);
  }

  result({ dataset }: BatchOptions, most?: number): BatchRun {
    const { values, gradientNorms, every } = this.record.arrays(most);
    return {
      dataset, ...this.batches.order, batchesAnEpoch: batchesAnEpoch(this.batches.order),
      wholeValues: values, wholeGradientNorms: gradientNorms, wholeEvery: every,
    };
  }
}
