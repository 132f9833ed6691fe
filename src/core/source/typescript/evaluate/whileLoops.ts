import { assign, bool, branch, call, read, whileLoop } from "../../../ir/build";
import type { Expression, Statement } from "../../../ir/types";
import type { ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import { NeedsStatic, NotStatic } from "../state/signals";
import { known, type Value } from "../state/values";
import type { Refusal } from "../syntax/refusal";
import type { Node } from "../syntax/syntax";
import { carrying } from "./carrying";
import { anyOf, branchOn, stopped, unlessStopped } from "./control";
import { exitFlags, isFalse, maxUnrolled, noneTaken, tryStatic } from "./loops";
import { asCondition } from "./numbers";

export interface WhilePlan {
  readonly node: Node;
  readonly carried: readonly ValueSlot[];
  readonly test: (() => Value) | undefined;
  readonly body: () => void;
  /** After the body, `continue` included. */
  readonly update: (() => void) | undefined;
  readonly testsLast: boolean;
  /** Once it goes on, it goes on for ever. */
  readonly staysTrue: boolean;
}

/** Reads a loop that goes on while something holds. */
export function runWhile(machine: Machine, plan: WhilePlan): void {
  if (machine.staticOnly > 0) return stepByStep(machine, plan);
  if (tryStatic(machine, () => stepByStep(machine, plan))) return;
  const mark = machine.journal.mark();
  const birth = machine.now();
  const emitted = machine.block.length;
  try {
    keepWhile(machine, plan);
  } catch (signal) {
    if (!(signal instanceof NeedsStatic) || ![...signal.loops].some((region) => region.birth >= birth)) throw signal;
    machine.journal.rollback(mark, birth);
    machine.block.length = emitted;
    stepByStep(machine, plan, signal.refusal);
  }
}

/** One iteration after the other, the condition being known each time. */
function stepByStep(machine: Machine, plan: WhilePlan, otherwise?: Refusal): void {
  const run = (k: number): void => {
    for (let i = k; ; i++) {
      machine.budget.step(plan.node);
      if (otherwise && i > maxUnrolled) throw otherwise;
      const isTested = !(plan.testsLast && i === 0);
      if (isTested && plan.test) {
        const condition = asCondition(machine, plan.test(), plan.node);
        if (condition === false) return;
        if (condition !== true) throw otherwise ?? new NotStatic("while");
      }
      if (isTested && plan.staysTrue) throw endlessLoop(machine, plan.node);
      turn(machine, plan);
      const stop = stopped(machine);
      if (stop === true) return;
      if (stop !== false) {
        return branchOn(machine, call("not", [stop]), plan.node, () => run(i + 1), () => undefined);
      }
    }
  };
  run(0);
}

function turn(machine: Machine, plan: WhilePlan): void {
  const target = machine.frame?.jumps.at(-1);
  plan.body();
  if (target && !isFalse(target.continued.content)) machine.journal.setValue(target.continued, known(false));
  const { update } = plan;
  if (update) unlessStopped(machine, plan.node, update);
}

function keepWhile(machine: Machine, plan: WhilePlan): void {
  const { node } = plan;
  const exits = exitFlags(machine);
  const span = machine.spanOf(node);
  const go = machine.local("bool", "go");
  let simple: Expression | undefined;
  let endless = false;
  carrying(machine, node, plan.carried, () => {
    simple = undefined;
    endless = false;
    const testing = (): boolean | Expression => (plan.test ? asCondition(machine, plan.test(), node) : true);
    if (plan.testsLast) {
      const body = machine.capture(() => {
        noneTaken(machine, exits);
        turn(machine, plan);
      });
      const ends = anyOf(exits.map((slot) => slot.content));
      let next: boolean | Expression = false;
      const tail = machine.capture(() => { next = testing(); });
      endless = isTrueCondition(next) && ends === false;
      body.push(...tail);
      const goes = both(ends, next);
      return { body, finish: () => { machine.emit(assign(go, goes)); } };
    }
    let condition: boolean | Expression = true;
    noneTaken(machine, exits);
    const head = machine.capture(() => { condition = testing(); });
    const body = machine.capture(() => turn(machine, plan));
    const ends = anyOf(exits.map((slot) => slot.content));
    endless = isTrueCondition(condition) && ends === false;
    const test: Expression = typeof condition === "boolean" ? bool(condition) : condition;
    if (head.length === 0 && ends === false) {
      simple = test;
      return { body, finish: () => undefined };
    }
    return {
      body,
      finish: () => {
        machine.emit(assign(go, ends === false ? bool(true) : ends === true ? bool(false) : call("not", [ends])));
        heads.set(body, { head, test });
      },
    };
  }, (body) => {
    if (endless) throw endlessLoop(machine, node);
    if (simple) return machine.emit(whileLoop(simple, body, undefined, span));
    machine.emit(assign(go, bool(true)));
    const held = heads.get(body);
    if (!held) return machine.emit(whileLoop(read(go), body, undefined, span));
    const whole = [...held.head, assign(go, held.test), branch(read(go), body)];
    machine.emit(whileLoop(read(go), whole, undefined, span));
  });
}

const heads = new WeakMap<Statement[], { head: Statement[]; test: Expression }>();

const isTrueCondition = (condition: boolean | Expression): boolean => condition === true;

function both(ends: boolean | Expression, next: boolean | Expression): Expression {
  if (ends === true || next === false) return bool(false);
  const alive = ends === false ? undefined : call("not", [ends]);
  if (next === true) return alive ?? bool(true);
  return alive ? call("and", [alive, next]) : next;
}

export function endlessLoop(machine: Machine, node: Node): Refusal {
  return machine.refuse(node, "E109", "This loop never ends.", "Give it a condition that fails, or a break.");
}
