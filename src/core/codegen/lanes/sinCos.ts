import {
  abs, add, addInt, and, bits, bitsOf, equalInt, input, lessEqual, multiply, num, ofBits, platform, select, shiftLeft, subtract, xor,
} from "./build";
import type { Float, Integer, LaneFunction, Mask } from "./node";
import { polynomial, roundedTo } from "./parts";

/**
 * Sine and cosine with fdlibm's reduction and polynomials (e_rem_pio2.c, k_sin.c, k_cos.c, Sun Microsystems 1993). x = n π/2 + r with |r| ≤ π/4 by Cody and Waite: π/2 as
 * a part of 33 bits, so that n times it is exact for n < 2²⁰, and a tail; r is a sum of two doubles. Sine and cosine of it, by polynomials with
 * errors below 2⁻⁵⁸, are both computed, since lanes may lie in different quadrants. Less than 1 ulp. Left to the platform are arguments so near a
 * multiple of π/2 that six digits cancel, for which more parts are needed, and those so large that 1,100 bits of 2/π are (Payne and Hanek).
 */
const SINE = [
  1.66666666666666324348e-01, -8.33333333332248946124e-03, 1.98412698298579493134e-04, -2.75573137070700676789e-06, 2.50507602534068634195e-08,
  -1.58969099521155010221e-10,
];
const COSINE = [
  4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05, -2.75573143513906633035e-07, 2.08757232129817482790e-09,
  -1.13596475577881948265e-11,
];
const TWO_OVER_PI = 6.36619772367581382433e-01;
const HALF_PI = [1.57079632673412561417e+00, 6.07710050650619224932e-11] as const;

interface Turned {
  /** The quadrant, in the last two bits. */
  readonly quadrant: Integer;
  readonly sine: Float;
  readonly cosine: Float;
  readonly usual: Mask;
}

function turned(x: Float): Turned {
  const { whole: n, lastBits: quadrant } = roundedTo(multiply(x, num(TWO_OVER_PI)));
  const first = subtract(x, multiply(n, num(HALF_PI[0])));
  const tail = multiply(n, num(HALF_PI[1]));
  // r - over, to twice the digits.
  const r = subtract(first, tail);
  const over = subtract(tail, subtract(first, r));
  const z = multiply(r, r);
  const half = multiply(num(0.5), z);
  const near = subtract(num(1), half);
  // What is subtracted is 0 and never -0 where r is either: they stay what they are.
  const sine = subtract(r, add(multiply(multiply(z, r), polynomial(z, SINE)), multiply(over, near)));
  const cosine = add(near, add(subtract(subtract(num(1), near), half), add(multiply(z, multiply(z, polynomial(z, COSINE))), multiply(r, over))));
  // As r is at most π/4, this is also false where n is 2²⁰ or more.
  return { quadrant, sine, cosine, usual: lessEqual(multiply(abs(x), num(2 ** -20)), abs(r)) };
}

/** Which of the two it is, by the last bit of the quadrant, and its sign, by the one before. */
function inQuadrant(quadrant: Integer, even: Float, odd: Float): Float {
  const isEven = equalInt(and(quadrant, bits(1n)), bits(0n));
  return ofBits(xor(bitsOf(select(isEven, even, odd)), shiftLeft(and(quadrant, bits(2n)), 62)));
}

const x = input(0);
const { quadrant, sine, cosine, usual } = turned(x);

export const sin: LaneFunction = { arity: 1, value: inQuadrant(quadrant, sine, cosine), usual, otherwise: platform("sin", x) };

/** sin(x + π/2). */
export const cos: LaneFunction = { arity: 1, value: inQuadrant(addInt(quadrant, bits(1n)), sine, cosine), usual, otherwise: platform("cos", x) };
