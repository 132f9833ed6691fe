import type { Remark, RemarkKind } from "./types";
import { counted } from "./words";

const sentences: { readonly [kind in RemarkKind]: string } = {
  indefinite: "the Hessian was not positive definite, so the step was bent downhill",
  restarted: "the search began afresh along −g",
  clipped: "the gradient was clipped before the step",
  lowered: "the learning rate was lowered, as the value had stopped getting better",
  rejected: "the step was not taken, as the value did not fall by enough, and the radius shrank",
};

/** What a run has to tell, each kind once with how often. */
export class Remarks {
  private readonly told = new Map<RemarkKind, { count: number; first: number; last: number }>();

  add(kind: RemarkKind, iteration: number): void {
    const known = this.told.get(kind);
    if (!known) this.told.set(kind, { count: 1, first: iteration, last: iteration });
    else if (known.last !== iteration) {
      known.count++;
      known.last = iteration;
    }
  }

  list(): Remark[] {
    return [...this.told].map(([kind, { count, first }]) => ({
      kind,
      count,
      first,
      message: `${count === 1 ? `In iteration ${first}` : `In ${counted(count, "iteration")}, first in ${first},`} ${sentences[kind]}.`,
    }));
  }
}
