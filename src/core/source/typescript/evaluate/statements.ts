import { call } from "../../../ir/build";
import { declareClass } from "./classes";
import { declareEnum, declareNamespace } from "./namespaces";
import { readTry, throwTo } from "./tryStatement";
import { branchOn, unlessStopped, unlessThrown, stopped } from "./control";
import { evaluate, evaluateAssigned, makeFunction } from "./expressions";
import { readFor, readForIn, readForOf, readWhile } from "./forStatements";
import type { Machine } from "../state/machine";
import { asCondition } from "./numbers";
import { bindPattern } from "./patterns";
import { Scope } from "../state/scope";
import { nameResult } from "../state/resultNames";
import { readSwitch } from "./switchStatement";
import { boundNames, walk, type Node, type Statement } from "../syntax/syntax";
import { known, missing, type RecordView, type Value } from "../state/values";
import { firstArray } from "../lists/dense";
import { detached } from "../lists/store";
import { setSlot } from "../state/variables";
import { withTarget } from "./loops";

/** Names that are in reach before their statement: functions, and `var`s as undefined. */
export function hoist(machine: Machine, scope: Scope, body: readonly Node[]): void {
  for (const statement of body) {
    const declaration = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id && declaration.body) {
      scope.declare(declaration.id.name, machine.slot(makeFunction(machine, scope, declaration, declaration.id.name), declaration.id.name));
    }
  }
}

export function hoistVars(machine: Machine, scope: Scope, node: Node): void {
  const visit = (each: Node, block: Node): void => {
    if (each.type === "VariableDeclaration" && each.kind === "var") {
      for (const { id, init } of each.declarations) {
        for (const name of boundNames(id)) {
          const isSet = init || block.type === "ForOfStatement" || block.type === "ForInStatement";
          if (isSet && block !== node && isUsedOnlyIn(block, node, name)) continue;
          if (!scope.own(name)) declareVariable(machine, scope, name, missing);
        }
      }
    }
    const inner = each.type === "BlockStatement" || each.type.startsWith("For") ? each : block;
    for (const child of statementsIn(each)) visit(child, inner);
  };
  visit(node, node);
}

/** A `var` that is set and used in one block is a variable of that block, whatever the language says. */
function isUsedOnlyIn(block: Node, whole: Node, name: string): boolean {
  const count = (root: Node): number => {
    let uses = 0;
    walk(root, (each) => {
      if (each.type === "Identifier" && each.name === name) uses++;
      return undefined;
    });
    return uses;
  };
  return count(block) === count(whole);
}

/** Statements directly inside a statement; functions are a world of their own. */
function statementsIn(node: Node): Node[] {
  switch (node.type) {
    case "BlockStatement":
    case "Program": return node.body;
    case "IfStatement": return node.alternate ? [node.consequent, node.alternate] : [node.consequent];
    case "ForStatement": return node.init?.type === "VariableDeclaration" ? [node.init, node.body] : [node.body];
    case "ForOfStatement":
    case "ForInStatement": return [node.left, node.body];
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement": return [node.body];
    case "TryStatement": return [node.block, ...(node.handler ? [node.handler.body] : []), ...(node.finalizer ? [node.finalizer] : [])];
    case "SwitchStatement": return node.cases.flatMap((each) => each.consequent);
    case "ExportNamedDeclaration": return node.declaration ? [node.declaration] : [];
    default: return [];
  }
}

export function declareVariable(machine: Machine, scope: Scope, name: string, value: Value): void {
  const slot = machine.slot(value, name);
  const counter = scope.module.counters.get(name);
  if (counter) machine.counters.set(slot, counter);
  scope.declare(name, slot);
}

/** A statement list: after a jump the rest is skipped, at run time where the jump is. */
export function runStatements(machine: Machine, scope: Scope, body: readonly Node[], from = 0): void {
  for (let i = from; i < body.length; i++) {
    const statement = body[i];
    if (!statement) continue;
    const rest = (): void => runStatements(machine, scope, body, i + 1);
    if (statement.type === "IfStatement" && i + 1 < body.length) {
      const test = asCondition(machine, evaluate(machine, scope, statement.test), statement.test);
      if (typeof test !== "boolean") {
        const { consequent, alternate } = statement;
        const otherwise = (): void => { if (alternate) runStatement(machine, scope, alternate); };
        // What follows a branch that always leaves belongs to the other branch.
        if (alwaysLeaves(consequent)) {
          return branchOn(machine, test, statement, () => runStatement(machine, scope, consequent), () => { otherwise(); unlessStopped(machine, statement, rest); });
        }
        if (alternate && alwaysLeaves(alternate)) {
          return branchOn(machine, test, statement, () => { runStatement(machine, scope, consequent); unlessStopped(machine, statement, rest); }, otherwise);
        }
        branchOn(machine, test, statement, () => runStatement(machine, scope, consequent), otherwise);
      } else runIf(machine, scope, statement, test);
    } else runStatement(machine, scope, statement);
    const stop = stopped(machine);
    if (stop === true) return;
    if (stop !== false && i + 1 < body.length) return branchOn(machine, call("not", [stop]), statement, rest, () => undefined);
  }
}

