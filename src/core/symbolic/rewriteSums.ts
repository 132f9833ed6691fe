import type { Algebra } from "./algebra";
import { isExponential } from "./cost";
import type { Node } from "./node";
import { byDegree, hasCases, hasFunction } from "./order";
import * as q from "./rational";

// Polynomials collapse when they are multiplied out (a fit to ten rows has few coefficients); other sums do not.
const mostTerms = { polynomial: 150, other: 16, cases: 6 };
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

/** x e^(−x) + e^(−x) + 1 as (x + 1) e^(−x) + 1: what some of the terms share, where it is a function. */
export function grouped(algebra: Algebra, terms: readonly Node[]): Node[] {
  if (terms.length < 3 || terms.length > longestSum) return [];
  const powers = terms.map((term) => powersOf(algebra, term));
  const shared = new Set(powers.flatMap((power) => [...power.keys()]).filter(hasFunction));
  return [...shared].flatMap((base) => {
    const having = terms.filter((_, i) => powers[i]?.has(base));
    if (having.length < 2 || having.length === terms.length) return [];
    const factored = factorOut(algebra, having, false);
    if (!factored) return [];
    const group = algebra.product([factored.common, factored.rest]);
    const first = having[0];
    return [algebra.sum(terms.flatMap((term) => (term === first ? [group] : having.includes(term) ? [] : [term])))];
  });
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

/** The numbers before sums put into them, and a sum within a product multiplied out, but powers left as they are. */
export function distribute(algebra: Algebra, node: Node): Node | undefined {
  if (node.kind !== "sum" || !node.terms.some((term) => term.kind === "product" && term.factors.some((factor) => factor.kind === "sum"))) return undefined;
  return multiplyOut(algebra, node, 0n);
}

/** 3(a + b) − a as 2a + 3b: a sum with a number before it gives way where its terms meet their like. */
export function collected(algebra: Algebra, node: Node): Node | undefined {
  if (node.kind !== "sum") return undefined;
  const parts = node.terms.map((term) => ({ term, split: algebra.split(term) }));
  const plain = new Set(parts.map(({ split: [, rest] }) => rest));
  const meets = (sum: Node): boolean => sum.kind === "sum" && sum.terms.some((term) => plain.has(algebra.split(term)[1]));
  if (!parts.some(({ split: [, rest] }) => meets(rest))) return undefined;
  return algebra.sum(parts.flatMap(({ term, split: [coefficient, rest] }) =>
    (rest.kind === "sum" && meets(rest) ? rest.terms.map((part) => algebra.scale(coefficient, part)) : [term])));
}

/** All products of sums multiplied out; undefined where that is no change, or too long. */
export function expand(algebra: Algebra, node: Node): Node | undefined {
  return multiplyOut(algebra, node, highestPower);
}

/** Powers of sums up to `highest` as well. */
function multiplyOut(algebra: Algebra, node: Node, highest: bigint): Node | undefined {
  if (expandedCount(node, highest) > (hasCases(node) ? mostTerms.cases : hasFunction(node) ? mostTerms.other : mostTerms.polynomial)) return undefined;
  const terms = expandedTerms(algebra, node, highest);
  const sum = algebra.sum(terms);
  const ordered = sum.kind === "sum" ? algebra.sum(byDegree(sum.terms)) : sum;
  return ordered === node ? undefined : ordered;
}

/** How many terms multiplying out makes, before like ones are collected. */
function expandedCount(node: Node, highest: bigint): number {
  switch (node.kind) {
    case "sum": return node.terms.reduce((total, term) => total + expandedCount(term, highest), 0);
    case "product": return node.factors.reduce((total, factor) => total * expandedCount(factor, highest), 1);
    case "power": return expandedCount(node.base, highest) ** (expandable(node, highest) ?? 0);
    default: return 1;
  }
}

/** The exponent of a power that is multiplied out. */
function expandable(node: Extract<Node, { kind: "power" }>, highest: bigint): number | undefined {
  if (node.base.kind !== "sum" || node.exponent.kind !== "number" || !q.isInteger(node.exponent.value)) return undefined;
  const n = node.exponent.value.numerator;
  return n < 1n || n > highest ? undefined : Number(n);
}

function expandedTerms(algebra: Algebra, node: Node, highest: bigint): Node[] {
  if (node.kind === "sum") return node.terms.flatMap((term) => expandedTerms(algebra, term, highest));
  if (node.kind === "product") {
    const at = node.factors.findIndex((factor) => factor.kind === "sum" || (factor.kind === "power" && expandable(factor, highest) !== undefined));
    const factor = node.factors[at];
    if (!factor) return [node];
    const others = node.factors.filter((other) => other !== factor);
    // The other sums come in whole, so that one may cancel: (1/u − y)·u is 1 − y·u.
    return openedTerms(algebra, factor, highest).flatMap((term) => expandedTerms(algebra, algebra.product([term, ...others]), highest));
  }
  const opened = openedTerms(algebra, node, highest);
  return opened.length === 1 ? [...opened] : opened.flatMap((term) => expandedTerms(algebra, term, highest));
}

/** The terms of a sum, or of a power of one. */
function openedTerms(algebra: Algebra, node: Node, highest: bigint): readonly Node[] {
  if (node.kind === "sum") return node.terms;
  const times = node.kind === "power" ? expandable(node, highest) : undefined;
  if (node.kind !== "power" || times === undefined) return [node];
  const sum = multipliedOut(algebra, node.base, times);
  return sum.kind === "sum" ? sum.terms : [sum];
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
