import { int } from "../../../ir/build";
import { assignedIn } from "./assignedIn";
import { assignTo } from "./assignments";
import { countedFor } from "./countedFor";
import { entriesWalked, firstNameOf } from "./entriesLoop";
import { evaluate } from "./expressions";
import { iterableOf } from "../lists/iterables";
import { capacityOf, lengthOf, lengthValue } from "../lists/lists";
import { runOver, runRange, withTarget } from "./loops";
import { runWhile } from "./whileLoops";
import type { Machine } from "../state/machine";
import { bindPattern } from "./patterns";
import { propertiesOf } from "../lists/properties";
import { Scope } from "../state/scope";
import { bindVariable, runStatement } from "./statements";
import { staysTrue } from "../syntax/endless";
import type { Node } from "../syntax/syntax";
import { known, type Value } from "../state/values";

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
