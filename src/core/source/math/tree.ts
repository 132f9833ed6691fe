import type { Span } from "../positions";

export type BinaryOperator =
  | "+" | "-" | "*" | "/" | "^" | "mod" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "and" | "or" | "xor" | ".*" | "./";

/** A mathematical expression as read, every part of it located in the user's text. */
export type MathTree =
  | { kind: "number"; value: number; text: string; span: Span }
  | { kind: "name"; name: string; span: Span }
  | { kind: "call"; name: string; nameSpan: Span; args: readonly MathTree[]; span: Span }
  | { kind: "unary"; operator: "-" | "not" | "!" | "'"; operand: MathTree; span: Span }
  | { kind: "binary"; operator: BinaryOperator; left: MathTree; right: MathTree; span: Span }
  | { kind: "choice"; condition: MathTree; whenTrue: MathTree; whenFalse: MathTree; span: Span }
  /** [x, y]: a vector, or a matrix where its items are vectors. */
  | { kind: "list"; items: readonly MathTree[]; span: Span }
  /** x[i], A[i, j]; x_i too, where i counts. */
  | { kind: "element"; of: MathTree; indices: readonly MathTree[]; fromZero?: true; span: Span };

/** The tree with `change` applied to its parts, innermost first. */
export function mapTree(tree: MathTree, change: (tree: MathTree) => MathTree): MathTree {
  const inner = (part: MathTree): MathTree => mapTree(part, change);
  switch (tree.kind) {
    case "number":
    case "name": return change(tree);
    case "call": return change({ ...tree, args: tree.args.map(inner) });
    case "unary": return change({ ...tree, operand: inner(tree.operand) });
    case "binary": return change({ ...tree, left: inner(tree.left), right: inner(tree.right) });
    case "choice": return change({ ...tree, condition: inner(tree.condition), whenTrue: inner(tree.whenTrue), whenFalse: inner(tree.whenFalse) });
    case "list": return change({ ...tree, items: tree.items.map(inner) });
    case "element": return change({ ...tree, of: inner(tree.of), indices: tree.indices.map(inner) });
  }
}

export function partsOf(tree: MathTree): readonly MathTree[] {
  switch (tree.kind) {
    case "number":
    case "name": return [];
    case "call": return tree.args;
    case "unary": return [tree.operand];
    case "binary": return [tree.left, tree.right];
    case "choice": return [tree.condition, tree.whenTrue, tree.whenFalse];
    case "list": return tree.items;
    case "element": return [tree.of, ...tree.indices];
  }
}
