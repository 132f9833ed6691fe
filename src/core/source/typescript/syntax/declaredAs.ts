import type { Module } from "./module";
import { boundNames, childrenOf, endOf, isFunctionNode, startOf, walk, type FunctionNode, type Node } from "./syntax";

/** How a name in reach of a place was declared, and whether what it holds is changed step by step. */
export interface Declared {
  readonly kind: "const" | "let" | "var" | "parameter" | "import" | "none";
  /** `w -= rate * g`, `w[j] -= …`, `w = step(w)`; a `let` that begins with one value and is given another. */
  readonly isStepped: boolean;
}

export function declaredAs(module: Module, name: string, at: Node): Declared {
  const { program } = module.file;
  for (const around of [...functionsAround(program, at)].reverse()) {
    if (around.params.flatMap(boundNames).includes(name)) return { kind: "parameter", isStepped: isStepped(around.body, name, true) };
    const found = declarationIn(around.body, name);
    if (found) return { kind: found.kind, isStepped: isStepped(around.body, name, found.hasValue) };
  }
  if (module.imports.has(name)) return { kind: "import", isStepped: false };
  const found = declarationIn(program, name);
  return found ? { kind: found.kind, isStepped: isStepped(program, name, found.hasValue) } : { kind: "none", isStepped: false };
}

function functionsAround(root: Node, at: Node): FunctionNode[] {
  const around: FunctionNode[] = [];
  walk(root, (node) => {
    if (startOf(node) > startOf(at) || endOf(node) < endOf(at)) return node === root;
    if (isFunctionNode(node) && node !== at) around.push(node);
    return undefined;
  });
  return around;
}

function declarationIn(root: Node, name: string): { kind: "const" | "let" | "var"; hasValue: boolean } | undefined {
  let found: { kind: "const" | "let" | "var"; hasValue: boolean } | undefined;
  const visit = (node: Node): void => {
    if (node.type === "VariableDeclaration") {
      for (const { id, init } of node.declarations) {
        if (boundNames(id).includes(name)) found ??= { kind: node.kind === "let" || node.kind === "var" ? node.kind : "const", hasValue: init !== null && init !== undefined };
      }
    }
    for (const child of childrenOf(node)) if (!isFunctionNode(child)) visit(child);
  };
  visit(root);
  return found;
}

function isStepped(root: Node, name: string, hasValue: boolean): boolean {
  let found = false;
  walk(root, (node) => {
    if (found) return false;
    if (node.type !== "AssignmentExpression") return undefined;
    const { left, right, operator } = node;
    if (left.type === "MemberExpression") {
      if (rootOf(left) === name && (operator !== "=" || mentions(right, name))) found = true;
    } else if (boundNames(left).includes(name) && (operator !== "=" || hasValue || mentions(right, name))) found = true;
    return undefined;
  });
  return found;
}

function rootOf(node: Node): string | undefined {
  if (node.type === "MemberExpression") return rootOf(node.object);
  return node.type === "Identifier" ? node.name : undefined;
}

function mentions(node: Node, name: string): boolean {
  let found = false;
  walk(node, (each) => {
    if (each.type === "Identifier" && each.name === name) found = true;
    return !found;
  });
  return found;
}
