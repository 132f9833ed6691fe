import type { Local } from "../../../ir/types";
import type { Fields, ListState, Value } from "./values";

/** One place that holds something mutable: a variable, an element, a field. All writes go through the journal. */
export class Slot<Kind extends string, Content> {
  constructor(
    readonly kind: Kind,
    /** Read freely; write through `Journal.set` only. */
    public content: Content,
    /** When it was made: slots older than a region of control flow outlive it and must be merged. */
    readonly birth: number,
    /** The user's name for it. */
    readonly label?: string,
  ) {}

  /** The IR variable that carries its value where the value is known only at run time. */
  local?: Local;

  snapshot(): () => void {
    const kept = this.content;
    return () => { this.content = kept; };
  }
}

export type ValueSlot = Slot<"value", Value>;
export type ListSlot = Slot<"list", ListState>;
export type FieldsSlot = Slot<"fields", Fields>;
export type AnySlot = ValueSlot | ListSlot | FieldsSlot;

/**
 * The undo log of abstract state. The evaluator explores branches and loop bodies one after the other, from the same
 * state; this is what puts the state back, and what tells which slots a region wrote.
 */
export class Journal {
  private readonly entries: { slot: AnySlot; undo: () => void; before?: ListState }[] = [];
  /** The arrays made here, which nothing else holds. */
  private readonly own = new WeakMap<ListSlot, ValueSlot[]>();

  mark(): number {
    return this.entries.length;
  }

  setValue(slot: ValueSlot, content: Value): void {
    this.entries.push({ slot, undo: slot.snapshot() });
    slot.content = content;
  }

  setList(slot: ListSlot, content: ListState): void {
    this.entries.push({ slot, undo: slot.snapshot(), before: slot.content });
    slot.content = content;
  }

  /**
   * One more element at the end, without copying the others: building a list of n elements takes n steps, not n². Only for a
   * list made since the innermost region began, for nobody keeps an earlier state of such a list.
   */
  appendCell(slot: ListSlot, cell: ValueSlot): void {
    if (slot.content.kind !== "cells") return;
    const owned = this.own.get(slot);
    const cells = owned === slot.content.cells ? owned : [...slot.content.cells];
    const restore = slot.snapshot();
    const { length } = cells;
    this.entries.push({ slot, undo: () => { cells.length = length; restore(); } });
    cells.push(cell);
    this.own.set(slot, cells);
    slot.content = { kind: "cells", cells };
  }

  setFields(slot: FieldsSlot, content: Fields): void {
    this.entries.push({ slot, undo: slot.snapshot() });
    slot.content = content;
  }

  /** For what is kept elsewhere than in a slot, such as the entries of a Map that `owner` stands for. */
  addUndo(owner: ValueSlot, undo: () => void): void {
    this.entries.push({ slot: owner, undo });
  }

  writtenSince(mark: number): Set<AnySlot> {
    const written = new Set<AnySlot>();
    for (let i = mark; i < this.entries.length; i++) {
      const entry = this.entries[i];
      if (entry) written.add(entry.slot);
    }
    return written;
  }

  /** What the list was at the mark. */
  listAt(slot: ListSlot, mark: number): ListState {
    for (let i = mark; i < this.entries.length; i++) {
      const entry = this.entries[i];
      if (entry?.slot === slot && entry.before) return entry.before;
    }
    return slot.content;
  }

  /** Undoes everything since the mark. What was made since `birth` did not exist before and keeps what it holds. */
  rollback(mark: number, birth: number): void {
    for (let i = this.entries.length - 1; i >= mark; i--) {
      const entry = this.entries[i];
      if (entry && entry.slot.birth < birth) entry.undo();
    }
    this.entries.length = mark;
  }
}
