import { assign, bool, branch, call, int, loop, read, whileLoop } from "../../../ir/build";
import type { Expression, Local, Statement } from "../../../ir/types";
import { anyOf, branchOn, inRegion, unlessStopped, stopped } from "./control";
import type { ValueSlot } from "../state/journal";
import { capacityOf, elementAt, lengthOf, lengthValue } from "../lists/lists";
import type { Machine } from "../state/machine";
import { asCondition, asIndex } from "./numbers";
import { Refusal } from "../syntax/refusal";
import type { Region } from "../state/region";
import type { JumpTarget } from "../state/scope";
import { NeedsStatic, NotStatic } from "../state/signals";
import { assignAll, fits, storageFor, valueOf, type Storage } from "../state/storage";
import type { Node } from "../syntax/syntax";
import { isNumberLike, known, scalar, type ListValue, type Value } from "../state/values";

const maxUnrolled = 20_000;
const staticBudget = 300_000;

/** `for (index = from; …; index += step)` with bounds that the body does not change. */
export interface Range {
  readonly from: Expression;
  readonly to: Expression;
  readonly step: number;
}

export interface LoopPlan {
  readonly node: Node;
  readonly range: Range;
  /** Variables the body is seen to write; the others are found out. */
  readonly carried: readonly ValueSlot[];
  readonly label?: string;
  readonly body: (index: Value) => void;
}

/** Reads a counted loop: at once if nothing in it depends on the unknowns, as a loop if it can be, else written out. */
export function runRange(machine: Machine, plan: LoopPlan): void {
  const count = tripsOf(plan.range);
  if (count !== undefined && plan.range.from.kind === "constant") {
    const from = plan.range.from.value;
    const indices = (k: number): Value => known(from + k * plan.range.step);
    if (count <= 1) return unrolled(machine, plan, count, indices);
    if (machine.staticOnly > 0) return unrolled(machine, plan, count, indices);
    if (count <= staticBudget && tryStatic(machine, () => unrolled(machine, plan, count, indices))) return;
  } else if (machine.staticOnly > 0) throw new NotStatic("loop bounds");
  const mark = machine.journal.mark();
  const birth = machine.now();
  const emitted = machine.block.length;
  try {
    keepRange(machine, plan);
  } catch (signal) {
    const mine = signal instanceof NeedsStatic && [...signal.loops].some((region) => region.birth >= birth);
    if (!(signal instanceof NeedsStatic) || !mine) throw signal;
    machine.journal.rollback(mark, birth);
    machine.block.length = emitted;
    if (count === undefined || plan.range.from.kind !== "constant") throw signal.refusal;
    if (count > maxUnrolled) throw signal.refusal;
    const from = plan.range.from.value;
    unrolled(machine, plan, count, (k) => known(from + k * plan.range.step));
  }
}

function tripsOf({ from, to, step }: Range): number | undefined {
  if (from.kind !== "constant" || to.kind !== "constant") return undefined;
  return Math.max(0, Math.ceil((to.value - from.value) / step));
}

/** True if the run needed nothing of the unknowns; otherwise everything is as before. */
export function tryStatic(machine: Machine, run: () => void): boolean {
  const mark = machine.journal.mark();
  const birth = machine.now();
  const limit = machine.stepLimit;
  const depth = machine.regions.length;
  machine.staticOnly++;
  machine.stepLimit = Math.min(limit, machine.stepsTaken + staticBudget);
  try {
    run();
    return true;
  } catch (signal) {
    if (!(signal instanceof NotStatic || signal instanceof Refusal)) throw signal;
    machine.journal.rollback(mark, birth);
    machine.regions.length = depth;
    return false;
  } finally {
    machine.staticOnly--;
    machine.stepLimit = limit;
  }
}

function unrolled(machine: Machine, plan: LoopPlan, count: number, index: (k: number) => Value): void {
  const run = (k: number): void => {
    for (let i = k; i < count; i++) {
      machine.step(plan.node);
      const stop = stopped(machine);
      if (stop === true) return;
      if (stop !== false) return branchOn(machine, call("not", [stop]), plan.node, () => run(i), () => undefined);
      iterate(machine, plan, index(i));
    }
  };
  run(0);
}

/** One iteration; `continue` ends it and nothing more. */
function iterate(machine: Machine, plan: LoopPlan, index: Value): void {
  const target = machine.frame?.jumps.at(-1);
  plan.body(index);
  if (target?.kind === "loop" && !isFalse(target.continued.content)) machine.journal.setValue(target.continued, known(false));
}

const isFalse = (value: Value): boolean => value.kind === "static" && value.value === false;

interface Carried {
  /** Values it was seen to hold at the end of an iteration. */
  readonly samples: Value[];
  readonly isCounter: boolean;
}

