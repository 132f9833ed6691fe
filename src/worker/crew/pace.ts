/** Milliseconds that the first piece of work may take to make the kernels it needs. */
const making = 50;
/** How long work takes, by what was done of it so far. */
export class Pace {
  private spent = 0;
  private done = 0;
  private isFirst = true;

  /** `look`: milliseconds of work after which one can tell. */
  constructor(private readonly look: number) {}

  add(milliseconds: number, done: number): void {
    this.spent += this.isFirst ? Math.max(0, milliseconds - making) : milliseconds;
    this.done += done;
    this.isFirst = false;
  }

  /** Milliseconds that so much of it takes; 0 as long as nobody can tell. */
  of(work: number): number {
    return this.spent < this.look || work === 0 ? 0 : (this.spent / this.done) * work;
  }
}
