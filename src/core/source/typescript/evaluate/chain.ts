import { inOrder } from "../state/order";
import type { Machine } from "../state/machine";
import type { Scope } from "../state/scope";
import { known, missing, type Value } from "../state/values";
import { keyName, type Node } from "../syntax/syntax";
import { callExpression } from "./calls";
import { evaluate } from "./expressions";
import { getMember } from "./members";
import { isAbsent } from "./numbers";

export function keyOf(machine: Machine, scope: Scope, node: Node & { type: "MemberExpression" | "OptionalMemberExpression" }): Value {
  const name = keyName(node.property, node.computed);
  if (name !== undefined && !(node.computed && node.property.type === "NumericLiteral")) return known(name);
  return evaluate(machine, scope, node.property);
}

/** `a?.b.c(d)`: undefined as a whole where a link is missing. */
export function chain(machine: Machine, scope: Scope, node: Node): Value | undefined {
  switch (node.type) {
    case "MemberExpression":
    case "OptionalMemberExpression": {
      const object = node.object.type === "Super" ? superPrototype(scope) : link(machine, scope, node.object);
      if (!object) return undefined;
      if (node.type === "OptionalMemberExpression" && node.optional && object.kind === "static" && isAbsent(object)) return undefined;
      const [held = object, key = missing] = inOrder(machine, [() => object, () => keyOf(machine, scope, node)]);
      return getMember(machine, held, key, node, node.object.type === "Super" ? scope.frame.self ?? held : held);
    }
    case "CallExpression":
    case "OptionalCallExpression": return callExpression(machine, scope, node);
    default: return evaluate(machine, scope, node);
  }
}

/** One link of a chain: undefined (not the value) where the chain ends before it. */
export function link(machine: Machine, scope: Scope, node: Node): Value | undefined {
  switch (node.type) {
    case "OptionalMemberExpression":
    case "OptionalCallExpression": return chain(machine, scope, node);
    default: return evaluate(machine, scope, node);
  }
}

export function superPrototype(scope: Scope): Value {
  const { home } = scope.frame;
  return home?.kind === "object" ? home.prototype ?? missing : missing;
}
