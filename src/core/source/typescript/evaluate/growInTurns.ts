import { call, int } from "../../../ir/build";
import type { Expression } from "../../../ir/types";
import { constantDifference } from "../lists/constantDifference";
import { moreRoom, plus } from "../lists/growth";
import type { ListSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import type { Region } from "../state/region";
import { NeedsRoom } from "../state/signals";
import { missing, type ListState } from "../state/values";
import type { Node } from "../syntax/syntax";

/** By how many elements each turn of a loop makes lists longer. */
type Rates = Map<ListSlot, number>;

/** At the beginning of a turn the lists are as long as the turns before have made them. Returns how long they are after the last. */
export function growInTurns(machine: Machine, rates: Rates, region: Region): ReadonlyMap<ListSlot, Expression> {
  const after = new Map<ListSlot, Expression>();
  for (const [slot, rate] of rates) {
    const state = slot.content;
    if (state.kind !== "dense" || !state.count || state.grows?.counter) continue;
    // Of a loop that may stop early nobody knows beforehand how many turns it takes.
    if (region.trips === undefined || !region.iteration) {
      countIn(state);
      continue;
    }
    machine.journal.setList(slot, { ...state, count: added(state.count, region.iteration, rate) });
    after.set(slot, plus(state.count, region.trips * rate));
  }
  return after;
}

/** True where the body, read with these rates, has shown others. */
export function learnGrowth(machine: Machine, rates: Rates, mark: number, region: Region, node: Node): boolean {
  let learnt = false;
  for (const slot of machine.journal.writtenSince(mark)) {
    if (slot.kind !== "list" || slot.birth >= region.birth) continue;
    const [before, after] = [machine.journal.listAt(slot, mark), slot.content];
    if (after.kind !== "dense" || before.kind !== "dense" || !after.grows || after.grows.counter || !before.count || !after.count) continue;
    const rate = constantDifference(after.count, before.count);
    if (rate === undefined) {
      countIn(after);
      continue;
    }
    if (rate === (rates.get(slot) ?? 0)) continue;
    rates.set(slot, rate);
    learnt = true;
    const last = machine.facts.rangeOf(before.count)[1] + (region.trips ?? 0) * rate;
    if (last > after.layout.length) throw moreRoom(machine, after.grows, last, node);
  }
  return learnt;
}

/** A variable has to count the elements, since the turns do not tell. */
export function countIn(state: ListState): void {
  if (state.kind === "dense" && state.grows && !state.grows.counter) throw new NeedsRoom(state.grows.list, { counted: true, added: 0, sample: missing });
}

function added(count: Expression, turns: Expression, rate: number): Expression {
  const all = rate === 1 ? turns : call("multiplyInt", [turns, int(rate)]);
  return count.kind === "constant" && count.value === 0 ? all : call("addInt", [all, count]);
}
