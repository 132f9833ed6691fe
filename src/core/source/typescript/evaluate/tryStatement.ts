import type { Machine } from "../state/machine";
import { Scope, type Catcher } from "../state/scope";
import { known, missing, type Value } from "../state/values";
import type { Node, Statement } from "../syntax/syntax";
import { anyOf, branchOn } from "./control";
import { bindPattern } from "./patterns";
import { declareVariable, runBlock } from "./statements";

/** Arithmetic throws nothing: only a `throw` of the user's leads to the handler, and it is a jump like any other. */
export function readTry(machine: Machine, scope: Scope, statement: Node & { type: "TryStatement" }): void {
  const { handler, finalizer } = statement;
  if (handler) {
    const [thrown, error] = [machine.slot(known(false), "thrown"), machine.slot(missing, "error")];
    const catcher: Catcher = { thrown, error, birth: machine.now() };
    machine.catchers.push(catcher);
    try {
      runBlock(machine, scope, statement.block.body);
    } finally {
      machine.catchers.splice(machine.catchers.indexOf(catcher), 1);
    }
    const isThrown = anyOf([thrown.content]);
    const handle = (): void => {
      const inner = new Scope(scope, scope.module, scope.frame);
      if (handler.param) bindPattern(machine, inner, handler.param, error.content, (name, value) => declareVariable(machine, inner, name, value));
      runBlock(machine, inner, handler.body.body);
    };
    if (isThrown === true) handle();
    else if (isThrown !== false) branchOn(machine, isThrown, handler, handle, () => undefined);
  } else runBlock(machine, scope, statement.block.body);
  if (finalizer) runFinally(machine, scope, finalizer.body);
}

export function throwTo(machine: Machine, catcher: Catcher, error: Value): void {
  machine.journal.setValue(catcher.thrown, known(true));
  machine.journal.setValue(catcher.error, machine.freeze(error));
}

/** `finally` runs whether or not the block has returned. */
function runFinally(machine: Machine, scope: Scope, body: readonly Statement[]): void {
  const { frame } = scope;
  const [returned, result] = [frame.returned.content, frame.result.content];
  machine.journal.setValue(frame.returned, known(false));
  runBlock(machine, scope, body);
  if (frame.returned.content.kind === "static" && frame.returned.content.value === false) {
    machine.journal.setValue(frame.returned, returned);
    machine.journal.setValue(frame.result, result);
  }
}
