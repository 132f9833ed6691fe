import type { Span } from "../../positions";
import type { UserStatement } from "../../program";
import type { Module } from "./module";
import { childrenOf, endOf, type Node, startOf } from "./syntax";

/** The innermost statement around a span; of a loop or branch, what stands outside its body is the statement itself. */
export function statementAt(module: Module, span: Span): UserStatement | undefined {
  let found: Node | undefined;
  for (let node: Node | undefined = module.file.program, parent: Node | undefined; node; ) {
    if (isStatement(node) || (parent && isReturned(node, parent))) found = node;
    parent = node;
    node = childrenOf(node).find((child) => startOf(child) <= span.start && endOf(child) >= span.end);
  }
  if (!found) return undefined;
  const whole = { start: startOf(found), end: endOf(found) };
  const end = bodyOf(found)?.start ?? whole.end;
  const source = module.text.slice(whole.start, end).replace(/\s+/g, " ").trim();
  return { kind: kindOf(found), span: whole, line: module.lines.position(whole.start).line, source };
}

/** The body of (x) => x * x, which says what is returned. */
const isReturned = (node: Node, parent: Node): boolean => parent.type === "ArrowFunctionExpression" && parent.body === node && node.type !== "BlockStatement";

function isStatement(node: Node): boolean {
  switch (node.type) {
    case "VariableDeclaration":
    case "ExpressionStatement":
    case "ReturnStatement": return true;
    default: return kindOf(node) !== "plain";
  }
}

function kindOf(node: Node): UserStatement["kind"] {
  switch (node.type) {
    case "ForStatement":
    case "ForOfStatement":
    case "ForInStatement":
    case "WhileStatement":
    case "DoWhileStatement": return "loop";
    case "IfStatement": return "branch";
    default: return "plain";
  }
}

function bodyOf(node: Node): Node | undefined {
  switch (node.type) {
    case "ForStatement":
    case "ForOfStatement":
    case "ForInStatement":
    case "WhileStatement": return node.body;
    case "IfStatement": return node.consequent;
    default: return undefined;
  }
}
