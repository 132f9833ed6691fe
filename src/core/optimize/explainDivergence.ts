import type { Objective } from "../objective";
import { largestCurvature } from "./curvature";
import { steepestStretch } from "./divergence";
import { methodOf } from "./methods";
import { largestSafeRate } from "./safeRate";
import type { Divergence, Run, RunOptions } from "./types";
import { inWords } from "./words";

/** Milliseconds a person waits for an explanation. Where that is not enough, it says less. */
const patience = 1000;
/** What theory bears is the edge; a little less descends. */
const careful = 0.9;

/**
 * A run that left, with the reason in terms of its own function: the largest curvature along its path, the learning rate
 * that the method bears on such a curvature where theory knows it, and about the largest that was tried and found safe. Every
 * other run is returned as it is.
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
  // Under a schedule, the highest rate is the one to blame.
  const learningRate = run.learningRates.subarray(1).reduce((most, rate) => Math.max(most, rate), 0);
  const explains = (lambda: number): boolean => (stable(lambda) ?? Infinity) < learningRate;
  const { curvature, at } = curvatureAlong(objective, run, options, explains, deadline);
  const bound = curvature > 0 ? stable(curvature) : undefined;
  const base = options.learningRate ?? run.learningRates[0] ?? learningRate;
  const safe = largestSafeRate(objective, options, {
    first: base * (bound !== undefined && bound < learningRate ? (careful * bound) / learningRate : 1 / 4),
    tooLarge: base,
    left: run,
    limit(stayed) {
      const most = stayed.learningRates.reduce((largest, rate) => Math.max(largest, rate), 0);
      const allowed = stable(curvatureAlong(objective, stayed, options, () => true, deadline).curvature);
      return allowed === undefined ? undefined : ((stayed.learningRates[0] ?? most) * allowed) / most;
    },
  }, deadline);
  return { curvature, at, learningRate, ...(bound !== undefined && { bound }), ...(safe && { safeLearningRate: safe.learningRate }) };
}

/**
 * By power iteration with products of the Hessian at the start, where it was last before it rose above the start, where the
 * gradient turned most until then, and at the lowest point; further out it would tell of country nobody wants to see. Where that
 * does not explain the run, how the gradient turned on the leap out of there does: a lower bound of what lies between.
 */
function curvatureAlong(
  objective: Objective,
  run: Run,
  { maximize = false, batch }: RunOptions,
  explains: (curvature: number) => boolean,
  deadline: number,
): { curvature: number; at: number } {
  const { dimension, iterates, values, every } = run;
  const products = dimension <= 1000 ? 20 : 8;
  // Two gradients of different batches differ even at one place.
  const nowhere = { row: 0, curvature: 0 };
  const { within, leap } = batch ? { within: nowhere, leap: nowhere } : steepestStretch(run, maximize);
  let lowest = 0;
  values.forEach((value, row) => {
    if ((maximize ? -1 : 1) * (value - (values[lowest] ?? NaN)) < 0) lowest = row;
  });
  let most = within;
  for (const row of new Set([0, within.row, leap.row, lowest])) {
    if (Date.now() > deadline) break;
    const curvature = largestCurvature(objective, iterates.slice(row * dimension, (row + 1) * dimension), products);
    if (curvature > most.curvature) most = { curvature, row };
  }
  if (leap.curvature > most.curvature && !explains(most.curvature)) most = leap;
  return { curvature: most.curvature, at: most.row * every };
}

/** Whether each step was for the better, but for the one that broke. */
function isBottomless({ values, iterations }: Run, maximize: boolean): boolean {
  const sign = maximize ? -1 : 1;
  for (let row = 1; row < values.length; row++) {
    const change = sign * ((values[row] ?? NaN) - (values[row - 1] ?? NaN));
    const isLast = row === values.length - 1;
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
