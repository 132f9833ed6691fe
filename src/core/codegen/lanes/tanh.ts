import { abs, add, divide, input, less, lessEqual, multiply, negate, not, num, platform, select, subtract } from "./build";
import { exponentialMinusOne } from "./expm1";
import type { Float, LaneFunction } from "./node";
import { withSignOf } from "./parts";

/** fdlibm's hyperbolic tangent (s_tanh.c, Sun Microsystems 1993), from e^{±2|x|} - 1, which stays exact near 0. As V8's `Math.tanh`. */
function hyperbolicTangent(x: Float): Float {
  const size = abs(x);
  const isLarge = lessEqual(num(1), size);
  const t = exponentialMinusOne(multiply(select(isLarge, num(2), num(-2)), size));
  const sum = add(t, num(2));
  const ratio = divide(select(isLarge, num(2), negate(t)), sum);
  const value = select(isLarge, subtract(num(1), ratio), ratio);
  // Near 0 it is x itself.
  return withSignOf(select(less(size, num(2 ** -28)), size, select(lessEqual(num(22), size), num(1), value)), x);
}

const x = input(0);
export const tanh: LaneFunction = { arity: 1, value: hyperbolicTangent(x), rare: { where: not(less(abs(x), num(350))), instead: platform("tanh", x) } };
