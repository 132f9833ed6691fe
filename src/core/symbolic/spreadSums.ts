import type { Algebra } from "./algebra";
import type { Node } from "./node";
import type { SumNodes } from "./sumNodes";

/** Σ (xᵢ − m) as Σ xᵢ − n m, wherever in a sum of terms. */
export function spreadSums(algebra: Algebra, nodes: SumNodes, node: Node): Node | undefined {
  if (node.kind !== "sum") return undefined;
  const apart = (factor: Node): Node => {
    const meaning = nodes.meaningOf(factor);
    return meaning?.kind === "sum" && meaning.operator === "sum" && meaning.body.kind === "sum" ? algebra.sum(meaning.body.terms.map((body) => nodes.sum({ ...meaning, body }))) : factor;
  };
  const terms = node.terms.map((term) => {
    const factors = term.kind === "product" ? term.factors : [term];
    const sums = factors.map(apart);
    const opened = sums.find((factor, k) => factor !== factors[k]);
    const others = sums.filter((factor) => factor !== opened);
    return opened?.kind === "sum" ? algebra.sum(opened.terms.map((part) => algebra.product([...others, part]))) : algebra.product(sums);
  });
  const spread = algebra.sum(terms);
  return spread === node ? undefined : spread;
}
