import { globalValue } from "../library/globals";
import { folderName } from "../library/nodeModules";
import type { Machine } from "../state/machine";
import type { Scope } from "../state/scope";
import { known, missing, type Value } from "../state/values";
import { undeclared } from "../syntax/outsideWorld";
import type { Node } from "../syntax/syntax";

/** What a name stands for where it is read. */
export function lookUp(machine: Machine, scope: Scope, node: Node & { type: "Identifier" }): Value {
  const slot = scope.find(node.name);
  // Of what could not be imported the import speaks, where it is used.
  if (slot && !(slot.content.kind === "poison" && scope.module.imports.has(node.name))) {
    const value = slot.content;
    const span = value.kind === "scalar" && value.expression.kind === "read" ? machine.spanOf(node) : undefined;
    return span && value.kind === "scalar" ? { ...value, expression: { ...value.expression, span } } : value;
  }
  if (node.name === "arguments") return machine.listOf(scope.frame.args);
  if (node.name === "undefined") return missing;
  const value = machine.modules?.imported(machine, scope.module, node.name, node) ?? globalValue(machine, node.name) ?? machine.modules?.global(machine, node.name, node);
  if (value) return value;
  if (node.name === "__dirname") return known(folderName(scope.module.uri));
  if (node.name === "__filename") return known(scope.module.uri);
  if (node.name === "require" && machine.modules) return machine.modules.require(scope.module);
  const { code, message, hint } = undeclared(node.name);
  throw machine.refuse(node, code, message, hint);
}
