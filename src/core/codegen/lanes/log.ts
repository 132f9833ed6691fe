import { add, addInt, and, bits, bitsOf, both, divide, input, less, lessEqual, multiply, num, ofBits, platform, shiftRight, subtract } from "./build";
import { LN2_HIGH, LN2_LOW } from "./exp";
import type { Float, LaneFunction } from "./node";
import { ONE, polynomial, toFloat } from "./parts";

/**
 * fdlibm's logarithm (e_log.c, Sun Microsystems 1993): x = 2ᵏ (1 + f) with √½ ≤ 1 + f < √2; log(1 + f) from s = f / (2 + f) by an odd polynomial
 * in s that Remez' algorithm found, with an error below 2⁻⁵⁸·⁴⁵. Where fdlibm distinguishes cases, all go the most exact way. Less than 1 ulp.
 */
const COEFFICIENTS = [
  6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01, 1.818357216161805012e-01,
  1.531383769920937332e-01, 1.479819860511658591e-01,
] as const;

const MANTISSA = 0x000fffffffffffffn;

/** x = 2ᵏ m with `lowest` ≤ m < 2 `lowest`, `lowest` being the double with this high word, between ½ and 1; for normal positive x. */
export function splitByPowerOfTwo(x: Float, lowest: number): { k: Float; m: Float } {
  const from = BigInt(lowest) << 32n;
  const moved = addInt(bitsOf(x), bits(ONE - from));
  return { k: toFloat(shiftRight(moved, 52), -1023), m: ofBits(addInt(and(moved, bits(MANTISSA)), bits(from))) };
}

/** The logarithm of x, plus `correction`, which is small beside it or all there is. */
export function logarithm(x: Float, correction?: Float): Float {
  const { k, m } = splitByPowerOfTwo(x, 0x3fe6a09e);
  const f = subtract(m, num(1));
  const s = divide(f, add(num(2), f));
  const z = multiply(s, s);
  const w = multiply(z, z);
  const [g1, g2, g3, g4, g5, g6, g7] = COEFFICIENTS;
  const R = add(multiply(z, polynomial(w, [g1, g3, g5, g7])), multiply(w, polynomial(w, [g2, g4, g6])));
  const low = multiply(k, num(LN2_LOW));
  const halfSquare = multiply(multiply(num(0.5), f), f);
  const rest = subtract(halfSquare, add(multiply(s, add(halfSquare, R)), correction ? add(low, correction) : low));
  return subtract(multiply(k, num(LN2_HIGH)), subtract(rest, f));
}

const x = input(0);
export const log: LaneFunction = {
  arity: 1, value: logarithm(x), usual: both(lessEqual(num(2 ** -1022), x), less(x, num(Infinity))), otherwise: platform("log", x),
};
