import type { Objective } from "../core/objective";
import { Descent } from "../core/optimize/descent";
import { explainDivergence } from "../core/optimize/explainDivergence";
import type { Run, RunOptions } from "../core/optimize/types";
import type { DescentIntent } from "../shared/intent";
import type { RunSnapshot } from "../shared/protocol";
import type { CallContext } from "../shared/rpc";
import { handOver } from "./handOver";
import { inPieces } from "./inPieces";

/** Milliseconds that some steps together may take. */
const sliceTime = 5;
/** Numbers of a run that is shown before it has ended: it is sent several times a second. */
const mostShown = 20_000;
/** So many rows at least, as long as they are not very long. */
const fewestShown = 50;
const leastShown = 4;
const mostAtAll = 400_000;

/** How far a run is, and how fast it goes. */
interface UnderWay {
  readonly descent: Descent;
  /** Milliseconds of computing so far. */
  spent: number;
}

/** A descent as far as it goes, telling what it has been so far. */
export async function descend(id: number, objective: Objective, options: RunOptions, intent: DescentIntent, context: CallContext<RunSnapshot>): Promise<RunSnapshot> {
  const { maxIterations = Infinity, stop } = options;
  let lately = { iterations: 0, spent: 0, perStep: NaN };
  const within = (numbers: number): number => Math.floor(numbers / objective.dimension);
  const rows = Math.max(leastShown, Math.min(fewestShown, within(mostAtAll)), within(mostShown));
  const run = await inPieces(running(objective, options, () => context.steering.wish === "finish"), context, ({ descent, spent }, transfer) => {
    const { iterations } = descent;
    // The first steps, which are compiled meanwhile, say little about the others.
    const newest = (spent - lately.spent) / Math.max(1, iterations - lately.iterations);
    lately = { iterations, spent, perStep: Number.isNaN(lately.perStep) ? newest : (lately.perStep + newest) / 2 };
    const untilDone = lately.perStep * (maxIterations - iterations) / 1e3;
    const untilOver = stop?.seconds ? stop.seconds - spent / 1e3 : Infinity;
    return {
      ...runSnapshot(id, descent.run(rows), intent, transfer),
      progress: { of: maxIterations, secondsLeft: Math.max(0, Math.min(untilDone, untilOver)), paused: context.steering.wish === "pause" },
    };
  });
  return runSnapshot(id, run, intent, context.transfer);
}

function* running(objective: Objective, options: RunOptions, isToFinish: () => boolean): Generator<UnderWay, Run, void> {
  const underWay: UnderWay = { descent: new Descent(objective, options), spent: 0 };
  const { descent } = underWay;
  // Begins with one: nobody knows yet how long a step takes.
  let slice = 1;
  while (!isToFinish()) {
    const began = performance.now();
    const ended = descent.advance(slice);
    const taken = performance.now() - began;
    underWay.spent += taken;
    if (ended) break;
    slice = taken < sliceTime / 2 ? 2 * slice : taken > sliceTime ? Math.ceil(slice / 2) : slice;
    yield underWay;
  }
  return explainDivergence(objective.sample?.() ?? objective, options, descent.run());
}

function runSnapshot(objective: number, run: Run, { method, maximize }: DescentIntent, transfer: ArrayBuffer[]): RunSnapshot {
  const { dimension, iterations, every, status, rule, reason, divergence, best, batch, internals: { clipping } } = run;
  return {
    objective, dimension, iterations, every, method, maximize, status, rule, reason, best,
    ...(divergence && { divergence }),
    ...(batch && { batch }),
    ...(clipping && { clipping: handOver(clipping, transfer) }),
    remarks: [...run.remarks],
    iterates: handOver(run.iterates, transfer),
    values: handOver(run.values, transfer),
    gradientNorms: handOver(run.gradientNorms, transfer),
    gradients: handOver(run.gradients, transfer),
    learningRates: handOver(run.learningRates, transfer),
  };
}
