import { bare, boundNames, walk, type FunctionNode, type Node } from "./syntax";

/** Whether the function provides for this parameter not being passed, as one did before there were defaults: `k = k || 3`, `typeof k === "undefined"`, `k ?? 3`. */
export function isSupplied(node: FunctionNode, param: Node): boolean {
  const [name] = param.type === "Identifier" ? boundNames(param) : [];
  if (name === undefined) return false;
  const isIt = (each: Node): boolean => {
    const inner = bare(each);
    return inner.type === "Identifier" && inner.name === name;
  };
  let found = false;
  walk(node.body, (each) => {
    if (each.type === "LogicalExpression") found ||= (each.operator === "||" || each.operator === "??") && isIt(each.left);
    else if (each.type === "AssignmentExpression") found ||= (each.operator === "||=" || each.operator === "??=") && isIt(each.left);
    else if (each.type === "BinaryExpression") found ||= /^[!=]==?$/.test(each.operator) && comparesWithNothing(each.left, each.right, isIt);
    return !found;
  });
  return found;
}

/** `k === undefined`, `k == null`, `typeof k === "undefined"`, `k === void 0`. */
function comparesWithNothing(left: Node, right: Node, isIt: (each: Node) => boolean): boolean {
  const isNothing = (each: Node): boolean => (each.type === "Identifier" && each.name === "undefined") || each.type === "NullLiteral"
    || (each.type === "UnaryExpression" && each.operator === "void");
  const isTypeOf = (each: Node): boolean => each.type === "UnaryExpression" && each.operator === "typeof" && isIt(each.argument);
  return (isIt(left) && isNothing(right)) || (isTypeOf(left) && right.type === "StringLiteral" && right.value === "undefined");
}
