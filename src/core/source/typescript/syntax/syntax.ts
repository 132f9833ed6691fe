import type * as t from "@babel/types";

export type Node = t.Node;
export type Expression = t.Expression;
export type Statement = t.Statement;
export type FunctionNode =
  | t.FunctionDeclaration | t.FunctionExpression | t.ArrowFunctionExpression | t.ObjectMethod | t.ClassMethod | t.ClassPrivateMethod;
export type ClassNode = t.ClassDeclaration | t.ClassExpression;

export function isFunctionNode(node: Node): node is FunctionNode {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassPrivateMethod": return true;
    default: return false;
  }
}

export function isClassNode(node: Node): node is ClassNode {
  return node.type === "ClassDeclaration" || node.type === "ClassExpression";
}

export const startOf = (node: Node): number => node.start ?? 0;
export const endOf = (node: Node): number => node.end ?? startOf(node);

const skipped = new Set([
  "loc", "start", "end", "range", "extra", "leadingComments", "trailingComments", "innerComments", "errors", "comments", "tokens",
  "typeAnnotation", "returnType", "typeParameters", "typeArguments", "superTypeParameters", "implements",
]);

function isNode(thing: unknown): thing is Node {
  return typeof thing === "object" && thing !== null && "type" in thing && typeof thing.type === "string";
}

const none: readonly Node[] = [];
/** Trees are walked many times and never change. */
const foundChildren = new WeakMap<Node, readonly Node[]>();

/** The node's children that run; types are left out. */
export function childrenOf(node: Node): readonly Node[] {
  // What tables of data are made of, by the thousand.
  switch (node.type) {
    case "Identifier":
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
    case "ThisExpression": return none;
    case "ArrayExpression": return node.elements.filter((element) => element !== null);
    case "ObjectExpression": return node.properties;
    case "ObjectProperty": return [node.key, node.value];
    default: break;
  }
  const found = foundChildren.get(node);
  if (found) return found;
  const children: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (skipped.has(key)) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
  foundChildren.set(node, children);
  return children;
}

/** Visits the node and all below it; `enter` returning false skips what is below. */
export function walk(node: Node, enter: (node: Node) => boolean | undefined): void {
  if (enter(node) === false) return;
  for (const child of childrenOf(node)) walk(child, enter);
}

/** `(e)`, `e as T`, `e satisfies T`, `e!`, `<T>e`: all mean e. */
export function bare(node: Node): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
    case "ParenthesizedExpression": return bare(node.expression);
    default: return node;
  }
}

/** Names a pattern binds. */
export function boundNames(pattern: Node): string[] {
  switch (pattern.type) {
    case "Identifier": return [pattern.name];
    case "AssignmentPattern": return boundNames(pattern.left);
    case "RestElement": return boundNames(pattern.argument);
    case "ArrayPattern": return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => boundNames(property.type === "RestElement" ? property.argument : property.value));
    case "TSParameterProperty": return boundNames(pattern.parameter);
    default: return [];
  }
}

/** The name a property key spells, unless it is computed. */
export function keyName(key: Node, computed: boolean): string | undefined {
  if (computed && key.type !== "StringLiteral" && key.type !== "NumericLiteral") return undefined;
  switch (key.type) {
    case "Identifier": return key.name;
    case "PrivateName": return `#${key.id.name}`;
    case "StringLiteral": return key.value;
    case "NumericLiteral": return String(key.value);
    default: return undefined;
  }
}
