import { branch, call } from "../../../ir/build";
import type { Expression, Statement } from "../../../ir/types";
import { constantDifference } from "../lists/constantDifference";
import { makeRoom } from "../lists/growth";
import type { AnySlot, FieldsSlot, ListSlot, ValueSlot } from "../state/journal";
import { densify } from "../lists/dense";
import type { Machine } from "../state/machine";
import { asCondition } from "./numbers";
import { choose } from "./choose";
import type { Region } from "../state/region";
import { Refusal } from "../syntax/refusal";
import { NeedsDense, NeedsField, NeedsRoom, NeedsStatic } from "../state/signals";
import { assignAll, isSame, storageFor, valueOf } from "../state/storage";
import type { Node } from "../syntax/syntax";
import { describe, isNumberLike, missing, type DenseState, type Fields, type ListState, type Value } from "../state/values";
import { addField } from "./members";
import { setSlot } from "../state/variables";

/** Runs a region; where it turns out that a list must be prepared before it, prepares the list and runs it again. */
export function inRegion<Result>(machine: Machine, kind: Region["kind"], node: Node, attempt: (region: Region) => Result): Result {
  for (;;) {
    const region: Region = { kind, birth: machine.now() };
    const mark = machine.journal.mark();
    const emitted = machine.block.length;
    const depth = machine.regions.length;
    machine.regions.push(region);
    try {
      return attempt(region);
    } catch (signal) {
      if (!(signal instanceof NeedsDense || signal instanceof NeedsRoom || signal instanceof NeedsField)) throw signal;
      machine.regions.length = depth;
      const parent = machine.regions.at(-1);
      const { birth } = signal instanceof NeedsField ? signal.fields : signal.list.state;
      if (birth >= region.birth || (parent && birth < parent.birth)) throw signal;
      machine.journal.rollback(mark, region.birth);
      machine.block.length = emitted;
      prepare(machine, signal, region, node);
    } finally {
      machine.regions.length = depth;
    }
  }
}

function prepare(machine: Machine, signal: NeedsDense | NeedsRoom | NeedsField, region: Region, node: Node): void {
  if (signal instanceof NeedsField) {
    addField(machine, signal.fields, signal.field);
    return;
  }
  try {
    if (signal instanceof NeedsDense) densify(machine, signal.list, node);
    else makeRoom(machine, signal.list, signal.room, node);
  } catch (problem) {
    // It cannot be an IR array; where the loop is written out it need not be.
    if (problem instanceof Refusal && region.kind === "loop") throw new NeedsStatic(new Set([region]), problem);
    throw problem;
  }
}

interface Arm {
  readonly statements: Statement[];
  readonly values: ReadonlyMap<ValueSlot, Value>;
  readonly lists: ReadonlyMap<ListSlot, ListState>;
  readonly fields: ReadonlyMap<FieldsSlot, Fields>;
  /** Made since this: out of reach after the arm has jumped away. */
  readonly leaves: number | undefined;
  /** Ends in a trap: what it wrote is of no matter to anybody. */
  readonly isTrapped: boolean;
}

/** `if` on a run-time condition: both arms are read from the same state, and what they wrote meets again. */
export function branchOn(machine: Machine, condition: Expression, node: Node, whenTrue: () => void, whenFalse: () => void): void {
  const decided = machine.facts.decide(condition);
  if (decided !== undefined) return decided ? whenTrue() : whenFalse();
  inRegion(machine, "branch", node, (region) => {
    const then = readArm(machine, region, condition, true, whenTrue);
    const otherwise = readArm(machine, region, condition, false, whenFalse);
    machine.regions.pop();
    merge(machine, condition, then, otherwise, node);
  });
}

function readArm(machine: Machine, region: Region, condition: Expression, truth: boolean, body: () => void): Arm {
  const { journal } = machine;
  const mark = journal.mark();
  const statements = machine.capture(() => machine.facts.assuming(condition, truth, body));
  const values = new Map<ValueSlot, Value>();
  const lists = new Map<ListSlot, ListState>();
  const fields = new Map<FieldsSlot, Fields>();
  for (const slot of journal.writtenSince(mark)) if (slot.birth < region.birth) keep(slot, values, lists, fields);
  const leaves = jumpedOutOf(machine);
  const isTrapped = isTrue(machine.trapped.content);
  journal.rollback(mark, region.birth);
  return { statements, values, lists, fields, leaves, isTrapped };
}

function keep(slot: AnySlot, values: Map<ValueSlot, Value>, lists: Map<ListSlot, ListState>, fields: Map<FieldsSlot, Fields>): void {
  switch (slot.kind) {
    case "value": values.set(slot, slot.content); return;
    case "list": lists.set(slot, slot.content); return;
    case "fields": fields.set(slot, slot.content);
  }
}

