import type { Local, Statement } from "../../../ir/types";
import type { ListSlot, ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import type { Region } from "../state/region";
import { assignAll, fits, storageFor, valueOf, type Storage } from "../state/storage";
import { isNumberLike, known, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { inRegion } from "./control";
import { countIn, growInTurns, learnGrowth } from "./growInTurns";

interface Carried {
  /** Values it was seen to hold at the end of an iteration. */
  readonly samples: Value[];
  readonly isCounter: boolean;
}

interface LoopBody {
  readonly body: Statement[];
  readonly finish: () => void;
  /** A turn may be the last before its time. */
  readonly mayLeave?: boolean;
}

/**
 * Reads the body once with what it carries from one iteration to the next in IR variables. What that is shows only as the
 * body is read, so it is read again until nothing new turns up: usually once, since the text names most of it.
 */
export function carrying(
  machine: Machine, node: Node, hints: readonly ValueSlot[], read: (region: Region) => LoopBody,
  emit: (body: Statement[]) => void, enter: (region: Region) => void = () => undefined,
): void {
  const carried = new Map<ValueSlot, Carried>();
  const growing = new Map<ListSlot, number>();
  for (const slot of hints) carried.set(slot, { samples: [], isCounter: false });
  for (let attempt = 0; ; attempt++) {
    if (attempt > 200) throw machine.refuse(node, "E101", "What this loop carries from one iteration to the next could not be made out.");
    const again = inRegion(machine, "loop", node, (region) => {
      const outerMark = machine.journal.mark();
      const emitted = machine.block.length;
      const storages = new Map<ValueSlot, Storage>();
      for (const [slot, { samples, isCounter }] of carried) storages.set(slot, settle(machine, slot, samples, isCounter, region, node));
      enter(region);
      const grown = growInTurns(machine, growing, region);
      const mark = machine.journal.mark();
      const { body, finish, mayLeave } = read(region);
      const finals = new Map<ValueSlot, Value>();
      for (const slot of machine.journal.writtenSince(mark)) {
        if (slot.birth >= region.birth) continue;
        if (slot.kind === "value") finals.set(slot, slot.content);
        if (slot.kind === "list" && slot.content.kind === "cells") {
          throw machine.needsUnrolled(new Set([region]), machine.refuse(node, "E108", "How long an array is changes in this loop in a way that depends on numbers known only at run time.", "Give it a fixed length."));
        }
      }
      let learnt = learnGrowth(machine, growing, mark, region, node);
      if (mayLeave) for (const slot of grown.keys()) countIn(slot.content);
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
      for (const [slot, count] of grown) if (slot.content.kind === "dense") machine.journal.setList(slot, { ...slot.content, count });
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
    machine.dependence.originate(local, region);
    if (local.type === "f64") machine.dependence.activate(local);
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
    case "unlike":
    case "list": return [];
    case "scalar": return [storage.local];
    case "object": return [...storage.fields.values()].flatMap(localsOf);
  }
}
