import { type Wolfe, isApproximatelyLowEnough, isLowEnough } from "./acceptance";
import { cubicMinimum } from "./cubic";
import type { Line, Look } from "./line";

const mostLooks = 40;

/**
 * Backtracking (Armijo 1966): from the first length back, until the value has fallen by a fair part (`c1`) of what the
 * slope promised. How far back, the cubic through what was seen says, between a tenth and a half of the way.
 */
export function armijo(line: Line, first: number, wolfe: Wolfe): number {
  const { start } = line;
  let look = line.look(first);
  while (!isGood(start, look, wolfe)) {
    if (line.looks >= mostLooks) return 0;
    look = line.look(look.finite ? cubicMinimum(start, look, 0.1 * look.at, 0.5 * look.at) : look.at / 4);
    if (!(look.at > 0)) return 0;
  }
  line.keep(look);
  return line.settle();
}

function isGood(start: Look, look: Look, wolfe: Wolfe): boolean {
  return look.finite && (isLowEnough(start, look, wolfe) || isApproximatelyLowEnough(start, look));
}
