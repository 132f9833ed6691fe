import type { Objective } from "../../core/objective";
import { inTurn } from "../../core/optimize/experiments/plan";
import type { Perform, Plan } from "../../core/optimize/experiments/plan";
import type { Handlers, Listeners } from "../../shared/rpc";
import { WireError } from "../../shared/wire";
import { inPieces } from "../inPieces";
import { Latest } from "../latest";
import { objectiveOf } from "../openObjective";
import type { EngineFace } from "../openObjective";
import { mostObjectives } from "../openObjectives";
import { buffersOf } from "./buffersOf";
import { CommonMemory } from "./commonMemory";
import { LatestKernels } from "./latestKernels";
import { standBy } from "./standBy";
import { performerOf } from "./tasks";
import type { OutcomeOf, TaskKind, TaskOf } from "./tasks";
import type { AskMember } from "./voices";

/** What a worker does as a member of another's crew. */
export function memberHandlers(engine: EngineFace): { serve: Handlers<AskMember["requests"]>; hear: Listeners<AskMember["events"]> } {
  const objectives = new Latest<Objective>(mostObjectives);
  const kernels = new LatestKernels();
  const jobs = new Map<number, Perform<TaskOf<TaskKind>, OutcomeOf<TaskKind>>>();

  return {
    serve: {
      prepare(request) {
        objectives.keep(request.id, objectiveOf(request, engine));
        return null;
      },

      async work({ objective: id, job, kind, tasks, each }, context) {
        const objective = objectives.get(id);
        if (!objective) throw new WireError("invalid", `Objective ${id} is not prepared.`);
        const perform = jobs.get(job) ?? performerOf(kind, objective);
        jobs.set(job, perform);
        const outcomes = await inPieces(inTurn(oneRound<TaskOf<TaskKind>, OutcomeOf<TaskKind>>(tasks, each), perform), context, ({ done }) => done);
        context.transfer.push(...buffersOf(outcomes));
        return { outcomes };
      },

      async share({ objective: id, dataset, memory }, context) {
        const objective = objectives.get(id);
        if (!objective) throw new WireError("invalid", `Objective ${id} is not prepared.`);
        return inPieces(standBy(CommonMemory.over(memory), kernels.of(objective, dataset)), context, (computed) => computed);
      },
    },
    hear: { over: ({ job }) => void jobs.delete(job) },
  };
}

function* oneRound<Task, Outcome>(tasks: readonly Task[], each: number): Plan<Task, Outcome, readonly Outcome[]> {
  return yield { tasks, each, total: tasks.length * each };
}
