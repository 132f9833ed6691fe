/**
 * Exact numbers. A fraction stays a fraction; a decimal that the user typed stays a decimal (0.26·2 is 0.52, never
 * 0.5199…), so `decimal` travels with every number computed from one.
 */
export interface Rational {
  readonly numerator: bigint;
  /** Positive; coprime to the numerator. */
  readonly denominator: bigint;
  readonly decimal: boolean;
}

export function rational(numerator: bigint, denominator = 1n, decimal = false): Rational {
  if (denominator === 1n && !decimal) return { numerator, denominator, decimal };
  if (decimal && isBeyond(numerator, denominator)) return rounded(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator * sign);
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor, decimal };
}

const small = Array.from({ length: 41 }, (_, i) => rational(BigInt(i - 20)));

export const integer = (value: number | bigint): Rational => small[Number(value) + 20] ?? rational(BigInt(value));

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

/** Decimals multiplied over and over have more digits than they have meaning. */
const mostExact = 10n ** 50n;
const keptDigits = 40;
const isBeyond = (numerator: bigint, denominator: bigint): boolean => denominator > mostExact || numerator > mostExact || numerator < -mostExact;

function rounded(numerator: bigint, denominator: bigint): Rational {
  const digits = (value: bigint): number => (value < 0n ? -value : value).toString().length;
  const shift = keptDigits - digits(numerator) + digits(denominator);
  const [above, below] = shift >= 0 ? [numerator * 10n ** BigInt(shift), denominator] : [numerator, denominator * 10n ** BigInt(-shift)];
  const [top, bottom] = shift >= 0 ? [above / below, 10n ** BigInt(shift)] : [(above / below) * 10n ** BigInt(-shift), 1n];
  const divisor = gcd(top < 0n ? -top : top, bottom);
  return { numerator: top / divisor, denominator: bottom / divisor, decimal: true };
}

const literal = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Beyond this many digits exactness is of no use to a reader. */
const mostDigits = 60;

/** The number a literal denotes; undefined for NaN, infinities and what is too long to be exact. */
export function fromNumber(value: number, text?: string): Rational | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return rational(BigInt(value), 1n, text !== undefined && /[.eE]/.test(text));
  // Our own halves and quarters are fractions; anything else that is not whole was somebody's decimal.
  if (text === undefined && Number.isInteger(value * 8) && Math.abs(value) < 1e9) return rational(BigInt(value * 8), 8n);
  return fromDecimal(text !== undefined && literal.test(text) && Number(text) === value ? text : String(value));
}

function fromDecimal(text: string): Rational | undefined {
  const negative = text.startsWith("-");
  const parts = literal.exec(negative ? text.slice(1) : text);
  if (!parts) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = parts;
  const shift = Number(exponent) - fraction.length;
  if (whole.length + fraction.length + Math.abs(shift) > mostDigits) return undefined;
  const digits = BigInt(`${whole}${fraction}` || "0") * (negative ? -1n : 1n);
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift), 1n, true) : rational(digits, 10n ** BigInt(-shift), true);
}

const areWhole = (a: Rational, b: Rational): boolean => a.denominator === 1n && b.denominator === 1n && !a.decimal && !b.decimal;

export const add = (a: Rational, b: Rational): Rational => (areWhole(a, b) ? rational(a.numerator + b.numerator)
  : rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator, a.decimal || b.decimal));
export const multiply = (a: Rational, b: Rational): Rational => {
  if (isOne(a) && !a.decimal) return b;
  return isOne(b) && !b.decimal ? a : rational(a.numerator * b.numerator, a.denominator * b.denominator, a.decimal || b.decimal);
};
export const negate = (a: Rational): Rational => ({ ...a, numerator: -a.numerator });
export const reciprocal = (a: Rational): Rational => rational(a.denominator, a.numerator, a.decimal);

/** One number for each fraction of small numbers, to be found by; undefined for others and for decimals. */
export function smallKey({ numerator, denominator, decimal }: Rational): number | undefined {
  if (decimal || numerator > 999n || numerator < -999n || denominator > 999n) return undefined;
  return Number(numerator) * 1000 + Number(denominator);
}

export const isZero = (a: Rational): boolean => a.numerator === 0n;
export const isOne = (a: Rational): boolean => a.numerator === 1n && a.denominator === 1n;
export const isNegative = (a: Rational): boolean => a.numerator < 0n;
export const isInteger = (a: Rational): boolean => a.denominator === 1n;
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** a^n for a whole n, or undefined where the result would be unreadably long. */
export function raise(a: Rational, n: bigint): Rational | undefined {
  const size = a.numerator.toString().length + a.denominator.toString().length;
  const times = n < 0n ? -n : n;
  if (times > 64n || BigInt(size) * times > BigInt(mostDigits)) return undefined;
  const power = rational(a.numerator ** times, a.denominator ** times, a.decimal);
  if (n >= 0n) return power;
  return isZero(power) ? undefined : reciprocal(power);
}

export function toNumber(a: Rational): number {
  if (a.denominator === 1n) return Number(a.numerator);
  const quotient = Number(a.numerator) / Number(a.denominator);
  return Number.isNaN(quotient) ? Number.parseFloat(decimalText(a) ?? "NaN") : quotient;
}

/** Can it be written with a decimal point? */
export const terminates = (a: Rational): boolean => withoutTens(a.denominator) === 1n;

/** What stands above the bar and below it: 7/15 as it is, or 1.4/3 where decimals went in, and 0.52 over 1. */
export function fractionText(a: Rational): { above: string; below: string } {
  const bottom = a.decimal ? withoutTens(a.denominator) : a.denominator;
  const above = a.decimal ? decimalText(rational(a.numerator * bottom, a.denominator, true)) : a.numerator.toString();
  return above === undefined ? { above: a.numerator.toString(), below: a.denominator.toString() } : { above, below: bottom.toString() };
}

function withoutTens(value: bigint): bigint {
  let left = value;
  for (const prime of [2n, 5n]) while (left % prime === 0n) left /= prime;
  return left;
}

/** "0.52" where the decimal expansion ends; undefined otherwise. */
export function decimalText(a: Rational): string | undefined {
  let { denominator } = a;
  let places = 0;
  const primes: [bigint, number][] = [[2n, 0], [5n, 0]];
  for (const prime of primes) {
    while (denominator % prime[0] === 0n) {
      denominator /= prime[0];
      prime[1]++;
    }
    places = Math.max(places, prime[1]);
  }
  if (denominator !== 1n || places > mostDigits) return undefined;
  const scaled = (a.numerator * 10n ** BigInt(places)) / a.denominator;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, "0");
  const sign = scaled < 0n ? "-" : "";
  const point = digits.length - places;
  if (places === 0) return digits.length > 12 ? scientific(sign, digits, 0) : sign + digits;
  const text = `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return /^-?0\.0{4}/.test(text) ? scientific(sign, digits, places) : text;
}

function scientific(sign: string, digits: string, places: number): string {
  const significant = digits.replace(/^0+/, "");
  const mantissa = significant.replace(/0+$/, "");
  const exponent = significant.length - 1 - places;
  return `${sign}${mantissa.charAt(0)}${mantissa.length > 1 ? `.${mantissa.slice(1)}` : ""}e${exponent}`;
}
