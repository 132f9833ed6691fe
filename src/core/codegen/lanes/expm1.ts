import { add, bits, both, divide, either, equal, input, less, lessEqual, multiply, num, ofBits, platform, select, shiftLeft, subtract, subtractInt } from "./build";
import { isFar, reduceByLn2 } from "./exp";
import type { Float, LaneFunction } from "./node";
import { ONE, polynomial, powerOfTwo, withSignOf } from "./parts";

/**
 * fdlibm's eˣ - 1 (s_expm1.c, Sun Microsystems 1993): reduced like the exponential, with what the reduction rounds away kept as a correction; then by a
 * rational function of r. How 2ᵏ and -1 are put together depends on which of them is greater. Less than 1 ulp, as V8's `Math.expm1`.
 */
const COEFFICIENTS = [
  -3.33333333333331316428e-02, 1.58730158725481460165e-03, -7.93650757867487942473e-05, 4.00821782732936239552e-06, -2.01099218183624371326e-07,
];

export function exponentialMinusOne(x: Float): Float {
  const { k, kBits, high, low } = reduceByLn2(x);
  const r = subtract(high, low);
  const lost = subtract(subtract(high, r), low);
  const half = multiply(num(0.5), r);
  const halfSquare = multiply(r, half);
  const r1 = add(num(1), multiply(halfSquare, polynomial(halfSquare, COEFFICIENTS)));
  const t = subtract(num(3), multiply(r1, half));
  const ratio = multiply(halfSquare, divide(subtract(r1, t), subtract(num(6), multiply(r, t))));
  const e = subtract(subtract(multiply(r, subtract(ratio, lost)), lost), halfSquare);
  const rest = subtract(e, r);

  const two = powerOfTwo(kBits);
  const inverse = ofBits(subtractInt(bits(ONE), shiftLeft(kBits, 52)));
  const nearOne = multiply(num(-2), subtract(e, add(r, num(0.5))));
  const far = subtract(multiply(subtract(num(1), rest), two), num(1));
  const below20 = subtract(subtract(num(1), inverse), rest);
  const above20 = add(subtract(r, add(e, inverse)), num(1));
  const middle = multiply(select(less(k, num(20)), below20, above20), two);
  const large = select(either(lessEqual(k, num(-2)), less(num(56), k)), far, middle);
  const value = select(both(equal(k, num(1)), less(r, num(-0.25))), nearOne, large);
  // -0 is to stay what it is.
  return withSignOf(value, x);
}

const x = input(0);
export const expm1: LaneFunction = { arity: 1, value: exponentialMinusOne(x), rare: { where: isFar(x), instead: platform("expm1", x) } };
