import { errorName, globalValue } from "../library/globals";
import type { Machine } from "../state/machine";
import type { Scope } from "../state/scope";
import { known, type Value } from "../state/values";
import { undeclared } from "../syntax/outsideWorld";
import type { Node } from "../syntax/syntax";
import { evaluate } from "./expressions";

export function instanceOf(machine: Machine, scope: Scope, node: Node & { type: "BinaryExpression" }): Value {
  const object = evaluate(machine, scope, node.left);
  const { right } = node;
  // Of what reaches outside (a Date) there are no values here, and asking does no harm.
  if (right.type === "Identifier" && !scope.find(right.name) && undeclared(right.name).code === "E104" && !globalValue(machine, right.name)) return known(false);
  const type = evaluate(machine, scope, right);
  if (type.kind === "native") {
    if (type.name === errorName) return known(isError(machine, object));
    if (object.kind === "list") return known(type.name === "Array" ? object.typed === undefined : type.name === object.typed || type.name === "Object");
    return known(object.kind === "collection" && object.name === type.name);
  }
  if (type.kind !== "function") return known(false);
  const prototype = type.properties.content.get("prototype")?.content;
  for (let at = object.kind === "object" ? object.prototype : object.kind === "record" ? object.layout.of : undefined; at; at = at.prototype) {
    if (at === prototype) return known(true);
  }
  return known(false);
}

function isError(machine: Machine, object: Value): boolean {
  for (let at: Value | undefined = object; at?.kind === "object"; at = at.prototype) if (machine.errors.has(at)) return true;
  return false;
}