function alwaysLeaves(statement: Node): boolean {
  switch (statement.type) {
    case "ReturnStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "ThrowStatement": return true;
    case "BlockStatement": return statement.body.some(alwaysLeaves);
    case "IfStatement": return statement.alternate !== null && statement.alternate !== undefined && alwaysLeaves(statement.consequent) && alwaysLeaves(statement.alternate);
    default: return false;
  }
}

function runIf(machine: Machine, scope: Scope, statement: Node & { type: "IfStatement" }, test: boolean): void {
  if (test) runStatement(machine, scope, statement.consequent);
  else if (statement.alternate) runStatement(machine, scope, statement.alternate);
}

export function runBlock(machine: Machine, scope: Scope, body: readonly Statement[]): void {
  const inner = new Scope(scope, scope.module, scope.frame);
  hoist(machine, inner, body);
  runStatements(machine, inner, body);
}

export function runStatement(machine: Machine, scope: Scope, statement: Node): void {
  machine.budget.step(statement);
  switch (statement.type) {
    case "ExpressionStatement": return discard(machine, scope, statement.expression);
    case "VariableDeclaration": return declare(machine, scope, statement);
    case "FunctionDeclaration":
    case "EmptyStatement":
    case "DebuggerStatement":
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction": return;
    case "ExportNamedDeclaration": if (statement.declaration) runStatement(machine, scope, statement.declaration); return;
    case "ExportDefaultDeclaration": if (statement.declaration.type === "ClassDeclaration") runStatement(machine, scope, statement.declaration); return;
    case "ClassDeclaration": declareClass(machine, scope, statement); return;
    case "TSEnumDeclaration": return declareEnum(machine, scope, statement);
    case "TSModuleDeclaration": return declareNamespace(machine, scope, statement);
    case "BlockStatement": return runBlock(machine, scope, statement.body);
    case "ReturnStatement": {
      const { frame } = scope;
      const value = statement.argument ? evaluate(machine, scope, statement.argument) : missing;
      machine.returnSites.set(frame.result, statement);
      return unlessThrown(machine, statement, () => {
        machine.journal.setValue(frame.result, value);
        machine.journal.setValue(frame.returned, known(true));
      });
    }
    case "IfStatement": {
      const test = asCondition(machine, evaluate(machine, scope, statement.test), statement.test);
      if (typeof test === "boolean") return runIf(machine, scope, statement, test);
      return branchOn(machine, test, statement, () => runIf(machine, scope, statement, true), () => runIf(machine, scope, statement, false));
    }
    case "ForStatement": return readFor(machine, scope, statement, undefined);
    case "ForOfStatement": return readForOf(machine, scope, statement, undefined);
    case "ForInStatement": return readForIn(machine, scope, statement, undefined);
    case "WhileStatement":
    case "DoWhileStatement": return readWhile(machine, scope, statement, undefined);
    case "LabeledStatement": return labelled(machine, scope, statement.label.name, statement.body);
    case "SwitchStatement": return readSwitch(machine, scope, statement);
    case "BreakStatement":
    case "ContinueStatement": return jump(machine, scope, statement);
    case "ThrowStatement": {
      const catcher = machine.catchers.at(-1);
      if (catcher) return throwTo(machine, catcher, evaluate(machine, scope, statement.argument));
      // Of the file's own statements nothing goes on behind it, and what it says is about the data.
      if (machine.seeding) throw machine.refuse(statement, "E112", thrownByFile(machine, scope, statement), "Check the data that are read here.");
      const span = machine.spanOf(statement);
      machine.emit({ kind: "trap", code: "E112", message: thrownMessage(statement), ...(span ? { span } : {}) });
      machine.journal.setValue(machine.trapped, known(true));
      machine.lastThrow = machine.refuse(statement, "E112", thrownMessage(statement).replace("throws for this input", "throws whatever it is given"), "Return a number instead.");
      return;
    }
    case "TryStatement": return readTry(machine, scope, statement);
    default: throw machine.refuse(statement, "E101", `This statement is not supported here.`, "Write it with assignments, conditions and loops.");
  }
}

