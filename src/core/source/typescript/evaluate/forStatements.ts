import { call, int } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { assignTo } from "./assignments";
import { entriesWalked, firstNameOf } from "./entriesLoop";
import { evaluate } from "./expressions";
import { iterableOf } from "../lists/iterables";
import type { ValueSlot } from "../state/journal";
import { capacityOf, lengthOf, lengthValue } from "../lists/lists";
import { runOver, runRange, withTarget, type Range } from "./loops";
import { runWhile } from "./whileLoops";
import type { Machine } from "../state/machine";
import { asFloat, asNumber, isInteger } from "./numbers";
import { bindPattern } from "./patterns";
import { propertiesOf } from "../lists/properties";
import { Scope } from "../state/scope";
import { NotStatic } from "../state/signals";
import { bindVariable, runStatement } from "./statements";
import { staysTrue } from "../syntax/endless";
import { bare, boundNames, isFunctionNode, walk, type Node } from "../syntax/syntax";
import { known, missing, type Value } from "../state/values";

/** Outer variables that the nodes are seen to assign. */
export function assignedIn(scope: Scope, nodes: readonly (Node | null | undefined)[]): { slots: ValueSlot[]; names: Set<string> } {
  const names = new Set<string>();
  const declared = new Set<string>();
  for (const root of nodes) {
    if (!root) continue;
    walk(root, (node) => {
      if (node.type === "AssignmentExpression" && node.left.type !== "MemberExpression") for (const name of boundNames(node.left)) names.add(name);
      if (node.type === "UpdateExpression" && node.argument.type === "Identifier") names.add(node.argument.name);
      if (node.type === "VariableDeclaration" && node.kind !== "var") for (const each of node.declarations) for (const name of boundNames(each.id)) declared.add(name);
      return undefined;
    });
  }
  const slots: ValueSlot[] = [];
  for (const name of names) {
    const slot = declared.has(name) ? undefined : scope.find(name);
    if (slot) slots.push(slot);
  }
  return { slots, names };
}

export function readFor(machine: Machine, scope: Scope, statement: Node & { type: "ForStatement" }, label: string | undefined): void {
  const outer = new Scope(scope, scope.module, scope.frame);
  if (statement.init) {
    if (statement.init.type === "VariableDeclaration") runStatement(machine, outer, statement.init);
    else evaluate(machine, outer, statement.init);
  }
  const counted = countedFor(machine, outer, statement);
  if (counted) {
    const { range, name, isLocal } = counted;
    const { slots } = assignedIn(outer, [statement.body]);
    const counter = outer.find(name);
    withTarget(machine, "loop", label, () => {
      runRange(machine, {
        node: statement, range, label: name, carried: slots.filter((slot) => slot !== counter),
        body: (index) => {
          const inner = new Scope(outer, scope.module, scope.frame);
          inner.declare(name, machine.slot(index, name));
          runStatement(machine, inner, statement.body);
        },
      });
    });
    if (!isLocal && counter) machine.journal.setValue(counter, counted.after);
    return;
  }
  const { slots } = assignedIn(outer, [statement.body, statement.update, statement.test]);
  const { test, update } = statement;
  withTarget(machine, "loop", label, () => {
    runWhile(machine, {
      node: statement, carried: slots, testsLast: false, staysTrue: staysTrue(test, statement.body, scope.module.reassigned),
      test: test ? () => evaluate(machine, outer, test) : undefined,
      body: () => runStatement(machine, new Scope(outer, scope.module, scope.frame), statement.body),
      update: update ? () => { evaluate(machine, outer, update); } : undefined,
    });
  });
}

interface CountedFor {
  readonly name: string;
  readonly range: Range;
  readonly isLocal: boolean;
  readonly after: Value;
}

const flipped: Record<string, string> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "!==": "!==", "!=": "!=" };

