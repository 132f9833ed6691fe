import { assign, bool, call, int, loop, read } from "../../../ir/build";
import type { Expression, Local } from "../../../ir/types";
import { capacityOf, elementAt, lengthOf, lengthValue } from "../lists/lists";
import type { ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import type { JumpTarget } from "../state/scope";
import { NeedsStatic, NotStatic } from "../state/signals";
import { known, scalar, type ListValue, type Value } from "../state/values";
import { Refusal } from "../syntax/refusal";
import type { Node } from "../syntax/syntax";
import { carrying } from "./carrying";
import { anyOf, branchOn, stopped } from "./control";
import { asIndex } from "./numbers";

export const maxUnrolled = 20_000;

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
    if (machine.staticOnly > 0) {
      machine.budget.expect(count, plan.node);
      return unrolled(machine, plan, count, indices);
    }
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
  const limit = machine.budget.stepLimit;
  const depth = machine.regions.length;
  machine.staticOnly++;
  machine.budget.stepLimit = Math.min(limit, machine.budget.stepsTaken + staticBudget);
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
    machine.budget.stepLimit = limit;
  }
}

function unrolled(machine: Machine, plan: LoopPlan, count: number, index: (k: number) => Value): void {
  /** `asked`: whether a jump was taken before this turn has just been settled. */
  const run = (k: number, asked: boolean): void => {
    for (let i = k; i < count; i++) {
      machine.budget.step(plan.node);
      const stop = asked && i === k ? false : stopped(machine);
      if (stop === true) return;
      if (stop !== false) return branchOn(machine, call("not", [stop]), plan.node, () => run(i, true), () => undefined);
      iterate(machine, plan, index(i));
    }
  };
  run(0, false);
}

/** One iteration; `continue` ends it and nothing more. */
function iterate(machine: Machine, plan: LoopPlan, index: Value): void {
  const target = machine.frame?.jumps.at(-1);
  plan.body(index);
  if (target?.kind === "loop" && !isFalse(target.continued.content)) machine.journal.setValue(target.continued, known(false));
}

export const isFalse = (value: Value): boolean => value.kind === "static" && value.value === false;

function keepRange(machine: Machine, plan: LoopPlan): void {
  const { node, range } = plan;
  const exits = exitFlags(machine);
  const index = machine.stableLocal("i32", plan.label ?? "i", plan.label);
  const [fromLow, fromHigh] = machine.facts.rangeOf(range.from);
  const [toLow, toHigh] = machine.facts.rangeOf(range.to);
  const trips = tripsOf(range);
  // Strides need not end next to the bound.
  const last = trips !== undefined && range.from.kind === "constant" ? range.from.value + (trips - 1) * range.step : undefined;
  machine.facts.bound(index, range.step > 0 ? [fromLow, last ?? toHigh - 1] : [last ?? toLow + 1, fromHigh]);
  const most = Math.ceil((range.step > 0 ? toHigh - fromLow : fromHigh - toLow) / Math.abs(range.step));
  let exit: Local | undefined;
  carrying(machine, node, plan.carried, () => {
    const body = machine.capture(() => {
      noneTaken(machine, exits);
      iterate(machine, plan, scalar(read(index)));
    });
    const ends = anyOf(exits.map((slot) => slot.content));
    exit = ends === false ? undefined : machine.local("bool", "leave");
    return { body, mayLeave: ends !== false, finish: () => { if (exit) machine.emit(assign(exit, ends === true ? bool(true) : ends === false ? bool(false) : ends)); } };
  }, (body) => {
    if (body.length === 0) return;
    const span = machine.spanOf(node);
    machine.emit(loop(index, range.from, range.to, body, { step: range.step, ...(exit ? { exit } : {}), ...(span ? { span } : {}) }));
  }, (region) => {
    machine.dependence.originate(index, region);
    if (trips !== undefined) region.trips = trips;
    if (Number.isFinite(most)) region.most = Math.max(0, most);
    region.iteration = iterationOf(index, range);
  });
}

/** How many turns came before this one. */
function iterationOf(index: Local, { from, step }: Range): Expression {
  if (step === -1) return call("subtractInt", [from, read(index)]);
  const offset = from.kind === "constant" && from.value === 0 ? read(index) : call("subtractInt", [read(index), from]);
  if (step === 1) return offset;
  return call("divideInt", [offset, int(step)]);
}

/** What ends the loop from inside: a break of it, a jump to something around it, a return. */
export function exitFlags(machine: Machine): ValueSlot[] {
  const { frame } = machine;
  if (!frame) return [];
  const own = frame.jumps.at(-1);
  return [...machine.catchers.slice(-1).map((catcher) => catcher.thrown), frame.returned, ...frame.jumps.flatMap((target) => (target === own ? [target.broken] : [target.broken, target.continued]))];
}

/** An iteration begins only where no jump was taken. */
export function noneTaken(machine: Machine, exits: readonly ValueSlot[]): void {
  for (const slot of exits) if (slot.content.kind !== "static") machine.journal.setValue(slot, known(false));
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
