import { add, both, divide, input, less, num, platform, subtract } from "./build";
import { logarithm } from "./log";
import type { Float, LaneFunction } from "./node";
import { withSignOf } from "./parts";

/** log(1 + x): 1 + x is rounded, and what that loses (Knuth's two-sum, for any x) comes back as a correction of first order. Less than 1 ulp. */
export function logarithmOfOnePlus(x: Float): Float {
  const sum = add(num(1), x);
  const added = subtract(sum, num(1));
  const lost = add(subtract(num(1), subtract(sum, added)), subtract(x, added));
  return logarithm(sum, divide(lost, sum));
}

const x = input(0);
/** -0 is to stay what it is. */
export const log1p: LaneFunction = {
  arity: 1, value: withSignOf(logarithmOfOnePlus(x), x), usual: both(less(num(-1), x), less(x, num(Infinity))), otherwise: platform("log1p", x),
};