/** `i++;` needs no copy of the old value. */
function discard(machine: Machine, scope: Scope, expression: Node): void {
  machine.discards = expression.type === "UpdateExpression";
  try {
    evaluate(machine, scope, expression);
  } finally {
    machine.discards = false;
  }
}

function thrownByFile(machine: Machine, scope: Scope, statement: Node & { type: "ThrowStatement" }): string {
  const text = textThrown(statement);
  const said = text && evaluate(machine, scope, text);
  return said?.kind === "static" && typeof said.value === "string" ? `The file throws when it is read: ${said.value}` : "The file throws when it is read.";
}

function thrownMessage(statement: Node & { type: "ThrowStatement" }): string {
  const text = textThrown(statement);
  return text?.type === "StringLiteral" ? `The function throws for this input: ${text.value}` : "The function throws for this input.";
}

/** The text in `throw new Error(text)`. */
function textThrown({ argument }: Node & { type: "ThrowStatement" }): Node | undefined {
  return argument.type === "NewExpression" || argument.type === "CallExpression" ? argument.arguments[0] : undefined;
}

function declare(machine: Machine, scope: Scope, statement: Node & { type: "VariableDeclaration" }): void {
  for (const { id, init } of statement.declarations) {
    if (!init) {
      if (statement.kind !== "var" && id.type === "Identifier") declareVariable(machine, scope, id.name, missing);
      continue;
    }
    const value = evaluateAssigned(machine, scope, init, id.type === "Identifier" ? id.name : undefined);
    if (id.type === "Identifier") nameResult(value, id.name, init);
    bindPattern(machine, scope, id, value, (name, part, node) => bindVariable(machine, scope, name, part, node, statement.kind === "var"));
  }
}

/** What is never written again is a name for its value; a variable has a place of its own. */
export function bindVariable(machine: Machine, scope: Scope, name: string, given: Value, node: Node, isVar: boolean): void {
  const value = given.kind === "record" && machine.copiesObjects ? copied(machine, given, node) : given;
  if (value.kind === "list" && !machine.labels.has(value)) machine.labels.set(value, name);
  machine.keepView(value);
  const isFixed = !scope.module.reassigned.has(name);
  if (isVar) {
    const slot = scope.find(name);
    if (slot) return isFixed ? machine.journal.setValue(slot, fixed(machine, value, name)) : setSlot(machine, slot, value, node);
  }
  if (isFixed) {
    const slot = machine.slot(fixed(machine, value, name), name);
    scope.declare(name, slot);
    return;
  }
  declareVariable(machine, scope, name, missing);
  const slot = scope.own(name);
  if (!slot) return;
  if (value.kind === "scalar" && value.expression.kind === "read" && machine.dependence.isStable(value.expression)) machine.journal.setValue(slot, value);
  else setSlot(machine, slot, value, node);
}

function copied(machine: Machine, view: RecordView, node: Node): Value {
  const array = firstArray(view.layout);
  const copy = detached(machine, view, node);
  if (array) machine.copiedFrom.add(array);
  if (copy.kind === "object") machine.copies.add(copy);
  return copy;
}

function fixed(machine: Machine, value: Value, name: string): Value {
  if (value.kind !== "scalar" || value.type === "i32") return machine.freeze(value, name);
  const { expression } = value;
  if (expression.kind === "read" && machine.dependence.isStable(expression)) return value;
  return { ...value, expression: machine.named(expression, name) };
}

function labelled(machine: Machine, scope: Scope, label: string, body: Node): void {
  switch (body.type) {
    case "ForStatement": return readFor(machine, scope, body, label);
    case "ForOfStatement": return readForOf(machine, scope, body, label);
    case "ForInStatement": return readForIn(machine, scope, body, label);
    case "WhileStatement":
    case "DoWhileStatement": return readWhile(machine, scope, body, label);
    default: withTarget(machine, "block", label, () => runStatement(machine, scope, body));
  }
}

function jump(machine: Machine, scope: Scope, statement: Node & { type: "BreakStatement" | "ContinueStatement" }): void {
  const isBreak = statement.type === "BreakStatement";
  const label = statement.label?.name;
  const target = [...scope.frame.jumps].reverse().find((each) => (label === undefined ? each.kind === "loop" || (isBreak && each.kind === "switch") : each.label === label));
  if (!target) throw machine.refuse(statement, "E100", `There is no loop to ${isBreak ? "break out of" : "continue"} here.`);
  machine.journal.setValue(isBreak ? target.broken : target.continued, known(true));
}
