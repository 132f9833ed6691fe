import type { Objective } from "../objective";
import { largestCurvature } from "./curvature";
import { Descent } from "./descent";
import { steepestStretch } from "./divergence";
import { methodOf } from "./methods";
import { roundedDown } from "./roundRate";
import type { Divergence, Run, RunOptions } from "./types";
import { inWords } from "./words";

/** How much of the run is tried again with a rate that should be safe. */
const mostTried = 500;
const attempts = 8;
/** Milliseconds a person waits for an explanation. Where that is not enough, it says less. */
const patience = 1000;

/**
 * A run that left, with the reason in terms of its own function: the largest curvature along its path, the learning rate
 * that the method bears on such a curvature where theory knows it, and one that was tried and found safe. Every other run
 * is returned as it is.
 */
export function explainDivergence(objective: Objective, options: RunOptions, run: Run): Run {
  if (run.status !== "diverged") return run;
  if (isBottomless(run, options.maximize ?? false)) {
    return { ...run, reason: `${run.reason}; the value only got better on the way, so the function may have no ${options.maximize ? "highest" : "lowest"} point` };
  }
  const method = methodOf(options.method, options.lineSearch);
  if (method.kind === "searching") return run;
  const stepper = method.begin(1, options.parameters, 1);
  const divergence = diagnosed(objective, options, run, (lambda) => (stepper.kind === "rule" ? stepper.stableLearningRate?.(lambda) : undefined));
  return { ...run, divergence, reason: run.reason + inSentence(divergence, spoken(options, method.title)) };
}

function diagnosed(objective: Objective, options: RunOptions, run: Run, stable: (lambda: number) => number | undefined): Divergence {
  const deadline = Date.now() + patience;
  const { curvature, at } = curvatureAlong(objective, run, options, deadline);
  // Under a schedule, the highest rate is the one to blame.
  const learningRate = run.learningRates.subarray(1).reduce((most, rate) => Math.max(most, rate), 0);
  const bound = curvature > 0 ? stable(curvature) : undefined;
  const base = options.learningRate ?? run.learningRates[0] ?? learningRate;
  const share = bound !== undefined && bound < learningRate ? (0.9 * bound) / learningRate : 1 / 4;
  const safeLearningRate = triedSafe(objective, options, roundedDown(base * share), run.iterations, deadline);
  return { curvature, at, learningRate, ...(bound !== undefined && { bound }), ...(safeLearningRate !== undefined && { safeLearningRate }) };
}

/**
 * By power iteration with products of the Hessian at the start, where the gradient turned most, and at the lowest point;
 * further out it would tell of country nobody wants to see. The turn itself is a lower bound of what lies between.
 */
function curvatureAlong(objective: Objective, run: Run, { maximize = false, batch }: RunOptions, deadline: number): { curvature: number; at: number } {
  const { dimension, iterates, values } = run;
  const products = dimension <= 1000 ? 20 : 8;
  // Two gradients of different batches differ even at one place.
  const stretch = batch ? { row: 0, curvature: 0 } : steepestStretch(run, maximize);
  let lowest = 0;
  for (let row = 1; row <= run.iterations; row++) {
    if ((maximize ? -1 : 1) * ((values[row] ?? NaN) - (values[lowest] ?? NaN)) < 0) lowest = row;
  }
  let most = { curvature: stretch.curvature, at: stretch.row };
  for (const row of new Set([0, stretch.row, lowest])) {
    if (Date.now() > deadline) break;
    const curvature = largestCurvature(objective, iterates.slice(row * dimension, (row + 1) * dimension), products);
    if (curvature > most.curvature) most = { curvature, at: row };
  }
  return most;
}

/** The first of smaller and smaller rates with which the run, as far as it went and further, does not leave. */
function triedSafe(objective: Objective, options: RunOptions, proposed: number, iterations: number, deadline: number): number | undefined {
  const maxIterations = Math.min(mostTried, Math.max(50, 2 * iterations));
  let learningRate = proposed;
  for (let attempt = 0; attempt < attempts && learningRate > 0; attempt++) {
    const descent = new Descent(objective, { ...options, learningRate, maxIterations });
    while (!descent.advance(20)) if (Date.now() > deadline) return undefined;
    const { status, values, iterations: taken } = descent.run();
    const gained = ((values[0] ?? NaN) - (values[taken] ?? NaN)) * (options.maximize ? -1 : 1);
    if (status !== "diverged" && gained >= 0) return learningRate;
    learningRate = roundedDown(learningRate / 2);
  }
  return undefined;
}

/** Whether each step was for the better, but for the one that broke. */
function isBottomless({ values, iterations }: Run, maximize: boolean): boolean {
  const sign = maximize ? -1 : 1;
  for (let row = 1; row <= iterations; row++) {
    const change = sign * ((values[row] ?? NaN) - (values[row - 1] ?? NaN));
    const isLast = row === iterations;
    if (!(change <= 0) && !(isLast && sign * (values[row] ?? NaN) === -Infinity)) return false;
  }
  return iterations > 1;
}

function inSentence({ curvature, bound, learningRate, safeLearningRate }: Divergence, title: string): string {
  const met = curvature > 0 ? `; the largest curvature on the way is about ${inWords(curvature)}` : "";
  const limit = bound !== undefined && bound < learningRate
    ? `, where ${title} is stable only below a learning rate of ${inWords(bound)}, and it was ${inWords(learningRate)}`
    : "";
  return `${met}${limit}${safeLearningRate === undefined ? "" : `; ${inWords(safeLearningRate)} would have been safe`}`;
}

/** A method's title within a sentence: names of people keep their capital. */
function spoken({ method, maximize }: RunOptions, title: string): string {
  if (method === "gd") return maximize ? "gradient ascent" : "gradient descent";
  return method === "momentum" ? "momentum" : title;
}
