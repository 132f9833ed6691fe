import type { Objective } from "../../objective";
import { Descent } from "../descent";
import type { Run, RunOptions } from "../types";
import { counted } from "../words";
import { Pace } from "./pace";

/** What had been evaluated by the time each iterate was reached. */
export interface Spent {
  readonly gradients: Float64Array;
  /** A product with a vector counts as one, and so does a whole Hessian. */
  readonly hessians: Float64Array;
}

/** One of a race: a descent that may spend so many gradients and not one more, and keeps account of them. */
export class Runner {
  private readonly descent: Descent;
  private readonly pace = new Pace();
  private readonly gradients: number[] = [];
  private readonly hessians: number[] = [];

  constructor(objective: Objective, options: RunOptions, private readonly most: number) {
    this.descent = new Descent(objective, options);
    this.keepAccount();
  }

  get ended(): boolean {
    return this.descent.ended || this.descent.evaluations.gradient >= this.most;
  }

  /** How many iterations it has done. */
  get iterations(): number {
    return this.descent.iterations;
  }

  /** Takes some steps, as many as make a piece of work. */
  advance(): void {
    this.pace.take((steps) => {
      for (let k = 0; k < steps && !this.ended; k++) {
        this.descent.advance(1);
        this.keepAccount();
      }
    });
  }

  /** What it did with what it had: a step that looked around for longer than that does not count. */
  finish(): { run: Run; spent: Spent } {
    const run = this.descent.run();
    let iterations = run.iterations;
    while (iterations > 0 && (this.gradients[iterations] ?? 0) > this.most) iterations--;
    const spent = { gradients: Float64Array.from(this.gradients.slice(0, iterations + 1)), hessians: Float64Array.from(this.hessians.slice(0, iterations + 1)) };
    if (run.evaluations.gradient <= this.most && run.status !== "cancelled") return { run, spent };
    return { run: spentUp(cut(run, iterations), this.most, spent), spent };
  }

  private keepAccount(): void {
    const { iterations, evaluations } = this.descent;
    // A method that cannot go on has looked around, and stayed where it was.
    this.gradients[iterations] ??= evaluations.gradient;
    this.hessians[iterations] ??= evaluations.hessian;
  }
}

/** The first iterations of a run. */
function cut(run: Run, iterations: number): Run {
  const share = (rows: Float64Array): Float64Array => rows.slice(0, (rows.length / (run.iterations + 1)) * (iterations + 1));
  return {
    ...run, iterations,
    iterates: share(run.iterates), gradients: share(run.gradients),
    values: share(run.values), gradientNorms: share(run.gradientNorms), learningRates: share(run.learningRates),
    internals: Object.fromEntries(Object.entries(run.internals).map(([name, rows]) => [name, share(rows)])),
    remarks: run.remarks.filter(({ first }) => first <= iterations),
  };
}

function spentUp(run: Run, most: number, { gradients, hessians }: Spent): Run {
  const gradient = gradients[run.iterations] ?? 0;
  const overrun = gradient < most ? ", and the next would have taken more than were left" : "";
  return {
    ...run, status: "exhausted", rule: "gradients",
    evaluations: { value: gradient, gradient, hessian: hessians[run.iterations] ?? 0 },
    reason: `of ${counted(most, "gradient")} ${gradient} made ${counted(run.iterations, "iteration")}${overrun}`,
  };
}
