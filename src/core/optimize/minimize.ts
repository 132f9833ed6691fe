import type { Objective } from "../objective";
import { Descent } from "./descent";
import { explainDivergence } from "./explainDivergence";
import type { Run, RunOptions } from "./types";

/** Steps between two looks at whether to go on: short enough for V8 to swap in optimised code between slices. */
const slice = 1000;

/**
 * Runs a method from a start until a rule ends it, and returns everything it did. Throws a RangeError, in a plain
 * sentence, for options that make no sense or name what is not there. See `RunOptions` for the defaults.
 */
export function minimize(objective: Objective, options: RunOptions): Run {
  const descent = new Descent(objective, options);
  while (!descent.advance(slice));
  return explainDivergence(objective, options, descent.run());
}
