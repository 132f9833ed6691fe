import { add, addInt, and, bits, bitsOf, multiply, num, ofBits, or, shiftLeft, subtract } from "./build";
import type { Float, Integer } from "./node";

/**
 * c₀ + c₁ z + c₂ z² + …, two and two taken together (Estrin): a product more here and there, but half of the waiting. How many pairs are on their way at a time
 * is limited by a processor's window, so that what waits longer than that takes is late.
 */
export function polynomial(z: Float, coefficients: readonly number[]): Float {
  let [sums, power] = [coefficients.map(num), z];
  for (let isFirst = true; ; isFirst = false) {
    const pairs: Float[] = [];
    for (let k = 0; k < sums.length; k += 2) {
      const [even, odd] = [sums[k], sums[k + 1]];
      if (even) pairs.push(odd ? add(even, isFirst && coefficients[k + 1] === 1 ? power : multiply(power, odd)) : even);
    }
    const [only] = pairs;
    if (only && pairs.length === 1) return only;
    [sums, power] = [pairs, multiply(power, power)];
  }
}

/** A number whose last bit is worth 1: what is added to it (up to 2⁵¹ in size) is rounded to a whole number that stands in its last bits. */
const WHOLE = 1.5 * 2 ** 52;
const WHOLE_BITS = 0x4338000000000000n;

/** The nearest whole number, and bits of which the last are its. */
export function roundedTo(x: Float): { whole: Float; lastBits: Integer } {
  const moved = add(x, num(WHOLE));
  return { whole: subtract(moved, num(WHOLE)), lastBits: bitsOf(moved) };
}

/** A whole number below 2⁵¹ in size, and one that is known added to it, as a double. */
export const toFloat = (whole: Integer, plus = 0): Float => subtract(ofBits(addInt(whole, bits(WHOLE_BITS))), num(WHOLE - plus));

const SIGN = -0x8000000000000000n;
const HIGH = -0x100000000n;
export const ONE = 0x3ff0000000000000n;

/** The number with the sign of the other put on top of its own. */
export const withSignOf = (size: Float, sign: Float): Float => ofBits(or(bitsOf(size), and(bitsOf(sign), bits(SIGN))));

/** The first 21 of the 53 bits: products of two such are exact. */
export const highPart = (x: Float): Float => ofBits(and(bitsOf(x), bits(HIGH)));

/** 2ᵏ for -1022 ≤ k ≤ 1023, from bits of which the last twelve are k's. */
export const powerOfTwo = (k: Integer): Float => ofBits(addInt(shiftLeft(k, 52), bits(ONE)));

/** The double whose high word is this, and whose low word is 0: borders that fdlibm tests the high word for. */
export const fromHighWord = (high: number): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setInt32(0, high);
  return view.getFloat64(0);
};
