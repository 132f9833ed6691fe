import type { Span } from "../positions";

export type BinaryOperator =
  | "+" | "-" | "*" | "/" | "^" | "mod" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "and" | "or" | "xor";

/** A mathematical expression as read, every part of it located in the user's text. */
export type MathTree =
  | { kind: "number"; value: number; text: string; span: Span }
  | { kind: "name"; name: string; span: Span }
  | { kind: "call"; name: string; nameSpan: Span; args: readonly MathTree[]; span: Span }
  | { kind: "unary"; operator: "-" | "not" | "!"; operand: MathTree; span: Span }
  | { kind: "binary"; operator: BinaryOperator; left: MathTree; right: MathTree; span: Span }
  | { kind: "choice"; condition: MathTree; whenTrue: MathTree; whenFalse: MathTree; span: Span };

export function walkTree(tree: MathTree, each: (tree: MathTree) => void): void {
  each(tree);
  for (const part of partsOf(tree)) walkTree(part, each);
}

export function partsOf(tree: MathTree): readonly MathTree[] {
  switch (tree.kind) {
    case "number":
    case "name": return [];
    case "call": return tree.args;
    case "unary": return [tree.operand];
    case "binary": return [tree.left, tree.right];
    case "choice": return [tree.condition, tree.whenTrue, tree.whenFalse];
  }
}
