import { ruleOf } from "../rules/ruleOf";
import type { Node } from "./node";
import { toNumber } from "./rational";

/** The number a node denotes at a point; shared parts are computed once. */
export function evaluateNode(node: Node, at: ArrayLike<number>, known = new Map<Node, number>()): number {
  const found = known.get(node);
  if (found !== undefined) return found;
  const value = compute(node, at, known);
  known.set(node, value);
  return value;
}

function compute(node: Node, at: ArrayLike<number>, known: Map<Node, number>): number {
  const of = (part: Node): number => evaluateNode(part, at, known);
  switch (node.kind) {
    case "number": return toNumber(node.value);
    case "symbol": return at[node.index] ?? NaN;
    case "constant": return node.name === "pi" ? Math.PI : Math.E;
    case "sum": return node.terms.reduce((total, term) => total + of(term), 0);
    case "product": return node.factors.reduce((total, factor) => total * of(factor), 1);
    case "power": return power(of(node.base), node.exponent, of);
    case "apply": return ruleOf(node.primitive).value(...node.args.map(of));
    case "cases": {
      const chosen = node.branches.find(({ condition }) => of(condition) !== 0);
      return of(chosen ? chosen.value : node.otherwise);
    }
  }
}

function power(base: number, exponent: Node, of: (part: Node) => number): number {
  const n = of(exponent);
  return n === 0.5 ? Math.sqrt(base) : base ** n;
}
