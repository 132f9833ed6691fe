import type { Machine } from "../state/machine";
import type { Scope } from "../state/scope";
import { known, missing, type Value } from "../state/values";
import { bare, boundNames, isFunctionNode, walk, type Node } from "../syntax/syntax";
import { assignedIn } from "./assignedIn";
import { endOfRange, integerOf } from "./endOfRange";
import { evaluate } from "./expressions";
import type { Range } from "./loops";

interface CountedFor {
  readonly name: string;
  readonly range: Range;
  readonly isLocal: boolean;
  readonly after: Value;
}

const flipped: Record<string, string> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "!==": "!==", "!=": "!=" };

/** `for (let i = a; i < b; i += c)` where the body changes neither i nor b. */
export function countedFor(machine: Machine, scope: Scope, statement: Node & { type: "ForStatement" }): CountedFor | undefined {
  const { test, update, init } = statement;
  const step = update ? stepOf(update) : undefined;
  const condition = test ? bare(test) : undefined;
  if (!step || condition?.type !== "BinaryExpression" || condition.left.type === "PrivateName") return undefined;
  const { name } = step;
  const isLocal = init?.type === "VariableDeclaration" && init.kind !== "var" && init.declarations.some((each) => boundNames(each.id).includes(name));
  const assigned = assignedIn(scope, [statement.body]).names;
  if (assigned.has(name) || (!isLocal && isCaptured(statement.body, name))) return undefined;
  const left = linearIn(condition.left, name);
  const right = linearIn(condition.right, name);
  const offset = left ?? right;
  if (!offset || (left && right)) return undefined;
  const operator = left ? condition.operator : flipped[condition.operator];
  const bound = left ? condition.right : condition.left;
  if (!operator || changes(bound, statement.body, assigned) || (offset.node && changes(offset.node, statement.body, assigned))) return undefined;
  const start = scope.find(name)?.content;
  if (!start) return undefined;
  const from = integerOf(machine, start);
  if (!from) return undefined;
  const limit = evaluate(machine, scope, bound);
  const shift = offset.node ? evaluate(machine, scope, offset.node) : undefined;
  const to = endOfRange(machine, operator, limit, shift, offset.sign, step.by, bound);
  if (!to) return undefined;
  const constant = from.kind === "constant" && to.kind === "constant";
  const trips = constant ? Math.max(0, Math.ceil((to.value - from.value) / step.by)) : undefined;
  const leavesEarly = jumpsOut(statement.body);
  if (!isLocal && (trips === undefined || leavesEarly)) return undefined;
  if ((operator === "!==" || operator === "!=") && (!constant || (to.value - from.value) % step.by !== 0)) return undefined;
  const after = constant && trips !== undefined ? known(from.value + trips * step.by) : missing;
  return { name, range: { from, to, step: step.by }, isLocal, after };
}

function stepOf(update: Node): { name: string; by: number } | undefined {
  const node = bare(update);
  if (node.type === "UpdateExpression" && node.argument.type === "Identifier") return { name: node.argument.name, by: node.operator === "++" ? 1 : -1 };
  if (node.type !== "AssignmentExpression" || node.left.type !== "Identifier") return undefined;
  const { name } = node.left;
  const right = bare(node.right);
  const amount = (each: Node): number | undefined => (each.type === "NumericLiteral" && Number.isInteger(each.value) && each.value !== 0 ? each.value : undefined);
  if (node.operator === "+=" || node.operator === "-=") {
    const by = amount(right);
    return by === undefined ? undefined : { name, by: node.operator === "+=" ? by : -by };
  }
  if (node.operator === "=" && right.type === "BinaryExpression" && (right.operator === "+" || right.operator === "-") && right.left.type === "Identifier" && right.left.name === name) {
    const by = amount(right.right);
    return by === undefined ? undefined : { name, by: right.operator === "+" ? by : -by };
  }
  return undefined;
}

/** `i`, `i + e`, `e + i`, `i - e`, with e free of i. */
function linearIn(node: Node, name: string): { node?: Node; sign: 1 | -1 } | undefined {
  const each = bare(node);
  if (each.type === "Identifier") return each.name === name ? { sign: 1 } : undefined;
  if (each.type !== "BinaryExpression" || (each.operator !== "+" && each.operator !== "-")) return undefined;
  const isCounter = (side: Node): boolean => bare(side).type === "Identifier" && mentions(side, name);
  if (isCounter(each.left) && !mentions(each.right, name)) return { node: each.right, sign: each.operator === "+" ? 1 : -1 };
  if (each.operator === "+" && isCounter(each.right) && !mentions(each.left, name)) return { node: each.left, sign: 1 };
  return undefined;
}

function mentions(node: Node, name: string): boolean {
  let found = false;
  walk(node, (each) => {
    if (each.type === "Identifier" && each.name === name) found = true;
    return undefined;
  });
  return found;
}

const callers = new Set(["map", "forEach", "reduce", "reduceRight", "filter", "some", "every", "find", "findIndex", "flatMap", "sort", "from"]);

/** A function that outlives its iteration sees a counter that all iterations share; one that is called at once does not. */
function isCaptured(body: Node, name: string): boolean {
  let captured = false;
  const atOnce = new Set<Node>();
  walk(body, (node) => {
    if (node.type === "CallExpression") {
      const { callee } = node;
      const method = callee.type === "MemberExpression" && callee.property.type === "Identifier" ? callee.property.name : undefined;
      if (method !== undefined && callers.has(method)) for (const argument of node.arguments) atOnce.add(argument);
      if (isFunctionNode(bare(callee))) atOnce.add(bare(callee));
    }
    if (isFunctionNode(node) && !atOnce.has(node) && mentions(node, name)) captured = true;
    return undefined;
  });
  return captured;
}

const growers = new Set(["push", "pop", "shift", "unshift", "splice"]);

/** Could the body give the bound another value? */
function changes(bound: Node, body: Node, assigned: ReadonlySet<string>): boolean {
  let changed = false;
  const names = new Set<string>();
  walk(bound, (node) => {
    if (node.type === "Identifier") names.add(node.name);
    if (node.type === "CallExpression" && !(node.callee.type === "MemberExpression")) changed = true;
    if (node.type === "UpdateExpression" || node.type === "AssignmentExpression") changed = true;
    return undefined;
  });
  for (const name of names) if (assigned.has(name)) return true;
  walk(body, (node) => {
    if (node.type === "CallExpression" && node.callee.type === "MemberExpression" && node.callee.property.type === "Identifier"
      && growers.has(node.callee.property.name) && node.callee.object.type === "Identifier" && names.has(node.callee.object.name)) changed = true;
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && bound.type === "MemberExpression"
      && node.left.property.type === "Identifier" && bound.property.type === "Identifier" && node.left.property.name === bound.property.name) changed = true;
    return undefined;
  });
  return changed;
}

function jumpsOut(body: Node): boolean {
  let found = false;
  walk(body, (node) => {
    if (node.type === "BreakStatement" || node.type === "ReturnStatement" || node.type === "ContinueStatement") found = true;
    return !node.type.includes("Function");
  });
  return found;
}
