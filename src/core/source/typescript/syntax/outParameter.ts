import { bare, boundNames, childrenOf, type FunctionNode, type Node } from "./syntax";

/**
 * A parameter that takes results rather than gives values, `out[i] = …`, `if (grad) grad[0] = …`. "optional": the function asks whether it is
 * there. What is read of it before it is written makes it a parameter like any other.
 */
export function outParameter(node: FunctionNode, param: Node): "filled" | "optional" | undefined {
  const [name] = param.type === "Identifier" ? boundNames(param) : [];
  if (name === undefined) return undefined;
  let isAsked = false;
  let isWritten = false;
  let isRead = false;
  const isIt = (each: Node | null | undefined): boolean => each?.type === "Identifier" && each.name === name;
  const visit = (each: Node): void => {
    if (isRead) return;
    switch (each.type) {
      case "AssignmentExpression":
        if (each.operator === "=" && rootIs(each.left, name) && each.left.type === "MemberExpression") {
          visit(each.right);
          if (each.left.computed) visit(each.left.property);
          isWritten = true;
          return;
        }
        // `grad = grad || []`.
        if (isIt(each.left) && each.right.type === "LogicalExpression" && isIt(each.right.left)) {
          isAsked = true;
          return visit(each.right.right);
        }
        break;
      case "CallExpression": {
        const { callee } = each;
        if (callee.type === "MemberExpression" && isIt(callee.object) && callee.property.type === "Identifier" && ["push", "fill", "splice"].includes(callee.property.name)) {
          isWritten = true;
          return each.arguments.forEach(visit);
        }
        break;
      }
      case "IfStatement":
      case "ConditionalExpression":
        if (asks(each.test, isIt)) {
          isAsked = true;
          visit(each.consequent);
          if (each.alternate) visit(each.alternate);
          return;
        }
        break;
      case "LogicalExpression":
        if (each.operator === "&&" && asks(each.left, isIt)) {
          isAsked = true;
          return visit(each.right);
        }
        break;
      case "MemberExpression":
        if (!each.computed) {
          // `out.length = 0`, and asking how long it is, give nothing away.
          if (isIt(each.object) && each.property.type === "Identifier" && each.property.name === "length") return;
          return visit(each.object);
        }
        break;
      case "ObjectProperty":
        return visit(each.value);
      case "Identifier":
        if (each.name === name && !isWritten) isRead = true;
        return;
      default: break;
    }
    for (const child of childrenOf(each)) visit(child);
  };
  visit(node.body);
  if (isRead || !isWritten) return undefined;
  return isAsked ? "optional" : "filled";
}

/** `grad`, `grad !== undefined`, `grad && …`, `!grad`. */
function asks(test: Node, isIt: (node: Node) => boolean): boolean {
  const each = bare(test);
  if (isIt(each)) return true;
  if (each.type === "UnaryExpression") return (each.operator === "!" || each.operator === "typeof") && asks(each.argument, isIt);
  if (each.type === "BinaryExpression") return /^[!=]==?$/.test(each.operator) && (asks(each.left, isIt) || asks(each.right, isIt));
  if (each.type === "MemberExpression") return !each.computed && each.property.type === "Identifier" && each.property.name === "length" && asks(each.object, isIt);
  return each.type === "LogicalExpression" && asks(each.left, isIt);
}

function rootIs(node: Node, name: string): boolean {
  if (node.type === "MemberExpression") return rootIs(node.object, name);
  return node.type === "Identifier" && node.name === name;
}