/** The birth of what a jump on this path certainly leaves; undefined where the path goes on. */
function jumpedOutOf(machine: Machine): number | undefined {
  const { frame } = machine;
  if (!frame) return undefined;
  if (isTrue(frame.returned.content)) return frame.birth;
  const catcher = machine.catchers.at(-1);
  if (catcher && isTrue(catcher.thrown.content)) return catcher.birth;
  return frame.jumps.find((target) => isTrue(target.broken.content) || isTrue(target.continued.content))?.birth;
}

const isTrue = (value: Value): boolean => value.kind === "static" && value.value === true;

function merge(machine: Machine, condition: Expression, then: Arm, otherwise: Arm, node: Node): void {
  const isForgotten = (arm: Arm, slot: AnySlot): boolean =>
    arm.isTrapped || (arm.leaves !== undefined && slot.birth >= arm.leaves);
  const pending: { slot: ValueSlot; a: Value; b: Value }[] = [];
  for (const slot of new Set([...then.values.keys(), ...otherwise.values.keys()])) {
    const a = then.values.get(slot) ?? slot.content;
    const b = otherwise.values.get(slot) ?? slot.content;
    if (isForgotten(then, slot) && isForgotten(otherwise, slot)) machine.journal.setValue(slot, then.isTrapped ? b : a);
    else if (isSame(a, b)) machine.journal.setValue(slot, a);
    else if (isForgotten(then, slot)) machine.journal.setValue(slot, b);
    else if (isForgotten(otherwise, slot)) machine.journal.setValue(slot, a);
    else pending.push({ slot, a, b });
  }
  for (const slot of new Set([...then.lists.keys(), ...otherwise.lists.keys()])) {
    const a = then.lists.get(slot) ?? slot.content;
    const b = otherwise.lists.get(slot) ?? slot.content;
    machine.journal.setList(slot, isForgotten(then, slot) ? b : isForgotten(otherwise, slot) ? a : joinLists(machine, a, b, node));
  }
  for (const slot of new Set([...then.fields.keys(), ...otherwise.fields.keys()])) {
    const [a, b] = [then.fields.get(slot) ?? slot.content, otherwise.fields.get(slot) ?? slot.content];
    if (isForgotten(then, slot) || isForgotten(otherwise, slot)) machine.journal.setFields(slot, isForgotten(then, slot) ? b : a);
    else machine.journal.setFields(slot, joinFields(machine, then, otherwise, a, b, pending));
  }
  const isBare = then.statements.length === 0 && otherwise.statements.length === 0;
  const finished = isBare && pending.length <= 2 ? chooseAll(machine, condition, pending, node) : false;
  if (!finished) {
    for (const { slot, a, b } of pending) meet(machine, condition, slot, a, b, then, otherwise, node);
    if (then.statements.length + otherwise.statements.length > 0) machine.emit(branch(condition, then.statements, otherwise.statements, machine.spanOf(node)));
  }
}

/** A field that only one of two paths has made, or each its own: one place for what it is after either. */
function joinFields(machine: Machine, then: Arm, otherwise: Arm, a: Fields, b: Fields, pending: { slot: ValueSlot; a: Value; b: Value }[]): Fields {
  const joined = new Map<string, ValueSlot>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const [first, second] = [a.get(name), b.get(name)];
    const either = first ?? second;
    if (!either) continue;
    if (first === second || (name === "prototype" && !(first && second))) {
      joined.set(name, either);
      continue;
    }
    const slot = machine.slot({ kind: "static", value: undefined }, either.label);
    joined.set(name, slot);
    if (!(first && second) && !isNumberLike(either.content)) {
      slot.content = maybeThere(machine, name);
      continue;
    }
    pending.push({ slot, a: first ? then.values.get(first) ?? first.content : slot.content, b: second ? otherwise.values.get(second) ?? second.content : slot.content });
  }
  return joined;
}

const maybeThere = (machine: Machine, name: string): Value => ({
  kind: "poison", what: "a value that is there on some paths only",
  fail: (use) => { throw machine.refuse(use, "E107", `Whether there is a "${name}" depends on numbers known only at run time.`, "Give it a value on every path."); },
});

/** Two numbers from two paths that do nothing else: a selection. */
function chooseAll(machine: Machine, condition: Expression, pending: readonly { slot: ValueSlot; a: Value; b: Value }[], node: Node): boolean {
  if (!pending.every(({ a, b }) => isNumberLike(a) && isNumberLike(b))) return false;
  const goesOn = pending.some(({ slot }) => isFlag(machine, slot));
  for (const { slot, a, b } of pending) {
    const chosen = choose(machine, condition, a, b, node);
    if (!chosen) continue;
    // A result is on its way to where it is used, unless statements follow; a variable stays.
    if (slot === machine.frame?.result && !goesOn) machine.journal.setValue(slot, chosen);
    else if (slot === machine.frame?.result || isFlag(machine, slot)) machine.journal.setValue(slot, machine.freeze(chosen));
    else setSlot(machine, slot, chosen, node);
  }
  return true;
}

function isFlag(machine: Machine, slot: ValueSlot): boolean {
  return slot === machine.frame?.returned || (machine.frame?.jumps.some((target) => target.broken === slot || target.continued === slot) ?? false);
}

