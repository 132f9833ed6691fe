import type { Algebra } from "./algebra";
import { isBelow, isExponential } from "./cost";
import type { Node } from "./node";
import { hasFunction } from "./order";
import * as q from "./rational";

/** What some terms share is looked for in sums that one can take in at a glance; of longer ones, what all of them share. */
const longestSum = 8;

export interface Factored {
  /** What every term has in common. */
  common: Node;
  rest: Node;
}

const knownPowers = new WeakMap<Node, ReadonlyMap<Node, Node>>();

/** Bases of a term with their exponents, the number apart. */
function powersOf(algebra: Algebra, term: Node): ReadonlyMap<Node, Node> {
  const known = knownPowers.get(term);
  if (known) return known;
  const [, rest] = algebra.split(term);
  const powers = new Map<Node, Node>();
  knownPowers.set(term, powers);
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
  const isLong = terms.length > longestSum;
  const powers = terms.map((term) => powersOf(algebra, term));
  const common: Node[] = [];
  for (const base of new Set((isLong ? powers.slice(0, 1) : powers).flatMap((power) => [...power.keys()]))) {
    if (!mayBeShared(base, powers, together && !isLong)) continue;
    const exponents = powers.map((power) => power.get(base));
    const shared = sharedExponent(algebra, base, exponents, together);
    if (shared) common.push(algebra.power(base, shared));
  }
  // A number alone is worth a bracket where many terms have it.
  if (common.length === 0 && !(isLong && !q.isOne(contentOf(algebra, terms)))) return undefined;
  const symbolic = algebra.product(common);
  const inverse = algebra.power(symbolic, algebra.minusOne);
  const rest = terms.map((term) => algebra.product([term, inverse]));
  const content = contentOf(algebra, rest);
  const scaled = rest.map((term) => algebra.scale(q.reciprocal(content), term));
  return { common: algebra.scale(content, symbolic), rest: algebra.sum(scaled) };
}

/** What one term lacks can only be shared as a denominator. */
function mayBeShared(base: Node, powers: readonly ReadonlyMap<Node, Node>[], together: boolean): boolean {
  if (powers.every((power) => power.has(base))) return true;
  return together && base.kind !== "number" && !isExponential(base) && powers.some((power) => {
    const exponent = power.get(base);
    return exponent?.kind === "number" && q.isNegative(exponent.value);
  });
}

function sharedExponent(algebra: Algebra, base: Node, exponents: readonly (Node | undefined)[], together: boolean): Node | undefined {
  const parts = exponents.map((exponent) => splitExponent(algebra, exponent ?? algebra.zero));
  const [first] = parts;
  if (!first || parts.some(({ symbolic }) => symbolic !== first.symbolic)) return undefined;
  const sorted = parts.map(({ offset }) => offset).sort(q.compare);
  const [least, greatest] = [sorted[0], sorted.at(-1)];
  if (!least || !greatest) return undefined;
  // x^n and x^(n − 1) share x^(n − 1), or, if fractions are to remain, x^n.
  if (first.symbolic !== algebra.zero) return algebra.sum([first.symbolic, algebra.number(together ? least : greatest)]);
  if (isExponential(base)) {
    // e^(−x) and e^(−2x) share e^(−x).
    if (q.isNegative(greatest)) return algebra.number(greatest);
    return q.isNegative(least) || q.isZero(least) ? undefined : algebra.number(least);
  }
  if (q.isNegative(least)) return together || q.isNegative(greatest) ? algebra.number(least) : undefined;
  return q.isZero(least) ? undefined : algebra.number(least);
}

/** n − 1 as n and −1. */
function splitExponent(algebra: Algebra, exponent: Node): { symbolic: Node; offset: q.Rational } {
  if (exponent.kind === "number") return { symbolic: algebra.zero, offset: exponent.value };
  const offset = exponent.kind === "sum" ? exponent.terms.find((term) => term.kind === "number") : undefined;
  if (exponent.kind !== "sum" || offset?.kind !== "number") return { symbolic: exponent, offset: q.integer(0) };
  return { symbolic: algebra.sum(exponent.terms.filter((term) => term !== offset)), offset: offset.value };
}

/**
 * x e^(−x) + e^(−x) + 1 as (x + 1) e^(−x) + 1, and v/(v − b) + n b/(v − b)² + 1 as … /(v − b)² + 1: what some of the terms
 * share, where it is a function or a sum that they are divided by. `rest` works on what is left of them.
 */
export function grouped(algebra: Algebra, terms: readonly Node[], rest: (left: Node) => Node = (left) => left): Node[] {
  if (terms.length < 3 || terms.length > longestSum) return [];
  const powers = terms.map((term) => powersOf(algebra, term));
  const bases = new Set(powers.flatMap((power) => [...power.keys()]));
  return [...bases].flatMap((base) => {
    const divides = base.kind === "sum" && powers.some((power) => isMinus(power.get(base)));
    if (!divides && !hasFunction(base)) return [];
    const having = terms.filter((_, i) => (divides ? isMinus(powers[i]?.get(base)) : powers[i]?.has(base)));
    if (having.length < 2 || having.length === terms.length) return [];
    const factored = factorOut(algebra, having, divides);
    if (!factored) return [];
    const group = algebra.product([factored.common, divides ? withContent(algebra, rest(factored.rest)) : factored.rest]);
    const first = having[0];
    return [algebra.sum(terms.flatMap((term) => (term === first ? [group] : having.includes(term) ? [] : [term])))];
  });
}

