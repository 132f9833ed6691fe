import type { Algebra } from "./algebra";
import { isBelow, isExponential, isNegative } from "./cost";
import type { Node } from "./node";
import type { Factored } from "./rewriteSums";

const factorsOf = (node: Node): readonly Node[] => (node.kind === "product" ? node.factors : [node]);
const baseOf = (factor: Node): Node => (factor.kind === "power" ? factor.base : factor);

/** Is this a common factor that one sees: e^x, sin x, (x + 1)² rather than a letter? */
export function isTelling(common: Node): boolean {
  return factorsOf(common).some((factor) => {
    const base = baseOf(factor);
    return base.kind === "apply" || base.kind === "sum" || (factor.kind === "power" && factor.exponent.kind !== "number");
  });
}

/** Everybody takes e^x out of a sum. */
export const sharesExponential = (common: Node): boolean => factorsOf(common).some((factor) => isExponential(baseOf(factor)));

export const divides = (common: Node): boolean => factorsOf(common).some(isBelow);

export function dividesBySum(term: Node): boolean {
  return factorsOf(term).some((factor) => factor.kind === "power" && factor.base.kind === "sum" && isNegative(factor.exponent));
}

/** How many sums of the user's stand among the factors of these terms. */
export function ownSums(node: Node, isOwn: (node: Node) => boolean): number {
  return (node.kind === "sum" ? node.terms : [node]).flatMap(factorsOf).map(baseOf).filter((base) => base.kind === "sum" && isOwn(base)).length;
}

/** 2x(1 − x) + 4xy(2 − y) as 2x(1 − x + 2y(2 − y)): would a letter before them cost a sum of the user's its brackets, for nothing? */
export function dissolves(algebra: Algebra, terms: readonly Node[], { common, rest }: Factored, isOwn: (node: Node) => boolean): boolean {
  if (isTelling(common) || rest.kind !== "sum") return false;
  const inverse = algebra.power(common, algebra.minusOne);
  const left = terms.map((term) => algebra.product([term, inverse]));
  const length = left.reduce((sum, part) => sum + (part.kind === "sum" ? part.terms.length : 1), 0);
  const whole = left.filter((part) => part.kind === "sum" && isOwn(part));
  return rest.terms.length === length && whole.length > 0 && left.filter((part) => whole.includes(part) || ownSums(part, isOwn) > 0).length > 1;
}
