import { boundNames, childrenOf, isFunctionNode, type Node } from "./syntax";

const changing = new Set(["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin", "set", "add", "delete", "clear"]);
const iterating = new Set(["forEach", "map", "reduce", "reduceRight", "filter", "some", "every", "find", "findIndex", "flatMap", "sort", "from"]);

/** Names that a statement, when it is run, declares, or else assigns or changes a part of: in callbacks that are called at once, too. */
export function writtenBy(statement: Node): ReadonlyMap<string, "declared" | "changed"> {
  const names = new Map<string, "declared" | "changed">();
  const visit = (node: Node): void => {
    switch (node.type) {
      case "VariableDeclaration":
        for (const each of node.declarations) for (const name of boundNames(each.id)) names.set(name, "declared");
        break;
      case "ClassDeclaration":
        if (node.id) names.set(node.id.name, "declared");
        break;
      case "AssignmentExpression":
        for (const name of boundNames(node.left)) note(name);
        note(rootOf(node.left));
        break;
      case "UpdateExpression": note(rootOf(node.argument)); break;
      case "CallExpression":
        if (node.callee.type === "MemberExpression" && node.callee.property.type === "Identifier" && changing.has(node.callee.property.name)) note(rootOf(node.callee.object));
        return call(node);
      default: break;
    }
    for (const child of childrenOf(node)) if (!isFunctionNode(child)) visit(child);
  };
  /** A listener waits; the callback of an iteration, and a function that is called where it stands, run. */
  const call = (node: Node & { type: "CallExpression" }): void => {
    const { callee } = node;
    const runs = callee.type === "MemberExpression" && callee.property.type === "Identifier" && iterating.has(callee.property.name);
    if (isFunctionNode(callee)) visit(callee.body);
    else visit(callee);
    for (const arg of node.arguments) {
      if (!isFunctionNode(arg)) visit(arg);
      else if (runs) visit(arg.body);
    }
  };
  const note = (name: string | undefined): void => {
    if (name !== undefined && !names.has(name)) names.set(name, "changed");
  };
  visit(statement);
  return names;
}

function rootOf(node: Node): string | undefined {
  switch (node.type) {
    case "Identifier": return node.name;
    case "MemberExpression":
    case "TSNonNullExpression":
    case "TSAsExpression": return rootOf(node.type === "MemberExpression" ? node.object : node.expression);
    default: return undefined;
  }
}
