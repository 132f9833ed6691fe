import { add, input, multiply, num, platform, subtract } from "./build";
import { isNear, reduceByLn2 } from "./exp";
import type { Float, LaneFunction } from "./node";
import { powerOfTwo, withSignOf } from "./parts";

/** eˣ - 1 = (2ᵏ - 1 + 2ᵏ r) + 2ᵏ (eʳ - 1 - r), reduced as the exponential. Less than 1 ulp. */
export function exponentialMinusOne(x: Float): Float {
  const { kBits, high, beyond } = reduceByLn2(x);
  const two = powerOfTwo(kBits);
  return add(add(subtract(two, num(1)), multiply(two, high)), multiply(two, beyond));
}

const x = input(0);
/** -0 is to stay what it is. */
export const expm1: LaneFunction = { arity: 1, value: withSignOf(exponentialMinusOne(x), x), usual: isNear(x), otherwise: platform("expm1", x) };
