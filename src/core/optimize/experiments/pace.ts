/** Milliseconds of work between two looks at whether to go on: what is given up is given up at once, and nothing is slower for it. */
const piece = 8;
const mostSteps = 4096;

/** How many steps of a run make a piece of work, by how long the last ones took: a step may take a nanosecond or a second. */
export class Pace {
  steps = 1;

  /** Does that many steps, and looks at the clock. */
  take<T>(work: (steps: number) => T): T {
    const began = Date.now();
    const result = work(this.steps);
    const spent = Date.now() - began;
    if (spent < piece / 2) this.steps = Math.min(mostSteps, 2 * this.steps);
    else if (spent > piece) this.steps = Math.max(1, Math.floor((this.steps * piece) / spent));
    return result;
  }
}
