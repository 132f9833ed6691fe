import type { OutcomeOf, TaskKind, TaskOf } from "./tasks";

/** Somebody else who does tasks of a job. */
export interface Helper<K extends TaskKind> {
  /** Tells how much of them is done on the way. Rejects where it cannot do them. */
  work(tasks: readonly TaskOf<K>[], each: number, onProgress: (done: number) => void): Promise<readonly OutcomeOf<K>[]>;
}

export interface Help<K extends TaskKind> {
  /** Milliseconds of work after which it is judged how much there is. */
  readonly look: number;
  /** One more helper, if there is one for whom so many milliseconds of work are worth it. */
  call(share: number): Helper<K> | undefined;
}
