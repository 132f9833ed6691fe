import type { Algebra } from "./algebra";
import { isNegative } from "./cost";
import type { Node } from "./node";
import type { SumNodes } from "./sumNodes";

/** −Σ p (p − 1) is Σ p (1 − p), where the difference is not the user's. */
export function turnedSum(algebra: Algebra, nodes: SumNodes, node: Node): Node | undefined {
  const meaning = nodes.meaningOf(node);
  if (meaning?.kind !== "sum" || meaning.operator !== "sum") return undefined;
  const factors = meaning.body.kind === "product" ? meaning.body.factors : [meaning.body];
  const difference = factors.find((factor) => factor.kind === "sum" && factor.terms.some(isNegative) && !nodes.isOwn(factor));
  if (difference?.kind !== "sum") return undefined;
  const turned = algebra.sum(difference.terms.map((term) => algebra.negate(term)));
  return nodes.letterOf({ ...meaning, body: algebra.product(factors.map((factor) => (factor === difference ? turned : factor))) });
}