function meet(machine: Machine, condition: Expression, slot: ValueSlot, a: Value, b: Value, then: Arm, otherwise: Arm, node: Node): void {
  const storage = storageFor(machine, [a, b], slot, slot.label, node);
  if (!storage) {
    const loops = machine.dependence.loopsOf(condition);
    machine.journal.setValue(slot, {
      kind: "poison",
      what: isText(a) || isText(b) ? "a string" : `${describe(a)} on one path and ${describe(b)} on another`,
      fail: (use) => {
        throw machine.needsUnrolled(loops, machine.refuse(
          use, "E107", `This is ${describe(a)} or ${describe(b)}, depending on numbers known only at run time.`, "Give it one kind and one length on all paths.",
        ));
      },
    });
    return;
  }
  then.statements.push(...machine.capture(() => assignAll(machine, [[storage, a]], node)));
  otherwise.statements.push(...machine.capture(() => assignAll(machine, [[storage, b]], node)));
  machine.journal.setValue(slot, valueOf(machine, storage));
}

const isText = (value: Value): boolean => value.kind === "static" && typeof value.value === "string";

function joinLists(machine: Machine, a: ListState, b: ListState, node: Node): ListState {
  if (a === b || b.kind === "pending") return a;
  if (a.kind === "pending") return b;
  if (a.kind === "dense" && b.kind === "dense" && a.layout === b.layout && a.prefix === b.prefix) return joinCounts(a, b);
  if (a.kind === "cells" && b.kind === "cells" && a.cells.length === b.cells.length && a.cells.every((cell, i) => cell === b.cells[i])) return a;
  throw machine.needsUnrolled(new Set(machine.regions.filter((region) => region.kind === "loop")), machine.refuse(
    node, "E108", "How many elements an array has depends here on numbers known only at run time.", "Keep its length the same on both paths.",
  ));
}

/** The same array on both paths, of which more elements may count on one: then a variable has to count them. */
function joinCounts(a: DenseState, b: DenseState): DenseState {
  if (a.grows?.counter && b.grows?.counter) return a.grows.counter.atMost < b.grows.counter.atMost ? b : a;
  const isSameCount = a.count === b.count || (a.count && b.count && constantDifference(a.count, b.count) === 0);
  if (isSameCount || !a.grows) return a;
  throw new NeedsRoom(a.grows.list, { counted: true, added: 0, sample: missing });
}

/** Whether the statements that follow are skipped: a jump was taken. */
export function stopped(machine: Machine): boolean | Expression {
  const { frame } = machine;
  if (!frame) return false;
  if (isTrue(machine.trapped.content)) return true;
  const flags = [...thrownFlags(machine), frame.returned.content, ...frame.jumps.flatMap((target) => [target.broken.content, target.continued.content])];
  return anyOf(flags);
}

const thrownFlags = (machine: Machine): Value[] => machine.catchers.slice(-1).map((catcher) => catcher.thrown.content);

/** Runs `body` only where nothing was thrown on the way here. */
export function unlessThrown(machine: Machine, node: Node, body: () => void): void {
  const thrown = anyOf(thrownFlags(machine));
  if (thrown === true) return;
  if (thrown === false) return body();
  branchOn(machine, call("not", [thrown]), node, body, () => undefined);
}

export function anyOf(flags: readonly Value[]): boolean | Expression {
  let result: Expression | undefined;
  for (const flag of flags) {
    if (flag.kind === "static") {
      if (flag.value === true) return true;
    } else if (flag.kind === "scalar") result = result ? call("or", [result, flag.expression]) : flag.expression;
  }
  return result ?? false;
}

/** Runs `body` only where no jump has been taken. */
export function unlessStopped(machine: Machine, node: Node, body: () => void): void {
  const stop = stopped(machine);
  if (stop === true) return;
  if (stop === false) return body();
  branchOn(machine, call("not", [stop]), node, body, () => undefined);
}

/** `c ? a : b`, where reading an arm may emit statements. */
export function conditional(machine: Machine, test: Value, node: Node, whenTrue: () => Value, whenFalse: () => Value): Value {
  const condition = asCondition(machine, test, node);
  if (typeof condition === "boolean") return condition ? whenTrue() : whenFalse();
  const result = machine.slot({ kind: "static", value: undefined });
  const saved = machine.frame;
  if (!saved) return result.content;
  machine.frame = { ...saved, result };
  try {
    branchOn(machine, condition, node, () => {
      const value = withFrame(machine, saved, whenTrue);
      machine.journal.setValue(result, value);
    }, () => {
      const value = withFrame(machine, saved, whenFalse);
      machine.journal.setValue(result, value);
    });
  } finally {
    machine.frame = saved;
  }
  return result.content;
}

function withFrame<Result>(machine: Machine, frame: Machine["frame"], body: () => Result): Result {
  const outer = machine.frame;
  machine.frame = frame;
  try {
    return body();
  } finally {
    machine.frame = outer;
  }
}
