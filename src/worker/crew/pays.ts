/** Evaluations that are judged together. */
const round = 16;
/** Rounds with others until one without them tells again how long that takes: what else the machine does changes. */
const trust = 64;
/** Rounds without others, at most, until they are tried again. */
const longest = 64;
/** How much shorter it must be for others to be troubled. */
const worthwhile = 0.95;

/** Whether evaluations are shorter with others than without: on a machine that is busy with something else one waits for them longer than they save. */
export class Pays {
  private readonly times: number[] = [];
  private spent = 0;
  private alone = Infinity;
  private isTogether = false;
  /** Rounds before the next change, and how many there were after the last attempt in vain. */
  private left = 1;
  private vain = 1;

  /** An evaluation took so many milliseconds. Whether the next should be with others. */
  next(milliseconds: number): boolean {
    this.times.push(milliseconds);
    this.spent += milliseconds;
    // An attempt that is in vain may show it by few evaluations that are very long.
    const isOverdue = this.isTogether && this.spent > round * this.alone;
    if (isOverdue || this.times.length === round) {
      this.judge(isOverdue ? Infinity : this.times.sort((a, b) => a - b)[round >> 1] ?? Infinity);
      this.times.length = 0;
      this.spent = 0;
    }
    return this.isTogether;
  }

  private judge(usual: number): void {
    this.left--;
    if (!this.isTogether) {
      this.alone = usual;
      if (this.left <= 0) this.change(trust);
    } else if (usual > worthwhile * this.alone) {
      this.vain = Math.min(longest, 2 * this.vain);
      this.change(this.vain);
    } else {
      this.vain = 1;
      if (this.left <= 0) this.change(1);
    }
  }

  private change(rounds: number): void {
    this.isTogether = !this.isTogether;
    this.left = rounds;
  }
}
