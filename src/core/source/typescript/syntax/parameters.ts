import type { Module } from "./module";
import { endOf, startOf, walk, type FunctionNode, type Node } from "./syntax";

/** The name a parameter's coordinates begin with; of a pattern one made up, and the pattern itself. */
export function pathOf(param: Node, position: number): { path: string; pattern: Node } {
  const pattern = param.type === "AssignmentPattern" ? param.left : param.type === "RestElement" ? param.argument : param.type === "TSParameterProperty" ? param.parameter : param;
  return { path: pattern.type === "Identifier" ? pattern.name : `arg${position}`, pattern };
}

/** A pattern as it is written, without its type: `[x, y]` names the parameter as well as any name of ours. */
export function spelling({ text }: Module, pattern: Node): string {
  const annotated = "typeAnnotation" in pattern && pattern.typeAnnotation ? startOf(pattern.typeAnnotation) : endOf(pattern);
  return text.slice(startOf(pattern), annotated).trim();
}

/** The parameters that take arguments: TypeScript's `this` takes none. */
export function parametersOf(node: FunctionNode): Node[] {
  return node.params.filter((param) => !(param.type === "Identifier" && param.name === "this"));
}

export function usesArguments(node: FunctionNode): boolean {
  let found = false;
  walk(node.body, (each) => {
    if (each.type === "Identifier" && each.name === "arguments") found = true;
    return each.type !== "FunctionExpression" && each.type !== "FunctionDeclaration";
  });
  return found;
}

/** The highest `arguments[k]` that is read, and one. */
export function argumentCount(node: FunctionNode): number {
  let count = 1;
  walk(node.body, (each) => {
    if (each.type === "MemberExpression" && each.object.type === "Identifier" && each.object.name === "arguments" && each.property.type === "NumericLiteral") {
      count = Math.max(count, each.property.value + 1);
    }
    return undefined;
  });
  return count;
}
