import { type Wolfe, isApproximatelyLowEnough, isFlatEnough, isLowEnough, withinNoise } from "./acceptance";
import { cubicMinimum } from "./cubic";
import type { Line, Look } from "./line";

const mostLooks = 40;
/** Of the bracket: a look nearer than this to an end would tell too little. */
const margin = 0.1;

interface Bracket {
  low: Look;
  high: Look;
}

/**
 * A length where the value has fallen enough and the slope is flat enough (the strong Wolfe conditions): longer and longer
 * looks until two of them have such a point between them, then looks within (Nocedal and Wright, algorithms 3.5 and 3.6).
 * Steps are chosen by the cubic and kept from the ends as PyTorch's L-BFGS does, so that runs of the two agree. Near the
 * minimum, where values differ by rounding only, slopes decide in their place.
 */
export function strongWolfe(line: Line, first: number, wolfe: Wolfe): number {
  const bracket = bracketed(line, first, wolfe);
  if (bracket === "found" || (bracket && zoom(line, bracket, wolfe))) return line.settle();
  // Not what was looked for, but better than nothing, if it is lower by more than rounding.
  return line.isLower() ? line.settle() : 0;
}

/** "found" where a good length was met on the way, and kept; undefined where there is no end to looking. */
function bracketed(line: Line, first: number, wolfe: Wolfe): Bracket | "found" | undefined {
  const { start } = line;
  let before = start;
  let look = line.look(first);
  let beyond = Infinity; // where the function is not finite
  while (line.looks < mostLooks) {
    if (!look.finite) {
      beyond = look.at;
      look = line.look(before.at + (look.at - before.at) / (before === start ? 8 : 2));
      continue;
    }
    if (isTooHigh(start, look, wolfe) || (line.looks > 2 && isHigher(start, look, before))) return ordered(line, before, look);
    if (isFlatEnough(start, look, wolfe)) {
      line.keep(look);
      return "found";
    }
    if (look.slope >= 0) return ordered(line, before, look);
    line.keep(look);
    const next = cubicMinimum(before, look, look.at + 0.01 * (look.at - before.at), Math.min(10 * look.at, (look.at + beyond) / 2));
    before = look;
    look = line.look(next);
  }
  if (look.finite && look.value < before.value) line.keep(look);
  return undefined;
}

/** Whether a good length was found. The lowest look is kept in any case. */
function zoom(line: Line, bracket: Bracket, wolfe: Wolfe): boolean {
  const { start } = line;
  let { low, high } = bracket;
  let slow = false;
  while (line.looks < mostLooks) {
    const left = Math.min(low.at, high.at);
    const right = Math.max(low.at, high.at);
    if (right - left <= 1e-14 * right) return false;
    let at = within(start, low, high);
    const close = margin * (right - left);
    if (Math.min(right - at, at - left) >= close) {
      slow = false;
    } else if (slow || at >= right || at <= left) {
      at = right - at < at - left ? right - close : left + close;
      slow = false;
    } else {
      slow = true; // once near an end may be right; twice in a row the bracket would hardly shrink
    }
    const look = line.look(at);
    if (!look.finite || isTooHigh(start, look, wolfe) || isHigher(start, look, low)) {
      ({ low, high } = look.finite ? ordered(line, low, look) : { low, high: look });
      continue;
    }
    line.keep(look);
    if (isFlatEnough(start, look, wolfe)) return true;
    if (look.slope * (high.at - low.at) >= 0) high = low;
    low = look;
  }
  return false;
}

/** The lower one of the look kept and the last, which is kept in its place if it is that. */
function ordered(line: Line, kept: Look, last: Look): Bracket {
  if (!isHigher(line.start, last, kept)) {
    line.keep(last);
    return { low: last, high: kept };
  }
  return { low: kept, high: last };
}

/** A length within the bracket. */
function within(start: Look, low: Look, high: Look): number {
  if (!high.finite) return (low.at + high.at) / 2;
  // Values equal but for rounding would send the cubic anywhere; the slopes' secant does not need them.
  if (withinNoise(start, low) && withinNoise(start, high) && low.slope * high.slope < 0) {
    return low.at - (low.slope * (high.at - low.at)) / (high.slope - low.slope);
  }
  return cubicMinimum(low, high);
}

function isTooHigh(start: Look, look: Look, wolfe: Wolfe): boolean {
  if (isLowEnough(start, look, wolfe)) return false;
  return !(isApproximatelyLowEnough(start, look) && look.slope >= wolfe.c2 * start.slope);
}

/** Where values differ by rounding, the one past the minimum is the higher. */
function isHigher(start: Look, look: Look, than: Look): boolean {
  if (withinNoise(start, look) && withinNoise(start, than)) return look.slope > Math.abs(than.slope);
  return look.value >= than.value;
}
