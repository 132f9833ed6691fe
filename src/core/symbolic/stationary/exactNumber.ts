import { call, negate, number, type Written } from "../../print/written";

export interface Exact {
  value: number;
  written: Written;
}

/** Small enough that nobody meets them by chance. */
const largest = { denominator: 24, underRoot: 24, besidePi: 12, inPower: 2 };
/** Of e, up and down. */
const largestPower = 3;

/**
 * The number a person would say for a computed one: a small fraction, the root of one, a fraction of π, or a
 * small power of e. The numbers
 * that come into question lie far further apart than `tolerance`, but whoever asks has to put it in and see.
 */
export function exactNumber(x: number, tolerance: number): Exact | undefined {
  if (!Number.isFinite(x) || Math.abs(x) > 1e6) return undefined;
  const near = tolerance * Math.max(1, Math.abs(x));
  const agrees = (exact: Exact): Exact | undefined => (Math.abs(exact.value - x) <= near ? exact : undefined);
  if (Math.abs(x) <= near) return { value: 0, written: number("0") };
  const rational = fraction(x, largest.denominator);
  const ofPi = fraction(x / Math.PI, largest.besidePi);
  const squared = fraction(x * x, largest.underRoot);
  return agrees(asFraction(rational)) ?? (ofPi[0] === 0 ? undefined : agrees(asMultipleOfPi(ofPi))) ?? (squared[0] === 0 ? undefined : agrees(asRoot(squared, x < 0)))
    ?? agrees(asPowerOfE(fraction(Math.log(Math.abs(x)), largest.inPower), x < 0));
}

type Fraction = readonly [numerator: number, denominator: number];

/** The closest fraction with no larger denominator. */
function fraction(x: number, most: number): Fraction {
  let best: Fraction = [Math.round(x), 1];
  for (let denominator = 2; denominator <= most; denominator++) {
    const numerator = Math.round(x * denominator);
    if (Math.abs(numerator / denominator - x) < Math.abs(best[0] / best[1] - x) * (1 - 1e-9)) best = [numerator, denominator];
  }
  return best;
}

const signed = (written: Written, negative: boolean): Written => (negative ? negate(written) : written);
const over = (above: Written, below: number): Written => (below === 1 ? above : call("divide", [above, number(String(below))]));
const times = (factor: number, written: Written): Written => (factor === 1 ? written : call("multiply", [number(String(factor)), written]));

function asFraction([numerator, denominator]: Fraction): Exact {
  return { value: numerator / denominator, written: signed(over(number(String(Math.abs(numerator))), denominator), numerator < 0) };
}

function asMultipleOfPi([numerator, denominator]: Fraction): Exact {
  const above = times(Math.abs(numerator), { kind: "constant", name: "pi" });
  return { value: (numerator * Math.PI) / denominator, written: signed(over(above, denominator), numerator < 0) };
}

/** √(p/q) as s√r/t, with nothing under the root that could stand before it. */
function asRoot([numerator, denominator]: Fraction, negative: boolean): Exact {
  let [before, under] = [1, numerator * denominator];
  for (let divisor = 2; divisor * divisor <= under; divisor++) {
    while (under % (divisor * divisor) === 0) {
      under /= divisor * divisor;
      before *= divisor;
    }
  }
  const shared = gcd(before, denominator);
  const root = call("sqrt", [number(String(under))]);
  const value = Math.sqrt(numerator / denominator);
  return { value: negative ? -value : value, written: signed(over(times(before / shared, root), denominator / shared), negative) };
}

/** 1/e, √e, e². */
function asPowerOfE([numerator, denominator]: Fraction, negative: boolean): Exact {
  const power = numerator / denominator;
  const size = Math.abs(power);
  // Beyond these, and at 1, it is no number that a person would know by this name.
  if (size === 0 || size > largestPower) return { value: NaN, written: number("0") };
  const e: Written = { kind: "constant", name: "e" };
  const [whole, half] = [Math.floor(size), size % 1 !== 0];
  const parts = [...(whole === 0 ? [] : [whole === 1 ? e : call("power", [e, number(String(whole))])]), ...(half ? [call("sqrt", [e])] : [])];
  const above = parts.reduce((product, part) => call("multiply", [product, part]));
  return { value: (negative ? -1 : 1) * Math.exp(power), written: signed(power < 0 ? call("divide", [number("1"), above]) : above, negative) };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
