import type { PrimitiveName } from "../ir/types";
import type { Rational } from "./rational";

/** Numbers with names: they stay themselves in a formula. */
export type ConstantName = "pi" | "e";

/**
 * A formula in canonical form, hash-consed: equal nodes are one object. Sums and products are n-ary and equal whatever
 * the order of their parts, but keep the order in which they were first written, which is the user's.
 */
export type Node = NumberNode | SymbolNode | ConstantNode | SumNode | ProductNode | PowerNode | ApplyNode | CasesNode;

interface Common {
  /** Unique within one algebra; equal exactly for equal nodes. */
  readonly id: number;
}
export interface NumberNode extends Common {
  readonly kind: "number";
  readonly value: Rational;
}
/** An unknown: `index` is its coordinate. */
export interface SymbolNode extends Common {
  readonly kind: "symbol";
  readonly index: number;
  readonly name: string;
}
export interface ConstantNode extends Common {
  readonly kind: "constant";
  readonly name: ConstantName;
}
export interface SumNode extends Common {
  readonly kind: "sum";
  readonly terms: readonly Node[];
}
/** A number comes first, if there is one; no factor occurs twice. */
export interface ProductNode extends Common {
  readonly kind: "product";
  readonly factors: readonly Node[];
}
/** Roots and reciprocals too; e^(c·r) is the power c of exp(r). */
export interface PowerNode extends Common {
  readonly kind: "power";
  readonly base: Node;
  readonly exponent: Node;
}
export interface ApplyNode extends Common {
  readonly kind: "apply";
  readonly primitive: PrimitiveName;
  readonly args: readonly Node[];
}
export interface CasesNode extends Common {
  readonly kind: "cases";
  readonly branches: readonly { readonly condition: Node; readonly value: Node }[];
  readonly otherwise: Node;
}

export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "number":
    case "symbol":
    case "constant": return [];
    case "sum": return node.terms;
    case "product": return node.factors;
    case "power": return [node.base, node.exponent];
    case "apply": return node.args;
    case "cases": return [...node.branches.flatMap((branch) => [branch.condition, branch.value]), node.otherwise];
  }
}
