import { bare, childrenOf, isFunctionNode, type Node } from "./syntax";

export function isAlwaysTrue(test: Node): boolean {
  return (test.type === "BooleanLiteral" && test.value) || (test.type === "NumericLiteral" && test.value !== 0);
}

/** Some way out of the loop whose body this is: a break of it, a return, a throw, a jump to a label. */
export function leaves(body: Node, depth = 0): boolean {
  switch (body.type) {
    case "ReturnStatement":
    case "ThrowStatement": return true;
    case "BreakStatement": return depth === 0 || (body.label !== null && body.label !== undefined);
    // The label may be that of a loop around.
    case "ContinueStatement": return body.label !== null && body.label !== undefined;
    default: break;
  }
  if (isFunctionNode(body)) return false;
  const isBreakable = /^(For|ForOf|ForIn|While|DoWhile|Switch)Statement$/.test(body.type);
  return childrenOf(body).some((child) => leaves(child, depth + (isBreakable ? 1 : 0)));
}

/** Whatever the loop does, its condition stays as it is: it reads nothing that anybody writes, and nothing leaves the body. */
export function staysTrue(test: Node | null | undefined, body: Node, reassigned: ReadonlySet<string>): boolean {
  return (!test || readsOnlyConstants(test, reassigned)) && !leaves(body);
}

function readsOnlyConstants(node: Node, reassigned: ReadonlySet<string>): boolean {
  const each = bare(node);
  switch (each.type) {
    case "Identifier": return !reassigned.has(each.name);
    case "NumericLiteral":
    case "BooleanLiteral":
    case "StringLiteral":
    case "NullLiteral": return true;
    case "UnaryExpression": return readsOnlyConstants(each.argument, reassigned);
    case "BinaryExpression":
    case "LogicalExpression": return readsOnlyConstants(each.left, reassigned) && readsOnlyConstants(each.right, reassigned);
    default: return false;
  }
}
