import type { ValueSlot } from "../state/journal";
import type { Scope } from "../state/scope";
import { boundNames, walk, type Node } from "../syntax/syntax";

/** Outer variables that the nodes are seen to assign. */
export function assignedIn(scope: Scope, nodes: readonly (Node | null | undefined)[]): { slots: ValueSlot[]; names: Set<string> } {
  const names = new Set<string>();
  const declared = new Set<string>();
  for (const root of nodes) {
    if (!root) continue;
    walk(root, (node) => {
      if (node.type === "AssignmentExpression" && node.left.type !== "MemberExpression") for (const name of boundNames(node.left)) names.add(name);
      if (node.type === "UpdateExpression" && node.argument.type === "Identifier") names.add(node.argument.name);
      if (node.type === "VariableDeclaration" && node.kind !== "var") for (const each of node.declarations) for (const name of boundNames(each.id)) declared.add(name);
      return undefined;
    });
  }
  const slots: ValueSlot[] = [];
  for (const name of names) {
    const slot = declared.has(name) ? undefined : scope.find(name);
    if (slot) slots.push(slot);
  }
  return { slots, names };
}