/** `for (let i = a; i < b; i += c)` where the body changes neither i nor b. */
function countedFor(machine: Machine, scope: Scope, statement: Node & { type: "ForStatement" }): CountedFor | undefined {
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

function integerOf(machine: Machine, value: Value): Expression | undefined {
  if (value.kind === "static") return typeof value.value === "number" && isInteger(value.value + 0) ? int(value.value) : undefined;
  return value.kind === "scalar" && value.type === "i32" ? machine.isStable(value.expression) ? value.expression : machine.named(value.expression) : undefined;
}

function endOfRange(machine: Machine, operator: string, limit: Value, shift: Value | undefined, sign: 1 | -1, step: number, node: Node): Expression | undefined {
  const isUp = operator === "<" || operator === "<=" || ((operator === "!==" || operator === "!=") && step > 0);
  if (isUp !== step > 0) return undefined;
  const inclusive = operator === "<=" || operator === ">=";
  const bound = asNumber(machine, limit, node);
  const moved = shift === undefined ? undefined : asNumber(machine, shift, node);
  if (bound.kind === "static" && (moved === undefined || moved.kind === "static")) {
    const value = Number(bound.value) - sign * Number(moved?.value ?? 0);
    if (!Number.isFinite(value) || Math.abs(value) > 2 ** 31) return undefined;
    return int(isUp ? (inclusive ? Math.floor(value) + 1 : Math.ceil(value)) : (inclusive ? Math.ceil(value) - 1 : Math.floor(value)));
  }
  if (machine.staticOnly > 0) throw new NotStatic("loop bound");
  const whole = integral(machine, bound, isUp, inclusive, node);
  if (!whole) return undefined;
  if (!moved) return whole;
  const offset = moved.kind === "static" ? integerOf(machine, moved) : moved.type === "i32" ? moved.expression : undefined;
  return offset ? call(sign > 0 ? "subtractInt" : "addInt", [whole, offset]) : undefined;
}

function integral(machine: Machine, bound: ReturnType<typeof asNumber>, isUp: boolean, inclusive: boolean, node: Node): Expression | undefined {
  const extra = inclusive ? (isUp ? 1 : -1) : 0;
  if (bound.kind === "static") return int(Math.ceil(Number(bound.value)) + extra);
  if (bound.type === "i32") return extra === 0 ? bound.expression : call("addInt", [bound.expression, int(extra)]);
  // A count that is an argument is no unknown: nothing can be differentiated by it.
  machine.arguments?.needsKnown(bound.expression, "bound of a loop");
  const value = asFloat(machine, bound, node);
  const rounded = call(isUp !== inclusive ? "ceil" : "floor", [value]);
  const whole = call("toInt", [rounded]);
  return extra === 0 ? whole : call("addInt", [whole, int(extra)]);
}

export function readForOf(machine: Machine, scope: Scope, statement: Node & { type: "ForOfStatement" }, label: string | undefined): void {
  if (statement.await) throw machine.refuse(statement, "E101", "for await is not supported.", "Load the data before the function is called.");
  const entries = entriesWalked(machine, scope, statement.right);
  const list = entries ?? iterableOf(machine, evaluate(machine, scope, statement.right), statement.right);
  const { slots } = assignedIn(scope, [statement.body]);
  const name = nameOf(statement.left);
  const index = entries ? firstNameOf(statement.left) : name ? `${name}_index` : undefined;
  withTarget(machine, "loop", label, () => {
    runOver(machine, list, {
      node: statement, carried: slots, ...(index ? { label: index } : {}),
      body: (element, at) => {
        const inner = new Scope(scope, scope.module, scope.frame);
        bindLeft(machine, inner, statement.left, entries ? machine.listOf([at, element]) : element);
        runStatement(machine, inner, statement.body);
      },
    });
  });
}

function nameOf(left: Node): string | undefined {
  const [declarator] = left.type === "VariableDeclaration" ? left.declarations : [];
  return declarator?.id.type === "Identifier" ? declarator.id.name : undefined;
}

function bindLeft(machine: Machine, scope: Scope, left: Node, element: Value): void {
  if (left.type === "VariableDeclaration") {
    const isVar = left.kind === "var";
    for (const { id } of left.declarations) {
      bindPattern(machine, scope, id, element, (name, value, node) => bindVariable(machine, scope, name, value, node, isVar));
    }
  } else assignTo(machine, scope, left, element);
}

export function readForIn(machine: Machine, scope: Scope, statement: Node & { type: "ForInStatement" }, label: string | undefined): void {
  const subject = evaluate(machine, scope, statement.right);
  const { slots } = assignedIn(scope, [statement.body]);
  const each = (key: Value): void => {
    const inner = new Scope(scope, scope.module, scope.frame);
    bindLeft(machine, inner, statement.left, key);
    runStatement(machine, inner, statement.body);
  };
  withTarget(machine, "loop", label, () => {
    if (subject.kind === "list" || subject.kind === "hole") {
      // The keys of an array are its indices; that they are strings is of no use to anybody.
      const list = iterableOf(machine, subject, statement.right);
      const length = lengthOf(list);
      const to = length === undefined ? lengthValue(list) : undefined;
      runRange(machine, {
        node: statement, carried: slots, body: each,
        range: { from: int(0), step: 1, to: to?.kind === "scalar" ? to.expression : int(length ?? capacityOf(list)) },
      });
      return;
    }
    const keys = [...(propertiesOf(subject)?.keys() ?? [])];
    runOver(machine, machine.listOf(keys.map((key) => known(key))), { node: statement, carried: slots, body: each });
  });
}

export function readWhile(machine: Machine, scope: Scope, statement: Node & { type: "WhileStatement" | "DoWhileStatement" }, label: string | undefined): void {
  const { slots } = assignedIn(scope, [statement.body, statement.test]);
  withTarget(machine, "loop", label, () => {
    runWhile(machine, {
      node: statement, carried: slots, testsLast: statement.type === "DoWhileStatement", update: undefined,
      staysTrue: staysTrue(statement.test, statement.body, scope.module.reassigned),
      test: () => evaluate(machine, scope, statement.test),
      body: () => runStatement(machine, new Scope(scope, scope.module, scope.frame), statement.body),
    });
  });
}

