import type { Experiment } from "./experiment";

/** Tasks that know nothing of one another. */
export interface Round<Task> {
  readonly tasks: readonly Task[];
  /** What each counts for in the progress, and what all rounds count for. */
  readonly each: number;
  readonly total: number;
}

/**
 * An experiment apart from who does its work: rounds of tasks, and what is made of their outcomes. It is handed the outcomes in
 * the order of the tasks, wherever and in whichever order they were done, so that its result is the same. A round without
 * tasks is a pause for breath.
 */
export type Plan<Task, Done, Result> = Generator<Round<Task>, Result, readonly Done[]>;

/** Does a task, telling how much of it is done. Task and outcome are plain data: whoever knows the objective comes to the same. */
export type Perform<Task, Done> = (task: Task) => Generator<number, Done, void>;

/** Carries a plan out, one task after the other. */
export function* inTurn<Task, Done, Result>(plan: Plan<Task, Done, Result>, perform: Perform<Task, Done>): Experiment<Result> {
  let done = 0;
  let all = 0;
  let step = plan.next();
  while (!step.done) {
    const { tasks, each, total } = step.value;
    const outcomes: Done[] = [];
    for (const task of tasks) {
      const work = perform(task);
      let piece = work.next();
      for (; !piece.done; piece = work.next()) yield { done: done + piece.value, total };
      outcomes.push(piece.value);
      done += each;
      yield { done, total };
    }
    if (tasks.length === 0) yield { done, total };
    all = total;
    step = plan.next(outcomes);
  }
  // Where many runs left early there was less to do.
  if (done < all) yield { done: all, total: all };
  return step.value;
}
