import { evaluate } from "./expressions";
import { hoist, runStatements } from "./statements";
import { withTarget } from "./loops";
import type { Machine } from "../state/machine";
import { asCondition } from "./numbers";
import { binary } from "./operators";
import { branchOn } from "./control";
import { Scope } from "../state/scope";
import type { Node, Statement } from "../syntax/syntax";
import type { Value } from "../state/values";

/** A switch is a chain of conditions; a case that falls through runs on into the next. */
export function readSwitch(machine: Machine, scope: Scope, statement: Node & { type: "SwitchStatement" }): void {
  const subject = machine.freeze(evaluate(machine, scope, statement.discriminant));
  const inner = new Scope(scope, scope.module, scope.frame);
  const { cases } = statement;
  hoist(machine, inner, cases.flatMap((each) => each.consequent));
  const bodyFrom = (at: number): Statement[] => cases.slice(at).flatMap((each) => each.consequent);
  withTarget(machine, "switch", undefined, () => {
    const fallback = cases.findIndex((each) => !each.test);
    const tryCase = (at: number): void => {
      const each = cases[at];
      if (!each) {
        if (fallback >= 0) runStatements(machine, inner, bodyFrom(fallback));
        return;
      }
      if (!each.test) return tryCase(at + 1);
      const condition = asCondition(machine, matches(machine, inner, subject, each.test), each.test);
      const run = (): void => runStatements(machine, inner, bodyFrom(at));
      if (condition === true) return run();
      if (condition === false) return tryCase(at + 1);
      branchOn(machine, condition, each, run, () => tryCase(at + 1));
    };
    tryCase(0);
  });
}

function matches(machine: Machine, scope: Scope, subject: Value, test: Node): Value {
  return binary(machine, "===", subject, evaluate(machine, scope, test), test);
}
