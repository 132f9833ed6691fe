import { methodOf } from "../core/optimize/methods";
import { suggestLearningRate } from "../core/optimize/suggestLearningRate";
import type { WorkerRequests } from "../shared/protocol";
import type { Handlers } from "../shared/rpc";
import { WireError } from "../shared/wire";
import { SourceError } from "../core/source/diagnostic";
import { checkObjective } from "./checkObjective";
import { alone } from "./crew/crew";
import type { CarryOut, Crew } from "./crew/crew";
import { descend } from "./descend";
import { descendTogether } from "./descendTogether";
import { experiments } from "./experiments";
import { filesOf } from "./filesOf";
import { handOver } from "./handOver";
import { importsOf } from "./importsOf";
import { landscapeSnapshot } from "./landscapeSnapshot";
import { locateTarget, openObjective } from "./openObjective";
import type { EngineFace } from "./openObjective";
import { OpenObjectives } from "./openObjectives";
import { asSentence } from "./plainly";
import { answers } from "./questions";
import { longRunOptions, startOf } from "./runOptions";
import { sampleTogether } from "./sampleTogether";

/** Answers to all that the host may ask. What takes long is computed in pieces; what takes too long at a piece is ended with its thread. */
export function createHandlers(engine: EngineFace, crew?: Crew): Handlers<WorkerRequests> {
  const objectives = new OpenObjectives();
  const carryOut: CarryOut = crew ? (id, ...work) => crew.carryOut(objectives.request(id), ...work) : alone;

  const together = descendTogether((id) => objectives.request(id), crew);

  return {
    imports: ({ text, language }) => ({ specifiers: importsOf(text, language), files: filesOf(text, language) }),

    open: (request) => {
      const opened = openObjective(request, engine);
      if ("objective" in opened) objectives.keep(request, opened.objective, opened.print);
      return opened.result;
    },

    locate: (request) => locateTarget(request, engine),

    suggest: ({ objective: id, descent }) => {
      const objective = objectives.find(id);
      // What looks before it steps finds its own length, whatever the function.
      const { kind, learningRate } = methodOf(descent.method, descent.lineSearch);
      if (kind === "searching") return { learningRate };
      return { learningRate: suggestLearningRate(objective.sample?.() ?? objective, startOf(objective, descent), descent.method, descent.maximize) };
    },

    descend: async ({ objective: id, descent }, context) => {
      const objective = objectives.find(id);
      try {
        const options = longRunOptions(objective, descent);
        return await together(id, objective, options, context, (shared) => descend(id, shared, options, descent, context));
      } catch (error) {
        throw asSentence(error);
      }
    },

    landscape: async ({ objective: id, start, ...options }, context) => {
      const objective = objectives.find(id);
      if (objective.dimension > 2) return null;
      const from = start?.length === objective.dimension ? Float64Array.from(start) : objective.start;
      const explored = objectives.explore(id, from, options.maximize ?? false);
      const sampled = await sampleTogether(id, objective, { ...options, start: from, explored }, carryOut, context);
      return sampled && landscapeSnapshot(id, sampled, context.transfer);
    },

    evaluate: ({ objective: id, x }, { transfer }) => {
      const objective = objectives.find(id);
      if (x.length !== objective.dimension) throw new WireError("invalid", `A point of ${objective.name} has ${objective.dimension} coordinates.`);
      const gradient = new Float64Array(objective.dimension);
      const value = objective.valueAndGradient(Float64Array.from(x), gradient);
      return { value, gradient: handOver(gradient, transfer) };
    },

    ...answers((id) => objectives.find(id), () => performance.now()),
    ...experiments((id) => objectives.find(id), carryOut),

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
