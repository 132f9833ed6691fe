import type { Algebra } from "./algebra";
import type { Node } from "./node";
import { byDegree, hasCases, hasFunction } from "./order";
import * as q from "./rational";

// Polynomials collapse when they are multiplied out (a fit to ten rows has few coefficients); other sums do not.
const mostTerms = { polynomial: 150, other: 16, cases: 6 };
const highestPower = 4n;

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

/** a (b + c) + d as a b + a c + d, where the inner sum is nobody's. */
export function distributed(algebra: Algebra, node: Node, isOwn: (node: Node) => boolean): Node | undefined {
  if (node.kind !== "sum" || node.terms.length > mostTerms.cases) return undefined;
  const opened = (term: Node): readonly Node[] => {
    const sum = term.kind === "product" ? term.factors.find((factor) => factor.kind === "sum") : undefined;
    // Of 0.5 (1 + 0.2 x) the numbers would go that the user typed.
    if (term.kind !== "product" || sum?.kind !== "sum" || isOwn(sum) || algebra.split(term)[0].decimal) return [term];
    const others = term.factors.filter((factor) => factor !== sum);
    return sum.terms.map((part) => algebra.product([...others, part]));
  };
  const terms = node.terms.map(opened);
  return terms.some((parts) => parts.length > 1) ? algebra.sum(terms.flat()) : undefined;
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

const counts = { withPowers: new WeakMap<Node, number>(), plain: new WeakMap<Node, number>() };

/** How many terms multiplying out makes, before like ones are collected. */
function expandedCount(node: Node, highest: bigint): number {
  if (node.kind !== "sum" && node.kind !== "product" && node.kind !== "power") return 1;
  const known = highest === 0n ? counts.plain : counts.withPowers;
  const found = known.get(node);
  if (found !== undefined) return found;
  const count = countExpanded(node, highest);
  known.set(node, count);
  return count;
}

function countExpanded(node: Node, highest: bigint): number {
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
