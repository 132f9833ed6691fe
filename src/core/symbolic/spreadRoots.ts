import type { Algebra } from "./algebra";
import type { Node } from "./node";
import * as q from "./rational";

/** Two such sums are multiplied out term by term. */
const longestSum = 3;

/** (x^(3/2) − 1/√x)/x^(3/2) as 1 − 1/x²: roots beside a sum put into it, where that rids all of its terms of them. */
export function spreadRoots(algebra: Algebra, node: Node): Node | undefined {
  if (node.kind !== "product") return undefined;
  const sum = node.factors.find((factor) => factor.kind === "sum");
  if (sum?.kind !== "sum" || sum.terms.length > longestSum) return undefined;
  const roots = node.factors.filter((factor) => factor.kind === "power" && hasRoot(factor));
  if (roots.length === 0) return undefined;
  const others = node.factors.filter((factor) => factor !== sum && !roots.includes(factor));
  const terms = sum.terms.map((term) => algebra.product([term, ...roots]));
  if (terms.some((term) => (term.kind === "product" ? term.factors : [term]).some(hasRoot))) return undefined;
  const [number, more] = others;
  if (number?.kind === "number" && !more) return algebra.sum(terms.map((term) => algebra.scale(number.value, term)));
  return algebra.product([...others, algebra.sum(terms)]);
}

const hasRoot = (factor: Node): boolean => factor.kind === "power" && factor.exponent.kind === "number" && !q.isInteger(factor.exponent.value);
