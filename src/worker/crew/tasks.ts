import type { Objective } from "../../core/objective";
import { entrants } from "../../core/optimize/experiments/entrant";
import type { EntrantTask, Ran } from "../../core/optimize/experiments/entrant";
import type { Perform } from "../../core/optimize/experiments/plan";
import { trials } from "../../core/optimize/experiments/trial";
import type { Trial, TrialTask } from "../../core/optimize/experiments/trial";
import { gridRows } from "../gridRows";
import type { RowsTask } from "../gridRows";

/** What can be done by any worker that knows the objective. */
interface Tasks {
  trial: { task: TrialTask; outcome: Trial };
  entrant: { task: EntrantTask; outcome: Ran };
  rows: { task: RowsTask; outcome: Float64Array };
}

export type TaskKind = keyof Tasks;
export type TaskOf<K extends TaskKind> = Tasks[K]["task"];
export type OutcomeOf<K extends TaskKind> = Tasks[K]["outcome"];

const performers: { readonly [K in TaskKind]: (objective: Objective) => Perform<TaskOf<K>, OutcomeOf<K>> } = {
  trial: trials,
  entrant: entrants,
  rows: gridRows,
};

/** Who does the tasks of one job: it may remember those it did. */
export function performerOf<K extends TaskKind>(kind: K, objective: Objective): Perform<TaskOf<K>, OutcomeOf<K>> {
  return performers[kind](objective);
}
