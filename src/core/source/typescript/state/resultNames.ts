import type { Node } from "../syntax/syntax";
import type { Layout, Value } from "./values";

/**
 * What a call made and nobody has named yet is called what the user calls it: the list that `map` returns, the number that
 * `reduce` adds up. Only what people are shown is named by it.
 */
export function nameResult(value: Value, name: string, init: Node): void {
  if (init.type !== "CallExpression") return;
  if (value.kind === "list" && value.state.content.kind === "dense" && value.state.content.prefix.length === 0) nameLayout(value.state.content.layout, name);
  if (value.kind === "scalar" && value.expression.kind === "read" && isReduction(init)) label(value.expression.local, name);
}

function nameLayout(layout: Layout, name: string): void {
  if (layout.kind === "list") nameLayout(layout.element, name);
  if (layout.kind === "leaf" && layout.array.label === undefined && layout.array.role.kind === "scratch") label(layout.array, name);
}

function isReduction({ callee }: Node & { type: "CallExpression" }): boolean {
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" && /^reduce(?:Right)?$/.test(callee.property.name);
}

/** Variables are made before it is known what for. */
function label(variable: { label?: string }, name: string): void {
  variable.label = name;
}
