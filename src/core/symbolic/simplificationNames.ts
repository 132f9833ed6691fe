import type { Algebra } from "./algebra";
import { isBelow, isExponential } from "./cost";
import { childrenOf, type Node } from "./node";
import * as q from "./rational";

/**
 * What lies between what a rule gives, a sum of products, and how it is written at last, in the order in which it was
 * done. Nothing, where it is only written differently.
 */
export function simplificationNames(algebra: Algebra, products: readonly (readonly Node[])[], tidied: Node): string[] {
  const names = new Set(products.flatMap((factors) => productNames(algebra, factors)));
  const combined = algebra.sum(products.map((factors) => algebra.product(factors)));
  const terms = products.flatMap((factors) => termsOf(algebra.product(factors))).filter((term) => term !== algebra.zero);
  if (termsOf(combined).length < terms.length) names.add("collect like terms");
  if (tidied !== combined) names.add(rewritingName(combined, tidied));
  return [...names];
}

/** The same for (u′v − uv′)/v², of which the numerator is worked on. */
export function quotientNames(algebra: Algebra, products: readonly (readonly Node[])[], below: Node, tidied: Node): string[] {
  const square = algebra.power(below, algebra.number(-2));
  const names = new Set(products.flatMap((factors) => productNames(algebra, factors)));
  const numerators = products.map((factors) => algebra.product(factors));
  const numerator = algebra.sum(numerators);
  if (termsOf(numerator).length < numerators.flatMap(termsOf).length) names.add("collect like terms");
  const over = algebra.product([numerator, square]);
  if (tidied !== over) {
    const kept = factorsOf(square).every((factor) => factorsOf(tidied).includes(factor));
    const hasBrackets = termsOf(numerator).some((term) => factorsOf(term).some((factor) => factor.kind === "sum"));
    names.add(!kept ? "cancel" : hasBrackets ? "multiply out and collect like terms" : "factor out");
  }
  return [...names];
}

const termsOf = (node: Node): readonly Node[] => (node.kind === "sum" ? node.terms : [node]);
const factorsOf = (node: Node): readonly Node[] => (node.kind === "product" ? node.factors : [node]);

function productNames(algebra: Algebra, factors: readonly Node[]): string[] {
  const names: string[] = [];
  const numbers = factors.map((factor) => algebra.split(factor)[0]).filter((value) => !q.isOne(value) && !q.isOne(q.negate(value)));
  if (numbers.length > 1) names.push(numbers.some((value) => value.denominator !== 1n && !value.decimal) ? "cancel" : "multiply the numbers");
  const seen = new Map<Node, boolean[]>();
  for (const factor of factors) {
    for (const part of factorsOf(algebra.split(factor)[1])) {
      if (part === algebra.one) continue;
      const base = part.kind === "power" ? part.base : part;
      seen.set(base, [...(seen.get(base) ?? []), isBelow(part)]);
    }
  }
  const meetings = [...seen.values()].filter((signs) => signs.length > 1);
  if (meetings.some((signs) => signs.includes(true) && signs.includes(false))) names.push("cancel");
  if (meetings.some((signs) => new Set(signs).size === 1)) names.push("combine powers");
  return names;
}

/** The change of shape from one form of a node to another. */
function rewritingName(from: Node, to: Node): string {
  if (squaresOfCircle(to) < squaresOfCircle(from)) return "sin² + cos² = 1";
  if (from.kind === "sum") {
    if (to.kind === "sum") return to.terms.length < from.terms.length ? "multiply out and collect like terms" : "multiply out";
    return fractions(to) > 0 && fractions(from) > 0 ? "common denominator" : "factor out";
  }
  if (to.kind === "sum") return "multiply out";
  if (fractions(from) > 0) return "cancel";
  const brackets = (node: Node): number => factorsOf(node).filter((factor) => factor.kind === "sum").length;
  return brackets(to) < brackets(from) ? "multiply out" : [from, to].some((node) => factorsOf(node).some(hasExponential)) ? "combine powers" : "rearrange";
}

const hasExponential = (factor: Node): boolean => isExponential(factor.kind === "power" ? factor.base : factor);
const fractions = (node: Node): number => termsOf(node).filter((term) => factorsOf(term).some(isBelow)).length;

function squaresOfCircle(node: Node, seen = new Set<Node>()): number {
  if (seen.has(node)) return 0;
  seen.add(node);
  const own = node.kind === "power" && node.base.kind === "apply" && (node.base.primitive === "sin" || node.base.primitive === "cos") ? 1 : 0;
  return own + childrenOf(node).reduce((total, child) => total + squaresOfCircle(child, seen), 0);
}
