import type { Machine } from "../state/machine";
import type { Scope } from "../state/scope";
import type { ListValue } from "../state/values";
import { bare, type Node } from "../syntax/syntax";
import { evaluate } from "./expressions";

/** The list behind `list.entries()`: walked over with its index, it needs no list of pairs, so that the loop can be kept. */
export function entriesWalked(machine: Machine, scope: Scope, right: Node): ListValue | undefined {
  const node = bare(right);
  if (node.type !== "CallExpression" || node.arguments.length > 0) return undefined;
  const { callee } = node;
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier" || callee.property.name !== "entries") return undefined;
  // A name or a path: evaluating it again, should it be no list, does nothing.
  if (!isPath(callee.object)) return undefined;
  const list = evaluate(machine, scope, callee.object);
  return list.kind === "list" ? list : undefined;
}

function isPath(node: Node): boolean {
  const each = bare(node);
  if (each.type === "MemberExpression") return (!each.computed || isPath(each.property)) && isPath(each.object);
  return each.type === "Identifier" || each.type === "ThisExpression" || each.type === "NumericLiteral" || each.type === "StringLiteral";
}

/** i of `const [i, x]`. */
export function firstNameOf(left: Node): string | undefined {
  const [declarator] = left.type === "VariableDeclaration" ? left.declarations : [];
  const first = declarator?.id.type === "ArrayPattern" ? declarator.id.elements[0] : undefined;
  return first?.type === "Identifier" ? first.name : undefined;
}
