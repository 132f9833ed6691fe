import {
  abs, add, addInt, and, bits, bitsOf, both, divide, either, input, less, lessEqual, multiply, not, num, ofBits, or, platform, select, shiftRight, subtract,
  subtractInt, xor,
} from "./build";
import { LN2_HIGH, LN2_LOW } from "./exp";
import type { Float, LaneFunction } from "./node";
import { fromHighWord, ONE, polynomial, toFloat } from "./parts";

/**
 * fdlibm's logarithm (e_log.c, Sun Microsystems 1993): x = 2ᵏ (1 + f) with √½ < 1 + f < √2; log(1 + f) from s = f / (2 + f) by an odd polynomial
 * in s that Remez' algorithm found, with an error below 2⁻⁵⁸·⁴⁵. Less than 1 ulp, as V8's `Math.log`.
 */
export const LOG_COEFFICIENTS = [
  6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01, 1.818357216161805012e-01,
  1.531383769920937332e-01, 1.479819860511658591e-01,
] as const;

const MANTISSA = 0x000fffffffffffffn;

export interface SplitByTwo {
  readonly k: Float;
  readonly m: Float;
  /** The mantissa as a number from 1 to 2, before it was halved. */
  readonly full: Float;
}

/** x = 2ᵏ m with `from`/2 ≤ m < `from`, `from` being the double with this high word, between 1 and 2; for normal positive x. */
export function splitByPowerOfTwo(x: Float, from: number): SplitByTwo {
  const all = bitsOf(x);
  const mantissa = and(all, bits(MANTISSA));
  const carry = (1n << 52n) - (BigInt(from & 0xfffff) << 32n);
  const halved = and(addInt(mantissa, bits(carry)), bits(1n << 52n));
  const exponent = addInt(subtractInt(shiftRight(all, 52), bits(1023n)), shiftRight(halved, 52));
  return { k: toFloat(exponent), m: ofBits(or(mantissa, xor(halved, bits(ONE)))), full: ofBits(or(mantissa, bits(ONE))) };
}

function logarithm(x: Float): Pick<LaneFunction, "value" | "rare"> {
  const { k, m, full } = splitByPowerOfTwo(x, 0x3ff6a09c);
  const f = subtract(m, num(1));
  const s = divide(f, add(num(2), f));
  const z = multiply(s, s);
  const w = multiply(z, z);
  const [g1, g2, g3, g4, g5, g6, g7] = LOG_COEFFICIENTS;
  const R = add(multiply(z, polynomial(w, [g1, g3, g5, g7])), multiply(w, polynomial(w, [g2, g4, g6])));
  const low = multiply(k, num(LN2_LOW));
  const halfSquare = multiply(multiply(num(0.5), f), f);
  const middle = subtract(halfSquare, add(multiply(s, add(halfSquare, R)), low));
  const beside = subtract(multiply(s, subtract(f, R)), low);
  const isMiddle = both(lessEqual(num(fromHighWord(0x3ff6147a)), full), less(full, num(fromHighWord(0x3ff6b852))));
  const value = subtract(multiply(k, num(LN2_HIGH)), subtract(select(isMiddle, middle, beside), f));
  const usual = both(lessEqual(num(2 ** -1022), x), less(x, num(Infinity)));
  // Beside a power of two fdlibm has a series of its own.
  return { value, rare: { where: either(not(usual), less(abs(f), num(2 ** -20))), instead: platform("log", x) } };
}

export const log: LaneFunction = { arity: 1, ...logarithm(input(0)) };
