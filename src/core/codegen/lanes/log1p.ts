import { abs, add, both, divide, either, input, less, lessEqual, multiply, not, num, platform, select, subtract } from "./build";
import { LN2_HIGH, LN2_LOW } from "./exp";
import { LOG_COEFFICIENTS, splitByPowerOfTwo } from "./log";
import type { Float, LaneFunction, Mask } from "./node";
import { fromHighWord, polynomial, withSignOf } from "./parts";

/**
 * fdlibm's log(1 + x) (s_log1p.c, Sun Microsystems 1993): 1 + x is rounded, and what that loses comes back as a correction of first order. Less than 1 ulp, as
 * V8's `Math.log1p`.
 */
export function logarithmOfOnePlus(x: Float): { value: Float; rare: Mask } {
  const direct = both(less(num(fromHighWord(-0x402d413c)), x), less(x, num(fromHighWord(0x3fda827a))));
  const sum = add(num(1), x);
  const { k: exponent, m } = splitByPowerOfTwo(sum, 0x3ff6a09e);
  const k = select(direct, num(0), exponent);
  const lost = select(lessEqual(num(2), sum), subtract(num(1), subtract(sum, x)), subtract(x, subtract(sum, num(1))));
  const correction = select(direct, num(0), divide(lost, sum));
  const f = select(direct, x, subtract(m, num(1)));
  const halfSquare = multiply(multiply(num(0.5), f), f);
  const s = divide(f, add(num(2), f));
  const z = multiply(s, s);
  const R = multiply(z, polynomial(z, LOG_COEFFICIENTS));
  const low = add(multiply(k, num(LN2_LOW)), correction);
  const rest = subtract(halfSquare, add(multiply(s, add(halfSquare, R)), low));
  const value = withSignOf(subtract(multiply(k, num(LN2_HIGH)), subtract(rest, f)), x);
  const usual = both(less(num(-1), x), less(x, num(2 ** 53)));
  // Where 1 + x lies beside a power of two fdlibm has a series of its own.
  const beside = both(not(direct), less(abs(f), num(2 ** -20)));
  return { value, rare: either(not(usual), beside) };
}

const x = input(0);
const { value, rare } = logarithmOfOnePlus(x);
export const log1p: LaneFunction = { arity: 1, value, rare: { where: rare, instead: platform("log1p", x) } };
