import type { Algebra } from "./algebra";
import type { Node } from "./node";
import * as q from "./rational";
import type { Rational } from "./rational";

/** Polynomials of one letter that stand above and below a fraction bar are short. */
const highestDegree = 6;

/** Coefficients by rising power; the last is not zero. */
type Coefficients = readonly Rational[];

interface Polynomial {
  readonly letter: Node;
  readonly coefficients: Coefficients;
}

/** (x² + 2x + 1)/(x² − 1)² as 1/(x − 1)²: what polynomials of one letter above and below the bar share, cancelled. */
export function cancelPolynomials(algebra: Algebra, node: Node): Node | undefined {
  if (node.kind !== "product") return undefined;
  const sums = node.factors.flatMap((factor) => {
    const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
    if (base.kind !== "sum" || exponent.kind !== "number" || !q.isInteger(exponent.value)) return [];
    return [{ factor, base, exponent: exponent.value }];
  });
  if (!sums.some(({ exponent }) => q.isNegative(exponent)) || sums.every(({ exponent }) => q.isNegative(exponent))) return undefined;
  for (const above of sums.filter(({ exponent }) => !q.isNegative(exponent))) {
    const numerator = polynomialOf(above.base);
    if (!numerator) continue;
    for (const below of sums.filter(({ exponent }) => q.isNegative(exponent))) {
      const denominator = polynomialOf(below.base);
      if (denominator?.letter !== numerator.letter) continue;
      const shared = commonDivisor(numerator.coefficients, denominator.coefficients);
      if (shared.length < 2) continue;
      const write = (coefficients: Coefficients): Node => written(algebra, numerator.letter, coefficients);
      const cancelled = algebra.product([
        ...node.factors.filter((factor) => factor !== above.factor && factor !== below.factor),
        algebra.power(write(divided(numerator.coefficients, shared).quotient), algebra.number(above.exponent)),
        algebra.power(write(divided(denominator.coefficients, shared).quotient), algebra.number(below.exponent)),
        algebra.power(write(shared), algebra.number(q.add(above.exponent, below.exponent))),
      ]);
      return cancelPolynomials(algebra, cancelled) ?? cancelled;
    }
  }
  return undefined;
}

function polynomialOf(sum: Extract<Node, { kind: "sum" }>): Polynomial | undefined {
  const powers: Rational[] = [];
  let letter: Node | undefined;
  for (const term of sum.terms) {
    let coefficient = q.integer(1);
    let degree = 0;
    for (const factor of term.kind === "product" ? term.factors : [term]) {
      if (factor.kind === "number") {
        coefficient = factor.value;
        continue;
      }
      const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent.kind === "number" ? q.toNumber(factor.exponent.value) : NaN] : [factor, 1];
      if (base.kind !== "symbol" || (letter && base !== letter) || !(exponent >= 1 && exponent <= highestDegree && Number.isInteger(exponent))) return undefined;
      letter = base;
      degree += exponent;
    }
    if (coefficient.decimal || degree > highestDegree) return undefined;
    powers[degree] = coefficient;
  }
  return letter && { letter, coefficients: Array.from(powers, (value) => value ?? q.integer(0)) };
}

function written(algebra: Algebra, letter: Node, coefficients: Coefficients): Node {
  const terms = coefficients.map((value, degree) => algebra.scale(value, algebra.power(letter, algebra.number(degree))));
  return algebra.sum(terms.reverse());
}

/** With a first coefficient of 1. */
function commonDivisor(a: Coefficients, b: Coefficients): Coefficients {
  let [whole, part] = [a, b];
  while (part.length > 0) [whole, part] = [part, divided(whole, part).rest];
  const first = whole.at(-1);
  return first ? whole.map((value) => q.multiply(value, q.reciprocal(first))) : whole;
}

function divided(a: Coefficients, b: Coefficients): { quotient: Coefficients; rest: Coefficients } {
  const rest = [...a];
  const quotient: Rational[] = Array.from({ length: Math.max(0, a.length - b.length + 1) }, () => q.integer(0));
  const first = b.at(-1) ?? q.integer(1);
  for (let shift = a.length - b.length; shift >= 0; shift--) {
    const times = q.multiply(rest[shift + b.length - 1] ?? q.integer(0), q.reciprocal(first));
    quotient[shift] = times;
    b.forEach((value, i) => (rest[shift + i] = q.add(rest[shift + i] ?? q.integer(0), q.negate(q.multiply(times, value)))));
  }
  while (rest.length > 0 && q.isZero(rest.at(-1) ?? q.integer(0))) rest.pop();
  return { quotient, rest };
}