/**
 * Reads the body once with what it carries from one iteration to the next in IR variables. What that is shows only as the
 * body is read, so it is read again until nothing new turns up: usually once, since the text names most of it.
 */
function carrying(
  machine: Machine, node: Node, hints: readonly ValueSlot[], read: (region: Region) => { body: Statement[]; finish: () => void },
  emit: (body: Statement[]) => void,
): void {
  const carried = new Map<ValueSlot, Carried>();
  for (const slot of hints) carried.set(slot, { samples: [], isCounter: false });
  for (let attempt = 0; ; attempt++) {
    if (attempt > 200) throw machine.refuse(node, "E101", "What this loop carries from one iteration to the next could not be made out.");
    const again = inRegion(machine, "loop", node, (region) => {
      const outerMark = machine.journal.mark();
      const emitted = machine.block.length;
      const storages = new Map<ValueSlot, Storage>();
      for (const [slot, { samples, isCounter }] of carried) storages.set(slot, settle(machine, slot, samples, isCounter, region, node));
      const mark = machine.journal.mark();
      const { body, finish } = read(region);
      const finals = new Map<ValueSlot, Value>();
      for (const slot of machine.journal.writtenSince(mark)) {
        if (slot.birth >= region.birth) continue;
        if (slot.kind === "value") finals.set(slot, slot.content);
        if (slot.kind === "list" && slot.content.kind === "cells") {
          throw machine.needsUnrolled(new Set([region]), machine.refuse(node, "E108", "How long an array is changes in this loop in a way that depends on numbers known only at run time.", "Give it a fixed length."));
        }
      }
      let learnt = false;
      for (const [slot, final] of finals) {
        const storage = storages.get(slot);
        if (storage ? !fits(machine, storage, final) : !isFlagReset(machine, slot)) {
          const before = carried.get(slot);
          carried.set(slot, { samples: [...(before?.samples ?? []), final], isCounter: false });
          learnt = true;
        }
      }
      if (learnt) {
        undo(machine, outerMark, region, emitted);
        dropUnchanged(carried);
        return true;
      }
      body.push(...machine.capture(() => {
        assignAll(machine, [...finals].flatMap(([slot, final]) => {
          const storage = storages.get(slot);
          return storage ? [[storage, final] as const] : [];
        }), node);
        finish();
      }));
      for (const [slot, storage] of storages) machine.journal.setValue(slot, valueOf(machine, storage));
      machine.regions.pop();
      emit(body);
      return false;
    });
    if (!again) return;
  }
}

function undo(machine: Machine, mark: number, region: Region, emitted: number): void {
  machine.journal.rollback(mark, region.birth);
  machine.block.length = emitted;
}

function dropUnchanged(carried: Map<ValueSlot, Carried>): void {
  // A bound on the samples keeps a list that never settles from growing for ever.
  for (const [slot, entry] of carried) if (entry.samples.length > 8) carried.set(slot, { ...entry, samples: entry.samples.slice(-8) });
}

/** `continued` is put back to false by every iteration itself. */
function isFlagReset(_machine: Machine, slot: ValueSlot): boolean {
  return slot.content.kind === "static" && slot.content.value === false && slot.label === "continued";
}

function settle(machine: Machine, slot: ValueSlot, samples: readonly Value[], isCounter: boolean, region: Region, node: Node): Storage {
  const entry = slot.content;
  const storage = storageFor(machine, samples.length > 0 ? [entry, ...samples] : widened(entry), slot, slot.label, node, isCounter || isCounterSlot(machine, slot));
  if (!storage) {
    throw machine.needsUnrolled(new Set([region]), machine.refuse(
      node, "E107", `${slot.label ? `"${slot.label}"` : "A value"} is of another kind or length after an iteration than before it.`,
      "Give it one kind and one length throughout.",
    ));
  }
  if (storage.kind === "same") return storage;
  assignAll(machine, [[storage, entry]], node);
  for (const local of localsOf(storage)) {
    machine.originate(local, region);
    if (local.type === "f64") machine.activate(local);
    const counter = machine.counters.get(slot);
    if (local.type === "i32") machine.facts.bound(local, [counter === "up" && startsAtZero(entry) ? 0 : -(2 ** 30), 2 ** 30]);
  }
  machine.journal.setValue(slot, valueOf(machine, storage));
  return storage;
}

/** One value tells no difference: a number is taken to vary, a list or object to be replaced by one like it. */
function widened(entry: Value): readonly Value[] {
  if (entry.kind === "static" && entry.value === undefined) return [entry, known(0)];
  return isNumberLike(entry) || entry.kind === "list" ? [entry] : [entry, entry];
}

