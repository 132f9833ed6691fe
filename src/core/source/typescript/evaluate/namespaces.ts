import { Slot } from "../state/journal";
import type { Machine } from "../state/machine";
import { Scope } from "../state/scope";
import { known, type Value } from "../state/values";
import { boundNames, type Node } from "../syntax/syntax";
import { evaluate } from "./expressions";
import { hoist, runStatement } from "./statements";

export function declareEnum(machine: Machine, scope: Scope, statement: Node & { type: "TSEnumDeclaration" }): void {
  const fields = new Map<string, Value>();
  const inner = new Scope(scope, scope.module, scope.frame);
  let next = 0;
  for (const member of statement.body?.members ?? statement.members ?? []) {
    const name = member.id.type === "Identifier" ? member.id.name : member.id.type === "StringLiteral" ? member.id.value : "";
    const value = member.initializer ? evaluate(machine, inner, member.initializer) : known(next);
    if (value.kind === "static" && typeof value.value === "number") {
      next = value.value + 1;
      fields.set(String(value.value), known(name));
    }
    fields.set(name, value);
    inner.declare(name, machine.slot(value, name));
  }
  scope.declare(statement.id.name, machine.slot(machine.object(fields), statement.id.name));
}

/** An object whose fields are the names it exports; a second one of the same name adds to the first. */
export function declareNamespace(machine: Machine, scope: Scope, statement: Node & { type: "TSModuleDeclaration" }): void {
  const { id, body } = statement;
  if (id.type !== "Identifier" || !body || statement.declare) return;
  const before = scope.own(id.name)?.content;
  const fields = new Map(before?.kind === "object" ? before.fields.content : []);
  const inner = new Scope(scope, scope.module, scope.frame);
  for (const [name, slot] of fields) inner.declare(name, slot);
  const statements: readonly Node[] = body.type === "TSModuleBlock" ? body.body : [body];
  hoist(machine, inner, statements);
  for (const each of statements) runStatement(machine, inner, each);
  for (const each of statements) {
    const declaration = each.type === "ExportNamedDeclaration" ? each.declaration : each.type === "TSModuleDeclaration" ? each : undefined;
    const names = declaration?.type === "VariableDeclaration" ? declaration.declarations.flatMap((one) => boundNames(one.id))
      : declaration && "id" in declaration && declaration.id?.type === "Identifier" ? [declaration.id.name] : [];
    for (const name of names) {
      const slot = inner.own(name);
      if (slot) fields.set(name, slot);
    }
  }
  scope.declare(id.name, machine.slot({ kind: "object", fields: new Slot("fields", fields, machine.now()) }, id.name));
}
