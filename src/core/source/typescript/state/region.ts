import type { Expression } from "../../../ir/types";

/** A stretch of generated control flow: a branch taken at run time, or a loop that is kept. */
export interface Region {
  readonly kind: "loop" | "branch";
  readonly birth: number;
  /** Of loops that run a number of times known now: that number, and which iteration is running. */
  trips?: number;
  iteration?: Expression;
  /** Of loops whose number of trips varies: the largest it can be. */
  most?: number;
}
