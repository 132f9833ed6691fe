import {
  abs, add, addInt, and, bits, bitsOf, both, equal, input, less, lessEqual, multiply, not, num, ofBits, platform, select, shiftLeft, subtract, subtractInt, xor,
} from "./build";
import type { Float, Integer, LaneFunction, Mask } from "./node";
import { fromHighWord, polynomial, roundedTo, toFloat } from "./parts";

/**
 * fdlibm's sine and cosine (e_rem_pio2.c, k_sin.c, k_cos.c, Sun Microsystems 1993). x = n π/2 + r with |r| ≤ π/4 by Cody and Waite: π/2 as a part of 33 bits, so that n
 * times it is exact for n < 2²⁰, and a tail; r is a sum of two doubles. Sine and cosine of it, by polynomials with errors
 * below 2⁻⁵⁸, are both computed, since lanes may lie in different quadrants. Less than 1 ulp; V8 goes the same way. Left to the platform are arguments so near a
 * multiple of π/2 that more than 16 digits cancel, for which more parts are needed, and those so large that 1,100 bits of 2/π are (Payne and Hanek).
 */
const SINE = [8.33333333332248946124e-03, -1.98412698298579493134e-04, 2.75573137070700676789e-06, -2.50507602534068634195e-08, 1.58969099521155010221e-10];
const SINE_FIRST = -1.66666666666666324348e-01;
const COSINE = [
  4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05, -2.75573143513906633035e-07, 2.08757232129817482790e-09,
  -1.13596475577881948265e-11,
];
const TWO_OVER_PI = 6.36619772367581382433e-01;
const HALF_PI = [1.57079632673412561417e+00, 6.07710050650619224932e-11] as const;
/** 2¹⁹ π/2. */
const LARGEST = fromHighWord(0x413921fb);

interface Turned {
  /** The quadrant, in the last two bits. */
  readonly quadrant: Integer;
  readonly sine: Float;
  readonly cosine: Float;
  readonly rare: Mask;
}

function turned(x: Float): Turned {
  const { whole: n, lastBits: quadrant } = roundedTo(multiply(x, num(TWO_OVER_PI)));
  const first = subtract(x, multiply(n, num(HALF_PI[0])));
  const tail = multiply(n, num(HALF_PI[1]));
  const r = subtract(first, tail);
  const rest = subtract(subtract(first, r), tail);
  const z = multiply(r, r);
  const v = multiply(z, r);
  const series = polynomial(z, SINE);
  const alone = add(r, multiply(v, add(num(SINE_FIRST), multiply(z, series))));
  const withRest = subtract(r, subtract(subtract(multiply(z, subtract(multiply(num(0.5), rest), multiply(v, series))), rest), multiply(v, num(SINE_FIRST))));
  const sine = select(equal(n, num(0)), alone, withRest);
  // 1 - z/2 + …: a number near z/2, here |r|/4, is taken out of both, so that the subtraction from 1 is exact.
  const size = abs(r);
  const quarter = ofBits(and(subtractInt(bitsOf(size), bits(0x0020000000000000n)), bits(-0x100000000n)));
  const taken = select(less(size, num(fromHighWord(0x3fd33333))), num(0), select(less(size, num(fromHighWord(0x3fe90001))), quarter, num(0.28125)));
  const higher = subtract(multiply(z, multiply(z, polynomial(z, COSINE))), multiply(r, rest));
  const cosine = subtract(subtract(num(1), taken), subtract(subtract(multiply(num(0.5), z), taken), higher));
  const usual = both(less(abs(x), num(LARGEST)), lessEqual(multiply(abs(x), num(2 ** -16)), size));
  return { quadrant, sine, cosine, rare: not(usual) };
}

/** Which of the two it is, by the last bit of the quadrant, and its sign, by the one before. */
function inQuadrant(quadrant: Integer, even: Float, odd: Float): Float {
  const isEven = equal(toFloat(and(quadrant, bits(1n))), num(0));
  return ofBits(xor(bitsOf(select(isEven, even, odd)), shiftLeft(and(quadrant, bits(2n)), 62)));
}

const x = input(0);
const { quadrant, sine, cosine, rare } = turned(x);

/** Near 0 it is x itself, so that -0 stays what it is. */
export const sin: LaneFunction = {
  arity: 1, value: select(lessEqual(num(2 ** -27), abs(x)), inQuadrant(quadrant, sine, cosine), x), rare: { where: rare, instead: platform("sin", x) },
};

/** sin(x + π/2). */
export const cos: LaneFunction = {
  arity: 1, value: inQuadrant(addInt(quadrant, bits(1n)), sine, cosine), rare: { where: rare, instead: platform("cos", x) },
};
