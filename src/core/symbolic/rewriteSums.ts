import type { Algebra } from "./algebra";
import { isExponential } from "./cost";
import type { Node } from "./node";
import { byDegree, hasFunction } from "./order";
import * as q from "./rational";

// Polynomials collapse when they are multiplied out (a fit to ten rows has few coefficients); other sums do not.
const mostTerms = { polynomial: 150, other: 16 };
/** A common factor is looked for in sums that one can take in at a glance. */
const longestSum = 8;
const highestPower = 4n;

export interface Factored {
  /** What every term has in common. */
  common: Node;
  rest: Node;
}

/** Bases of a term with their exponents, the number apart. */
function powersOf(algebra: Algebra, term: Node): Map<Node, Node> {
  const [, rest] = algebra.split(term);
  const powers = new Map<Node, Node>();
  for (const factor of rest.kind === "product" ? rest.factors : [rest]) {
    if (factor === algebra.one) continue;
    if (factor.kind === "power") powers.set(factor.base, factor.exponent);
    else powers.set(factor, algebra.one);
  }
  return powers;
}

/**
 * The greatest common factor of a sum: powers that all terms share. With `together`, denominators too, so that what
 * remains has none.
 */
export function factorOut(algebra: Algebra, terms: readonly Node[], together: boolean): Factored | undefined {
  if (terms.length > longestSum) return undefined;
  const powers = terms.map((term) => powersOf(algebra, term));
  const common: Node[] = [];
  for (const base of new Set(powers.flatMap((power) => [...power.keys()]))) {
    const exponents = powers.map((power) => power.get(base));
    const shared = sharedExponent(algebra, base, exponents, together);
    if (shared) common.push(algebra.power(base, shared));
  }
  if (common.length === 0) return undefined;
  const symbolic = algebra.product(common);
  const inverse = algebra.power(symbolic, algebra.minusOne);
  const rest = terms.map((term) => algebra.product([term, inverse]));
  const content = contentOf(algebra, rest);
  const scaled = rest.map((term) => algebra.scale(q.reciprocal(content), term));
  return { common: algebra.scale(content, symbolic), rest: algebra.sum(scaled) };
}

function sharedExponent(algebra: Algebra, base: Node, exponents: readonly (Node | undefined)[], together: boolean): Node | undefined {
  const [first] = exponents;
  const numbers = exponents.map((exponent) => (exponent === undefined ? q.integer(0) : exponent.kind === "number" ? exponent.value : undefined));
  if (numbers.every((value) => value !== undefined)) {
    const sorted = [...numbers].sort(q.compare);
    const [least, greatest] = [sorted[0], sorted.at(-1)];
    if (!least || !greatest) return undefined;
    if (isExponential(base)) {
      // e^(−x) and e^(−2x) share e^(−x).
      if (q.isNegative(greatest)) return algebra.number(greatest);
      return q.isNegative(least) || q.isZero(least) ? undefined : algebra.number(least);
    }
    if (q.isNegative(least)) return together || q.isNegative(greatest) ? algebra.number(least) : undefined;
    return q.isZero(least) ? undefined : algebra.number(least);
  }
  return first && exponents.every((exponent) => exponent === first) ? first : undefined;
}

/** The number that all coefficients share, negative where all are. Decimals share nothing but a sign. */
function contentOf(algebra: Algebra, terms: readonly Node[]): q.Rational {
  const coefficients = terms.map((term) => algebra.split(term)[0]);
  const sign = coefficients.every(q.isNegative) ? -1n : 1n;
  if (coefficients.some((value) => value.decimal)) {
    const [first] = coefficients;
    const same = first && coefficients.every((value) => q.compare(value, first) === 0 || q.compare(value, q.negate(first)) === 0);
    return first && same ? (q.isNegative(first) === (sign < 0n) ? first : q.negate(first)) : q.integer(sign);
  }
  const numerator = coefficients.reduce((divisor, value) => gcd(divisor, value.numerator < 0n ? -value.numerator : value.numerator), 0n);
  const denominator = coefficients.reduce((multiple, value) => (multiple * value.denominator) / gcd(multiple, value.denominator), 1n);
  return q.rational(sign * (numerator || 1n), denominator);
}

