import { type Affine, affineNumber, isNumber, minus, plus } from "./affine";
import type { Algebra } from "./algebra";
import type { Sum } from "./meaning";
import { childrenOf, type Node } from "./node";
import type { SumNodes } from "./sumNodes";

const one = affineNumber(1);

/** Without terms at the ends that are left out, or that vanish: 0·x⁻¹, of which nobody knows what it is at 0. */
export function withoutEnds(algebra: Algebra, nodes: SumNodes, sum: Sum): Sum {
  const { from, to, except, body, index } = sum;
  const without = (rest: Sum): Sum => withoutEnds(algebra, nodes, rest);
  const vanishesAt = (end: Affine): boolean => sum.operator === "sum" && body.kind === "product" && body.factors.some((factor) => counts(nodes, factor) && nodes.substitute(factor, new Map([[index.name, end]])) === algebra.zero);
  if (isNumber(from) && !isNumber(to) && !except && vanishesAt(minus(to, one))) return without({ ...sum, to: minus(to, one) });
  if (!isNumber(from) || !isNumber(to) || to.constant <= from.constant) return sum;
  const number = except?.find((value) => isNumber(value) && (value.constant <= from.constant || value.constant >= to.constant - 1));
  if (except && number) {
    const others = except.filter((value) => value !== number);
    const rest: Sum = { ...sum, except: others.length > 0 ? others : undefined };
    if (number.constant === from.constant) return without({ ...rest, from: plus(from, one) });
    return without(number.constant === to.constant - 1 ? { ...rest, to: minus(to, one) } : rest);
  }
  if (except?.some(isNumber)) return sum;
  if (vanishesAt(from)) return without({ ...sum, from: plus(from, one) });
  return vanishesAt(minus(to, one)) ? without({ ...sum, to: minus(to, one) }) : sum;
}

/** Is it made of indices and numbers alone? */
function counts(nodes: SumNodes, node: Node): boolean {
  return node.kind === "symbol" ? nodes.meaningOf(node)?.kind === "index" : node.kind === "number" || (childrenOf(node).length > 0 && childrenOf(node).every((child) => counts(nodes, child)));
}