const isCounterSlot = (machine: Machine, slot: ValueSlot): boolean => machine.counters.has(slot);
const startsAtZero = (entry: Value): boolean => entry.kind === "static" && typeof entry.value === "number" && entry.value >= 0;

function localsOf(storage: Storage): Local[] {
  switch (storage.kind) {
    case "same":
    case "list": return [];
    case "scalar": return [storage.local];
    case "object": return [...storage.fields.values()].flatMap(localsOf);
  }
}

function keepRange(machine: Machine, plan: LoopPlan): void {
  const { node, range } = plan;
  const exits = exitFlags(machine);
  const index = machine.stableLocal("i32", plan.label ?? "i", plan.label);
  const [fromLow, fromHigh] = machine.facts.rangeOf(range.from);
  const [toLow, toHigh] = machine.facts.rangeOf(range.to);
  machine.facts.bound(index, range.step > 0 ? [fromLow, toHigh - 1] : [toLow + 1, fromHigh]);
  const trips = tripsOf(range);
  const most = Math.ceil((range.step > 0 ? toHigh - fromLow : fromHigh - toLow) / Math.abs(range.step));
  let exit: Local | undefined;
  carrying(machine, node, plan.carried, (region) => {
    machine.originate(index, region);
    if (trips !== undefined) region.trips = trips;
    if (Number.isFinite(most)) region.most = Math.max(0, most);
    region.iteration = iterationOf(index, range);
    const body = machine.capture(() => {
      noneTaken(machine, exits);
      iterate(machine, plan, scalar(read(index)));
    });
    const ends = anyOf(exits.map((slot) => slot.content));
    exit = ends === false ? undefined : machine.local("bool", "leave");
    return { body, finish: () => { if (exit) machine.emit(assign(exit, ends === true ? bool(true) : ends === false ? bool(false) : ends)); } };
  }, (body) => {
    if (body.length === 0) return;
    const span = machine.spanOf(node);
    machine.emit(loop(index, range.from, range.to, body, { step: range.step, ...(exit ? { exit } : {}), ...(span ? { span } : {}) }));
  });
}

function iterationOf(index: Local, { from, step }: Range): Expression {
  const offset = from.kind === "constant" && from.value === 0 ? read(index) : call("subtractInt", [read(index), from]);
  if (step === 1) return offset;
  return call("divideInt", [offset, int(step)]);
}

/** What ends the loop from inside: a break of it, a jump to something around it, a return. */
function exitFlags(machine: Machine): ValueSlot[] {
  const { frame } = machine;
  if (!frame) return [];
  const own = frame.jumps.at(-1);
  return [frame.returned, ...frame.jumps.flatMap((target) => (target === own ? [target.broken] : [target.broken, target.continued]))];
}

/** An iteration begins only where no jump was taken. */
function noneTaken(machine: Machine, exits: readonly ValueSlot[]): void {
  for (const slot of exits) if (slot.content.kind !== "static") machine.journal.setValue(slot, known(false));
}

export interface WhilePlan {
  readonly node: Node;
  readonly carried: readonly ValueSlot[];
  readonly test: (() => Value) | undefined;
  readonly body: () => void;
  /** After the body, `continue` included. */
  readonly update: (() => void) | undefined;
  readonly testsLast: boolean;
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
      machine.step(plan.node);
      if (otherwise && i > maxUnrolled) throw otherwise;
      if (!(plan.testsLast && i === 0) && plan.test) {
        const condition = asCondition(machine, plan.test(), plan.node);
        if (condition === false) return;
        if (condition !== true) throw otherwise ?? new NotStatic("while");
      }
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

/** Over the elements of a list, in order. */
export function runOver(machine: Machine, list: ListValue, plan: { node: Node; carried: readonly ValueSlot[]; label?: string; body: (element: Value, index: Value) => void }): void {
  const length = lengthOf(list);
  const to = length === undefined ? asIndex(machine, lengthValue(list), plan.node) : int(length);
  if (capacityOf(list) === 0) return;
  runRange(machine, {
    ...plan,
    range: { from: int(0), to, step: 1 },
    body: (index) => plan.body(elementAt(machine, list, index, plan.node), index),
  });
}

/** Inside `body`, `break` and `continue` mean this. */
export function withTarget(machine: Machine, kind: JumpTarget["kind"], label: string | undefined, body: (target: JumpTarget) => void): void {
  const { frame } = machine;
  if (!frame) return;
  const broken = machine.slot(known(false), "broken");
  const continued = machine.slot(known(false), "continued");
  const target: JumpTarget = { kind, broken, continued, birth: machine.now(), ...(label === undefined ? {} : { label }) };
  frame.jumps.push(target);
  try {
    body(target);
  } finally {
    frame.jumps.splice(frame.jumps.indexOf(target), 1);
  }
}
