import { ruleOf } from "../rules/ruleOf";
import { type Affine, affineIndex, put } from "./affine";
import type { Algebra } from "./algebra";
import type { Node } from "./node";
import * as q from "./rational";
import type { SumNodes } from "./sumNodes";

/** A node with whole numbers in place of indices; `of` does so with what it is made of. */
export function putIndices(algebra: Algebra, nodes: SumNodes, node: Node, values: ReadonlyMap<string, Affine>, of: (part: Node) => Node): Node {
  const meaning = nodes.meaningOf(node);
  switch (meaning?.kind) {
    case "index": return nodes.whole(put(affineIndex(meaning.local), values));
    case "element": return nodes.element(meaning.array, meaning.at.map((index) => put(index, values)));
    case "chosen": return nodes.chosen(put(meaning.of, values), meaning.equals);
    case "delta": return nodes.delta(put(meaning.of, values), meaning.equals);
    case "atLeast": return nodes.atLeast(put(meaning.of, values));
    case "differs": return nodes.differs(put(meaning.of, values));
    case "sum": return nodes.sum({ ...meaning, from: put(meaning.from, values), to: put(meaning.to, values), except: meaning.except?.map((value) => put(value, values)), body: of(meaning.body) });
    default:
  }
  switch (node.kind) {
    case "sum": return algebra.sum(node.terms.map(of));
    case "product": return algebra.product(node.factors.map(of));
    case "power": return algebra.power(of(node.base), of(node.exponent));
    case "apply": {
      const args = node.args.map(of);
      return node.primitive === "exp" && args[0] ? algebra.exp(args[0]) : algebra.apply(node.primitive, args);
    }
    case "cases": return decided(algebra, node.branches.map(({ condition, value }) => ({ condition: of(condition), value })), node.otherwise, of);
    default: return node;
  }
}

/** A question about indices that are numbers now has its answer. */
function decided(algebra: Algebra, branches: readonly { readonly condition: Node; readonly value: Node }[], otherwise: Node, of: (part: Node) => Node): Node {
  const open: { condition: Node; value: Node }[] = [];
  for (const { condition, value } of branches) {
    const numbers = condition.kind === "apply" ? condition.args.flatMap((arg) => (arg.kind === "number" ? [q.toNumber(arg.value)] : [])) : [];
    if (condition.kind !== "apply" || numbers.length < condition.args.length) open.push({ condition, value: of(value) });
    else if (ruleOf(condition.primitive).value(...numbers)) return open.length === 0 ? of(value) : algebra.cases(open, of(value));
  }
  return open.length === 0 ? of(otherwise) : algebra.cases(open, of(otherwise));
}
