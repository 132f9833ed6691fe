import { methodOf } from "../core/optimize/methods";
import { minimize } from "../core/optimize/minimize";
import { suggestLearningRate } from "../core/optimize/suggestLearningRate";
import { sampleLandscape } from "../core/landscape/sample";
import type { Run } from "../core/optimize/types";
import type { DescentIntent, RunSnapshot, WorkerRequests } from "../shared/protocol";
import type { Handlers } from "../shared/rpc";
import { WireError } from "../shared/wire";
import { SourceError } from "../core/source/diagnostic";
import { checkObjective } from "./checkObjective";
import { experiments } from "./experiments";
import { importsOf } from "./importsOf";
import { locateTarget, openObjective } from "./openObjective";
import type { EngineFace } from "./openObjective";
import { OpenObjectives } from "./openObjectives";
import { answers } from "./questions";
import { runOptions, startOf } from "./runOptions";

/** Answers to all that the host may ask. Nothing here waits: a request that takes too long is ended with its thread. */
export function createHandlers(engine: EngineFace): Handlers<WorkerRequests> {
  const objectives = new OpenObjectives();

  return {
    imports: ({ text, language }) => ({ specifiers: importsOf(text, language) }),

    open: (request) => {
      const opened = openObjective(request, engine);
      if ("objective" in opened) objectives.keep(request.id, opened.objective, opened.print);
      return opened.result;
    },

    locate: (request) => locateTarget(request, engine),

    suggest: ({ objective: id, descent }) => {
      const objective = objectives.find(id);
      // What looks before it steps finds its own length, whatever the function.
      const { kind, learningRate } = methodOf(descent.method, descent.lineSearch);
      if (kind === "searching") return { learningRate };
      return { learningRate: suggestLearningRate(objective, startOf(objective, descent), descent.method, descent.maximize) };
    },

    descend: ({ objective: id, descent }, { transfer }) => {
      const objective = objectives.find(id);
      const run = plainly(() => minimize(objective, runOptions(objective, descent)));
      return runSnapshot(id, run, descent, transfer);
    },

    landscape: ({ objective: id, start, ...options }, { transfer }) => {
      const objective = objectives.find(id);
      if (objective.dimension > 2) return null;
      const from = start?.length === objective.dimension ? Float64Array.from(start) : objective.start;
      const explored = objectives.explore(id, from, options.maximize ?? false);
      const sampled = sampleLandscape(objective, { ...options, start: from, explored });
      if (sampled?.kind === "curve") {
        return { ...sampled, objective: id, values: handOver(sampled.values, transfer), derivatives: handOver(sampled.derivatives, transfer) };
      }
      return sampled && { ...sampled, objective: id, values: handOver(sampled.values, transfer), levels: handOver(sampled.levels, transfer) };
    },

    evaluate: ({ objective: id, x }, { transfer }) => {
      const objective = objectives.find(id);
      if (x.length !== objective.dimension) throw new WireError("invalid", `A point of ${objective.name} has ${objective.dimension} coordinates.`);
      const gradient = new Float64Array(objective.dimension);
      const value = objective.valueAndGradient(Float64Array.from(x), gradient);
      return { value, gradient: handOver(gradient, transfer) };
    },

    ...answers((id) => objectives.find(id), () => performance.now()),
    ...experiments((id) => objectives.find(id)),

    check: ({ objective: id }) => checkObjective(id, objectives.find(id), () => performance.now()),

    code: ({ objective: id, dialect }) => {
      try {
        return { ok: true, code: objectives.printer(id)(dialect) };
      } catch (error) {
        if (error instanceof SourceError) return { ok: false, reason: error.message };
        throw error;
      }
    },
  };
}

function runSnapshot(objective: number, run: Run, { method, maximize }: DescentIntent, transfer: ArrayBuffer[]): RunSnapshot {
  const { dimension, iterations, status, rule, reason, divergence, values } = run;
  const best = bestOf(values, maximize);
  return {
    objective, dimension, iterations, method, maximize, status, rule, reason, best,
    ...(divergence && { divergence }),
    remarks: [...run.remarks],
    iterates: handOver(run.iterates, transfer),
    values: handOver(values, transfer),
    gradientNorms: handOver(run.gradientNorms, transfer),
    gradients: handOver(run.gradients, transfer),
    learningRates: handOver(run.learningRates, transfer),
  };
}

function bestOf(values: Float64Array, maximize: boolean): RunSnapshot["best"] {
  let best = { iteration: 0, value: values[0] ?? NaN };
  values.forEach((value, iteration) => {
    const better = maximize ? value > best.value : value < best.value;
    if (better || (Number.isNaN(best.value) && !Number.isNaN(value))) best = { iteration, value };
  });
  return best;
}

/** A large array goes over the wire without a copy. One that looks into a larger buffer is copied out of it first. */
function handOver(array: Float64Array, transfer: ArrayBuffer[]): Float64Array {
  const own = array.byteLength === array.buffer.byteLength ? array : array.slice();
  if (own.buffer instanceof ArrayBuffer && !transfer.includes(own.buffer)) transfer.push(own.buffer);
  return own;
}

/** Settings that make no sense come back as the sentence that says so. */
function plainly<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new WireError("invalid", error.message);
    throw error;
  }
}
