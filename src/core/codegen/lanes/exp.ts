import { abs, add, addInt, bitsOf, divide, input, less, multiply, num, ofBits, platform, shiftLeft, subtract } from "./build";
import type { Float, Integer, LaneFunction, Mask } from "./node";
import { polynomial, roundedTo } from "./parts";

/**
 * fdlibm's exponential (e_exp.c, Sun Microsystems 1993): x = k ln 2 + r with |r| ≤ ½ ln 2, ln 2 in two parts of which the first has so few
 * bits that k times it is exact; eʳ by a rational function of r that Remez' algorithm found, with an error below 2⁻⁵⁹. Less than 1 ulp. A
 * polynomial as good would need half as many operations again; the division is done beside those of other pairs.
 */
export const LN2_HIGH = 6.93147180369123816490e-01;
export const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.44269504088896338700;
/** eʳ = 1 + r + r c / (2 - c), c = r - r² polynomial(r²). */
export const EXP_COEFFICIENTS = [
  1.66666666666666019037e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05, -1.65339022054652515390e-06, 4.13813679705723846039e-08,
];
/** Up to here 2ᵏ is a normal number. */
const FARTHEST = 707;

export interface ReducedByLn2 {
  /** Bits of which the last are k's. */
  readonly kBits: Integer;
  /** x = k ln 2 + high - low. */
  readonly high: Float;
  readonly low: Float;
  /** e^(high - low) - 1 - high: what is left is small beside both. */
  readonly beyond: Float;
}

export function reduceByLn2(x: Float): ReducedByLn2 {
  const { whole: k, lastBits: kBits } = roundedTo(multiply(num(INVERSE_LN2), x));
  const [high, low] = [subtract(x, multiply(k, num(LN2_HIGH))), multiply(k, num(LN2_LOW))];
  const r = subtract(high, low);
  const square = multiply(r, r);
  const c = subtract(r, multiply(square, polynomial(square, EXP_COEFFICIENTS)));
  return { kBits, high, low, beyond: subtract(divide(multiply(r, c), subtract(num(2), c)), low) };
}

/** Where the exponential of x, or what is computed alike, is to be had in lanes; NaN is not among them. */
export const isNear = (x: Float): Mask => less(abs(x), num(FARTHEST));

export function exponential(x: Float): Float {
  const { kBits, high, beyond } = reduceByLn2(x);
  return ofBits(addInt(bitsOf(add(num(1), add(beyond, high))), shiftLeft(kBits, 52)));
}

const x = input(0);
export const exp: LaneFunction = { arity: 1, value: exponential(x), usual: isNear(x), otherwise: platform("exp", x) };
