import type { PrimitiveName } from "../ir/types";
import type { Algebra } from "./algebra";
import { isBelow, isExponential } from "./cost";
import { type ApplyNode, childrenOf, type Node } from "./node";
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
    const hasBrackets = termsOf(numerator).some((term) => factorsOf(term).some(isBracket));
    const identity = identityName(over, tidied);
    if (identity !== undefined) names.add(identity);
    // 1/cosh² written as sech² has not been cancelled.
    const cancelled = !kept && (identity === undefined || below.kind === "sum");
    if (identity === undefined || cancelled) names.add(cancelled ? "cancel" : hasBrackets ? "multiply out and collect like terms" : "factor out");
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
  const identity = identityName(from, to);
  if (identity !== undefined) return identity;
  if (numbersBelow(to) < numbersBelow(from)) return "clear fractions";
  if (from.kind === "sum") {
    if (to.kind === "sum") return to.terms.length < from.terms.length ? "multiply out and collect like terms" : "multiply out";
    return fractions(to) > 0 && fractions(from) > 0 ? "common denominator" : "factor out";
  }
  if (to.kind === "sum") return "multiply out";
  const brackets = (node: Node): number => factorsOf(node).filter(isBracket).length;
  const allBelow = factorsOf(from).every((factor) => !isBracket(factor) || isBelow(factor));
  if (fractions(from) > 0) return allBelow && brackets(to) > 0 && brackets(to) < brackets(from) ? "multiply out" : "cancel";
  return brackets(to) < brackets(from) ? "multiply out" : [from, to].some((node) => factorsOf(node).some(hasExponential)) ? "combine powers" : "rearrange";
}

const hasExponential = (factor: Node): boolean => isExponential(factor.kind === "power" ? factor.base : factor);
const fractions = (node: Node): number => termsOf(node).filter((term) => factorsOf(term).some(isBelow)).length;

/** x + 1 and (x + 1)². */
const isBracket = (factor: Node): boolean => factor.kind === "sum" || (factor.kind === "power" && factor.base.kind === "sum");

/** What makes of one function another, or of two squares a number. */
function identityName(from: Node, to: Node): string | undefined {
  const [before, after] = [appliedIn(from), appliedIn(to)];
  const gone = new Set([...before].filter((node) => !after.has(node)).map((node) => node.primitive));
  const fresh = [...after].filter((node) => !before.has(node));
  const come = new Set(fresh.map((node) => node.primitive));
  for (const [old, next, name] of identities) if (gone.has(old) && come.has(next)) return name;
  const angles = new Set([...before].map(({ args }) => args[0]));
  if (fresh.some(({ primitive, args }) => circle.has(primitive) && !angles.has(args[0])) && [...before].some(({ primitive }) => circle.has(primitive))) return "double angle";
  if (squares(to, circle) < squares(from, circle)) return "sin² + cos² = 1";
  return squares(to, hyperbola) < squares(from, hyperbola) ? "cosh² − sinh² = 1" : undefined;
}

const identities: readonly (readonly [PrimitiveName, PrimitiveName, string])[] = [
  ["tan", "sin", "tan = sin/cos"], ["tan", "cos", "1 + tan² = sec²"], ["cot", "sin", "1 + cot² = csc²"],
  ["tanh", "sech", "1 − tanh² = sech²"], ["tanh", "cosh", "1 − tanh² = 1/cosh²"], ["coth", "csch", "coth² − 1 = csch²"], ["coth", "sinh", "coth² − 1 = 1/sinh²"],
];

function appliedIn(node: Node, found = new Set<ApplyNode>(), seen = new Set<Node>()): Set<ApplyNode> {
  if (seen.has(node)) return found;
  seen.add(node);
  if (node.kind === "apply") found.add(node);
  for (const child of childrenOf(node)) appliedIn(child, found, seen);
  return found;
}

/** Fractions among the numbers within brackets: the ¼ of √(1 − x²/4). */
function numbersBelow(node: Node, inside = false, seen = new Set<Node>()): number {
  if (seen.has(node)) return 0;
  seen.add(node);
  const own = inside && node.kind === "number" && node.value.denominator !== 1n && !node.value.decimal ? 1 : 0;
  const parts = node.kind === "power" ? [node.base] : childrenOf(node);
  return own + parts.reduce((total, part) => total + numbersBelow(part, inside || node.kind === "power" || node.kind === "apply", seen), 0);
}

const circle: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>(["sin", "cos"]);
const hyperbola: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>(["sinh", "cosh"]);

function squares(node: Node, of: ReadonlySet<PrimitiveName>, seen = new Set<Node>()): number {
  if (seen.has(node)) return 0;
  seen.add(node);
  const own = node.kind === "power" && node.base.kind === "apply" && of.has(node.base.primitive) ? 1 : 0;
  return own + childrenOf(node).reduce((total, child) => total + squares(child, of, seen), 0);
}