/** A sum with the number all its terms share in front. */
export function withContent(algebra: Algebra, node: Node): Node {
  if (node.kind !== "sum") return node;
  const content = contentOf(algebra, node.terms);
  if (q.isOne(content)) return node;
  const inverse = q.reciprocal(content);
  return algebra.product([algebra.number(content), algebra.sum(node.terms.map((term) => algebra.scale(inverse, term)))]);
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** All products of sums multiplied out; undefined where that is no change, or too long. */
export function expand(algebra: Algebra, node: Node): Node | undefined {
  if (expandedCount(node) > (hasFunction(node) ? mostTerms.other : mostTerms.polynomial)) return undefined;
  const terms = expandedTerms(algebra, node);
  const sum = algebra.sum(terms);
  const ordered = sum.kind === "sum" ? algebra.sum(byDegree(sum.terms)) : sum;
  return ordered === node ? undefined : ordered;
}

/** How many terms multiplying out makes, before like ones are collected. */
function expandedCount(node: Node): number {
  switch (node.kind) {
    case "sum": return node.terms.reduce((total, term) => total + expandedCount(term), 0);
    case "product": return node.factors.reduce((total, factor) => total * expandedCount(factor), 1);
    case "power": return expandedCount(node.base) ** (expandable(node) ?? 0);
    default: return 1;
  }
}

/** The exponent of a power that is multiplied out. */
function expandable(node: Extract<Node, { kind: "power" }>): number | undefined {
  if (node.base.kind !== "sum" || node.exponent.kind !== "number" || !q.isInteger(node.exponent.value)) return undefined;
  const n = node.exponent.value.numerator;
  return n < 1n || n > highestPower ? undefined : Number(n);
}

function expandedTerms(algebra: Algebra, node: Node): Node[] {
  if (node.kind === "sum") return node.terms.flatMap((term) => expandedTerms(algebra, term));
  if (node.kind === "product") {
    return node.factors.reduce<Node[]>((product, factor) => {
      const expanded = expandedTerms(algebra, factor);
      return product.flatMap((a) => expanded.map((b) => algebra.product([a, b])));
    }, [algebra.one]);
  }
  const times = node.kind === "power" ? expandable(node) : undefined;
  if (node.kind !== "power" || times === undefined) return [node];
  return expandedTerms(algebra, multipliedOut(algebra, node.base, times));
}

/** u·u·u without its collapsing into u³ again. */
function multipliedOut(algebra: Algebra, base: Node, times: number): Node {
  let sum: Node = base;
  for (let i = 1; i < times; i++) {
    const left = sum.kind === "sum" ? sum.terms : [sum];
    const right = base.kind === "sum" ? base.terms : [base];
    sum = algebra.sum(left.flatMap((a) => right.map((b) => algebra.product([a, b]))));
  }
  return sum;
}

/** e^(a − m) e^(m − b) as e^(a − b). */
export function mergeExponentials(algebra: Algebra, node: Node): Node {
  if (node.kind !== "product") return node;
  const exponents: Node[] = [];
  const others: Node[] = [];
  for (const factor of node.factors) {
    const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
    const [argument] = base.kind === "apply" && base.primitive === "exp" ? base.args : [];
    if (argument) {
      const terms = argument.kind === "sum" ? argument.terms : [argument];
      exponents.push(...terms.map((term) => algebra.product([exponent, term])));
    } else others.push(factor);
  }
  return exponents.length > 1 ? algebra.product([...others, algebra.exp(algebra.sum(exponents))]) : node;
}

/** sin² + cos² = 1 and its relations, where they shorten a sum. */
export function pythagoras(algebra: Algebra, terms: readonly Node[]): Node | undefined {
  for (const [i, term] of terms.entries()) {
    const [coefficient, rest] = algebra.split(term);
    const argument = squared(rest);
    if (!argument) continue;
    const { primitive, of } = argument;
    const others = terms.filter((_, j) => j !== i);
    const replace = (partner: Node, by: Node): Node | undefined => {
      if (!others.includes(partner)) return undefined;
      return algebra.sum([...others.filter((other) => other !== partner), by]);
    };
    const same = algebra.number(coefficient);
    const opposite = algebra.number(q.negate(coefficient));
    const square = (name: "sin" | "cos", exponent: number): Node => algebra.power(algebra.apply(name, [of]), algebra.number(exponent));
    if (primitive === "tan" || primitive === "cot") {
      const found = replace(same, algebra.scale(coefficient, square(primitive === "tan" ? "cos" : "sin", -2)));
      if (found) return found;
    } else {
      const other = primitive === "sin" ? "cos" : "sin";
      const found = replace(algebra.scale(coefficient, square(other, 2)), same) ?? replace(opposite, algebra.scale(q.negate(coefficient), square(other, 2)));
      if (found) return found;
    }
  }
  return undefined;
}

function squared(node: Node): { primitive: "sin" | "cos" | "tan" | "cot"; of: Node } | undefined {
  if (node.kind !== "power" || node.base.kind !== "apply" || node.exponent.kind !== "number") return undefined;
  const { primitive, args } = node.base;
  const [of] = args;
  if (!of || node.exponent.value.numerator !== 2n || node.exponent.value.denominator !== 1n) return undefined;
  return primitive === "sin" || primitive === "cos" || primitive === "tan" || primitive === "cot" ? { primitive, of } : undefined;
}

