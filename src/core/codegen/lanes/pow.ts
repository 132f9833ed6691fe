import {
  abs, add, addInt, and, bits, bitsOf, both, divide, input, less, lessEqual, multiply, num, ofBits, or, platform, select, selectInt, shiftRight, subtract,
} from "./build";
import { EXP_COEFFICIENTS } from "./exp";
import { splitByPowerOfTwo } from "./log";
import type { Float, LaneFunction } from "./node";
import { fromHighWord, highPart, polynomial, powerOfTwo, roundedTo } from "./parts";

/**
 * fdlibm's power (e_pow.c, Sun Microsystems 1993): y log₂ x to some 70 bits, as sums of two doubles whose first parts are so short that their products are exact,
 * then 2 to that. Below 0.70 ulp. What is not a positive base, finite on both sides and well within the range of doubles, is
 * left to the platform: there lie all special cases.
 */
const LOG = [5.99999999999994648725e-01, 4.28571428578550184252e-01, 3.33333329818377432918e-01, 2.72728123808534006489e-01, 2.30660745775561754067e-01, 2.06975017800338417784e-01];
/** log₂ 1.5 in two parts. */
const LOG2_OF_THREE_HALVES = [5.84962487220764160156e-01, 1.35003920212974897128e-08] as const;
/** 2 / (3 ln 2), and in two parts. */
const CP = 9.61796693925975554329e-01;
const CP_PARTS = [9.61796700954437255859e-01, -7.02846165095275826516e-09] as const;
const LN2 = 6.93147180559945286227e-01;
const LN2_PARTS = [6.93147182464599609375e-01, -1.90465429995776804525e-09] as const;

/** log₂ x as a short double and a rest. */
function logarithmOf(x: Float): readonly [Float, Float] {
  // From √3 on, half is taken; between √(3/2) and √3 the series is about 3/2, elsewhere about 1.
  const { k: n, m: ax } = splitByPowerOfTwo(x, 0x3febb67a);
  const about15 = lessEqual(num(fromHighWord(0x3ff3988f)), ax);
  const base = select(about15, num(1.5), num(1));
  const u = subtract(ax, base);
  const v = divide(num(1), add(ax, base));
  const ss = multiply(u, v);
  const sHigh = highPart(ss);
  // The high part of ax + base, made from the bits of ax.
  const halved = or(shiftRight(and(bitsOf(ax), bits(-0x100000000n)), 1), bits(0x2000000000000000n));
  const sumHigh = ofBits(and(addInt(addInt(halved, bits(0x0008000000000000n)), selectInt(about15, bits(1n << 50n), bits(0n))), bits(-0x100000000n)));
  const sumLow = subtract(ax, subtract(sumHigh, base));
  const sLow = multiply(v, subtract(subtract(u, multiply(sHigh, sumHigh)), multiply(sHigh, sumLow)));
  const square = multiply(ss, ss);
  const r = add(multiply(multiply(square, square), polynomial(square, LOG)), multiply(sLow, add(sHigh, ss)));
  const highSquare = multiply(sHigh, sHigh);
  const tHigh = highPart(add(add(num(3), highSquare), r));
  const tLow = subtract(r, subtract(subtract(tHigh, num(3)), highSquare));
  const product = multiply(sHigh, tHigh);
  const rest = add(multiply(sLow, tHigh), multiply(tLow, ss));
  const pHigh = highPart(add(product, rest));
  const pLow = subtract(rest, subtract(pHigh, product));
  const zHigh = multiply(num(CP_PARTS[0]), pHigh);
  const zLow = add(add(multiply(num(CP_PARTS[1]), pHigh), multiply(pLow, num(CP))), select(about15, num(LOG2_OF_THREE_HALVES[1]), num(0)));
  const dHigh = select(about15, num(LOG2_OF_THREE_HALVES[0]), num(0));
  const t1 = highPart(add(add(add(zHigh, zLow), dHigh), n));
  return [t1, subtract(zLow, subtract(subtract(subtract(t1, n), dHigh), zHigh))];
}

function power(x: Float, y: Float): Omit<LaneFunction, "arity"> {
  const [t1, t2] = logarithmOf(x);
  const yHigh = highPart(y);
  const low = add(multiply(subtract(y, yHigh), t1), multiply(y, t2));
  const high = multiply(yHigh, t1);
  const z = add(low, high);
  const { whole, lastBits } = roundedTo(z);
  const p = subtract(high, whole);
  const t = highPart(add(low, p));
  const u = multiply(t, num(LN2_PARTS[0]));
  const v = add(multiply(subtract(low, subtract(t, p)), num(LN2)), multiply(t, num(LN2_PARTS[1])));
  const q = add(u, v);
  const w = subtract(v, subtract(q, u));
  const square = multiply(q, q);
  const c = subtract(q, multiply(square, polynomial(square, EXP_COEFFICIENTS)));
  const r = subtract(divide(multiply(q, c), subtract(c, num(2))), add(w, multiply(q, w)));
  const value = multiply(subtract(num(1), subtract(r, q)), powerOfTwo(lastBits));
  const usual = both(both(lessEqual(num(2 ** -1022), x), less(x, num(Infinity))), both(less(abs(y), num(2 ** 31)), less(abs(z), num(1021))));
  return { value, usual, otherwise: platform("pow", x, y) };
}

export const pow: LaneFunction = { arity: 2, ...power(input(0), input(1)) };