const isMinus = (exponent: Node | undefined): boolean => exponent?.kind === "number" && q.isNegative(exponent.value);

/** a − (b + c) as a − b − c, where the inner sum is nobody's. */
export function opened(algebra: Algebra, node: Node, isOwn: (node: Node) => boolean): Node | undefined {
  if (node.kind !== "sum") return undefined;
  const inner = (term: Node): readonly Node[] => {
    const [coefficient, rest] = algebra.split(term);
    const isSign = q.isOne(coefficient) || q.isOne(q.negate(coefficient));
    return isSign && rest.kind === "sum" && !isOwn(rest) ? rest.terms.map((part) => algebra.scale(coefficient, part)) : [term];
  };
  return node.terms.some((term) => inner(term).length > 1) ? algebra.sum(node.terms.flatMap(inner)) : undefined;
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

/** Fractions under one bar: 10w/3 + 2b − 20/3 as (10w + 6b − 20)/3. */
export function overOneNumber(algebra: Algebra, node: Node): Node | undefined {
  if (node.kind !== "sum") return undefined;
  const coefficients = node.terms.map((term) => algebra.split(term)[0]);
  if (coefficients.some((value) => value.decimal) || coefficients.filter((value) => !q.isInteger(value)).length < 2) return undefined;
  const denominator = coefficients.reduce((multiple, value) => (multiple * value.denominator) / gcd(multiple, value.denominator), 1n);
  return algebra.product([algebra.number(q.rational(1n, denominator)), scaledSum(algebra, node.terms, q.integer(denominator))]);
}

/** (60w + 20b − 120)/4 as 15w + 5b − 30: what the number below shares with every term goes. */
export function reduced(algebra: Algebra, node: Node): Node | undefined {
  const [number, ...rest] = node.kind === "product" ? node.factors : [];
  const sum = rest.find((factor) => factor.kind === "sum");
  if (number?.kind !== "number" || sum?.kind !== "sum" || number.value.denominator === 1n || number.value.decimal) return undefined;
  const content = contentOf(algebra, sum.terms);
  if (!q.isInteger(content)) return undefined;
  const shared = gcd(content.numerator < 0n ? -content.numerator : content.numerator, number.value.denominator);
  if (shared === 1n) return undefined;
  const divided = scaledSum(algebra, sum.terms, q.rational(1n, shared));
  const left = algebra.scale(q.integer(shared), number);
  const others = rest.filter((factor) => factor !== sum);
  return algebra.product([left, ...others, divided]);
}

/** 2 u (2x − 2) as 4 u (x − 1), in sums that are not the user's. */
export function numbersInFront(algebra: Algebra, node: Node, isOwn: (node: Node) => boolean): Node | undefined {
  if (node.kind !== "product") return undefined;
  const factors = node.factors.map((factor) => (factor.kind === "sum" && !isOwn(factor) ? withContent(algebra, factor) : factor));
  return factors.some((factor, i) => factor !== node.factors[i]) ? algebra.product(factors) : undefined;
}

/** u (y + y cos x) as y u (1 + cos x), in sums that are not the user's. */
export function factorsInFront(algebra: Algebra, node: Node, isOwn: (node: Node) => boolean): Node | undefined {
  if (node.kind !== "product") return undefined;
  const factors = node.factors.map((factor) => {
    const [base, exponent] = factor.kind === "power" ? [factor.base, factor.exponent] : [factor, algebra.one];
    if (base.kind !== "sum" || isOwn(base) || exponent.kind !== "number" || !q.isInteger(exponent.value)) return factor;
    const factored = factorOut(algebra, base.terms, false);
    return factored ? algebra.power(algebra.product([factored.common, factored.rest]), exponent) : factor;
  });
  return factors.some((factor, i) => factor !== node.factors[i]) ? algebra.product(factors) : undefined;
}

/** (a + 2b/c)/2 as a/2 + b/c: a number below goes to the terms where they have fractions of their own. */
export function numberToTerms(algebra: Algebra, node: Node, isOwn: (node: Node) => boolean): Node | undefined {
  const [number, sum, more] = node.kind === "product" ? node.factors : [];
  if (number?.kind !== "number" || q.isInteger(number.value) || number.value.decimal || sum?.kind !== "sum" || more || isOwn(sum)) return undefined;
  const divides = (term: Node): boolean => (term.kind === "product" ? term.factors : [term]).some(isBelow);
  return sum.terms.some(divides) ? scaledSum(algebra, sum.terms, number.value) : undefined;
}

/** −(a + b) as −a − b, where the sum is nobody's. */
export function minusToTerms(algebra: Algebra, node: Node, isOwn: (node: Node) => boolean): Node | undefined {
  const [minus, sum, more] = node.kind === "product" ? node.factors : [];
  return minus === algebra.minusOne && sum?.kind === "sum" && !more && !isOwn(sum) ? scaledSum(algebra, sum.terms, q.integer(-1)) : undefined;
}

function scaledSum(algebra: Algebra, terms: readonly Node[], by: q.Rational): Node {
  return algebra.sum(terms.map((term) => algebra.scale(by, term)));
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
