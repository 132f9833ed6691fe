import type { Round } from "../../core/optimize/experiments/plan";

export interface Taken<Task> {
  readonly index: number;
  readonly task: Task;
}

/** Which tasks of a round are taken, and what came of them. */
export class OpenRound<Task, Outcome> {
  private readonly made = new Map<number, Outcome>();
  private readonly handedBack: Taken<Task>[] = [];
  private next = 0;

  private readonly tasks: readonly Task[];
  readonly each: number;
  readonly total: number;

  constructor({ tasks, each, total }: Round<Task>) {
    this.tasks = tasks;
    this.each = each;
    this.total = total;
  }

  /** How many nobody has taken yet. */
  get untaken(): number {
    return this.tasks.length - this.next;
  }

  get isComplete(): boolean {
    return this.made.size === this.tasks.length;
  }

  /** In the order of the tasks, once all are there. */
  get outcomes(): Outcome[] {
    return this.tasks.flatMap((_, index) => {
      const outcome = this.made.get(index);
      return outcome === undefined ? [] : [outcome];
    });
  }

  /** So many tasks that nobody has taken, or those that are left. */
  take(most: number): Taken<Task>[] {
    const begin = this.next;
    this.next = Math.min(this.tasks.length, begin + most);
    return this.tasks.slice(begin, this.next).map((task, k) => ({ index: begin + k, task }));
  }

  /** One that could not be done elsewhere, or one that nobody has taken. */
  takeOne(): Taken<Task> | undefined {
    return this.handedBack.pop() ?? this.take(1)[0];
  }

  give({ index }: Taken<Task>, outcome: Outcome): void {
    this.made.set(index, outcome);
  }

  handBack(taken: readonly Taken<Task>[]): void {
    this.handedBack.push(...taken);
  }
}
