import type { Expression, ScalarParameter } from "../../../ir/types";
import { walkExpression } from "../../../ir/visit";
import { firstArray } from "../lists/dense";
import { Slot, type ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import { Relearn } from "../state/signals";
import { known, type Layout, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { Learned, type ListFact } from "./learned";
import { childOf, indicesOf, nest } from "./paths";
import { plainValue, rectangular } from "./plainValue";
import { fieldNumber, numericRecords, withMethods } from "./records";
import { Unknowns } from "./unknowns";

/**
 * The arguments of one function: which are unknowns and which are data, of what shape, and where the unknowns start. What
 * is not stated is learnt from the way the function uses them (see `holes`), so a function may be read several times.
 */
export class Arguments {
  readonly learned = new Learned();
  /** True where some number was made up. */
  guessed = false;
  private readonly copied = new Set<string>();
  private readonly room = new Map<string, number>();
  private readonly forced = new Set<string>();
  private readonly writtenOut = new Set<string>();
  private unknowns = new Unknowns(this.copied);

  constructor(private readonly seed: (path: string) => number, private readonly chosen: ReadonlySet<string>) {}

  get coordinates(): string[] {
    return this.unknowns.coordinates;
  }

  get start(): number[] {
    return this.unknowns.start;
  }

  get scalars(): ScalarParameter[] {
    return this.unknowns.scalars;
  }

  /** Before every reading. */
  reset(): void {
    this.guessed = false;
    this.unknowns = new Unknowns(this.copied);
  }

  /** Whether the expression is an unknown as it was given. */
  isUnknown(expression: Expression): boolean {
    if (expression.kind === "load") return expression.array.role.kind === "parameter";
    return expression.kind === "read" && this.unknowns.nameOf(expression.local) !== undefined;
  }

  forcedNames(): readonly string[] {
    return [...this.forced];
  }

  isForced(name: string): boolean {
    return this.forced.has(name);
  }

  /** A number that decides how long something is cannot be an unknown. */
  needsKnown(expression: Expression, _why: string): void {
    let learnt: string | undefined;
    walkExpression(expression, (part) => {
      if (part.kind !== "read") return;
      const name = this.unknowns.nameOf(part.local);
      if (name !== undefined && !this.chosen.has(name)) {
        this.forced.add(name);
        learnt = name;
      }
    });
    if (learnt !== undefined) throw new Relearn(`${learnt} must be known`);
  }

  /** Lists that were given too little room at first; see `push`. */
  roomOf(key: string): number | undefined {
    return this.room.get(key);
  }

  needsRoom(key: string, length: number): Error {
    this.room.set(key, length);
    return new Relearn(`${key} takes ${length} elements`);
  }

  isWrittenOut(key: string): boolean {
    return this.writtenOut.has(key);
  }

  /** The loops that fill this list are to be written out, so that its length is known; undefined where they are already. */
  writeOut(key: string): Error | undefined {
    if (this.writtenOut.has(key)) return undefined;
    this.writtenOut.add(key);
    return new Relearn(`${key} is written out`);
  }

  /** The name of the argument that is to be copied from now on. */
  copyOnEntry(layout: Layout): string | undefined {
    return this.unknowns.copyOnEntry(layout);
  }

  /** An argument that was given: unknowns or data. */
  given(machine: Machine, path: string, pattern: Node | undefined, data: unknown, isUnknown: boolean, like?: Value): Value {
    if (!isUnknown) return this.dataValue(machine, path, data);
    if (typeof data === "number") return this.unknowns.number(machine, path, data);
    if (Array.isArray(data) || (ArrayBuffer.isView(data) && !(data instanceof DataView))) {
      const items: readonly unknown[] = Array.isArray(data) ? data : Array.from(data as unknown as ArrayLike<number>);
      const parts = withMethods(like);
      const shape = rectangular(items);
      if (shape) return this.unknowns.array(machine, path, pattern, shape, items.flat(shape.length - 1).map(Number), undefined);
      const record = parts ? undefined : numericRecords(items);
      if (record) return this.unknowns.records(machine, path, pattern, items.length, record, (i, name) => fieldNumber(items[i], name));
      const cells = items.map((item, i) => {
        const child = childOf(pattern, i, path);
        return new Slot("value", this.given(machine, child.path, child.pattern, item, true, parts?.[i]), machine.now());
      });
      return { kind: "list", state: new Slot("list", { kind: "cells", cells }, machine.now()) };
    }
    if (typeof data === "object" && data !== null) {
      const fields = new Map<string, ValueSlot>();
      for (const [name, item] of Object.entries(data)) {
        const child = childOf(pattern, name, path);
        const part = like?.kind === "object" ? like.fields.content.get(name)?.content : undefined;
        fields.set(name, new Slot("value", this.given(machine, child.path, child.pattern, item, true, part), machine.now(), name));
      }
      if (like?.kind !== "object") return { kind: "object", fields: new Slot("fields", fields, machine.now()) };
      // What is no number stays as the file made it: functions, and the methods of its class.
      for (const [name, slot] of like.fields.content) if (!fields.has(name)) fields.set(name, slot);
      return { ...like, fields: new Slot("fields", fields, machine.now()) };
    }
    return plainValue(machine, data, path);
  }

  /** An argument that nobody gave: of the shape that is known by now, with numbers made up. */
  inferred(machine: Machine, path: string, pattern: Node | undefined, isUnknown: boolean, key = path): Value {
    const fact = this.learned.of(key);
    if (!fact) return { kind: "hole", path: key };
    switch (fact.kind) {
      case "number": {
        this.guessed = true;
        const value = this.seed(path);
        return isUnknown ? this.unknowns.number(machine, path, value) : known(value);
      }
      case "object": {
        const fields = new Map<string, ValueSlot>();
        for (const name of fact.fields) {
          const child = childOf(pattern, name, path);
          fields.set(name, new Slot("value", this.inferred(machine, child.path, child.pattern, isUnknown, `${key}.${name}`), machine.now(), name));
        }
        return { kind: "object", fields: new Slot("fields", fields, machine.now()), ...(fact.isFixed ? {} : { learn: this.learned.asker(key) }) };
      }
      case "list": return this.inferredList(machine, path, pattern, isUnknown, key, fact);
    }
  }

  private inferredList(machine: Machine, path: string, pattern: Node | undefined, isUnknown: boolean, key: string, fact: ListFact): Value {
    const dimensions: { key: string; fact: ListFact }[] = [{ key, fact }];
    let below = `${key}[]`;
    for (let inner = this.learned.of(below); inner?.kind === "list"; inner = this.learned.of(below)) {
      dimensions.push({ key: below, fact: inner });
      below = `${below}[]`;
    }
    const leaf = this.learned.of(below);
    const shape = dimensions.map((dimension) => dimension.fact.length);
    const growers = dimensions.map((dimension) => (dimension.fact.isFixed ? undefined : (length: number) => this.learned.longer(dimension.key, length)));
    const pathAt = (indices: readonly number[]): string => indices.reduce<{ path: string; pattern: Node | undefined }>((at, index) => childOf(at.pattern, index, at.path), { path, pattern }).path;
    if (leaf?.kind === "number") {
      this.guessed = true;
      const numbers = indicesOf(shape).map((indices) => this.seed(pathAt(indices)));
      if (isUnknown) return this.unknowns.array(machine, path, pattern, shape, numbers, growers);
      return this.dataValue(machine, path, nest(numbers, shape));
    }
    if (leaf?.kind === "object" && dimensions.length === 1 && isUnknown && leaf.fields.size > 0
      && [...leaf.fields].every((name) => this.learned.of(`${below}.${name}`)?.kind === "number")) {
      this.guessed = true;
      return this.unknowns.records(machine, path, pattern, fact.length, [...leaf.fields], (i, name) => this.seed(`${path}[${i}].${name}`), growers[0], leaf.isFixed ? undefined : this.learned.asker(below));
    }
    const cells = Array.from({ length: fact.length }, (_, i) => {
      const child = childOf(pattern, i, path);
      return new Slot("value", this.inferred(machine, child.path, child.pattern, isUnknown, `${key}[]`), machine.now());
    });
    const grow = growers[0];
    return { kind: "list", state: new Slot("list", { kind: "cells", cells }, machine.now()), ...(grow ? { grow } : {}) };
  }

  private dataValue(machine: Machine, path: string, data: unknown): Value {
    const value = plainValue(machine, data, path);
    if (value.kind !== "list" || value.state.content.kind !== "dense") return value;
    const array = firstArray(value.state.content.layout);
    return array ? this.unknowns.over(machine, path, this.unknowns.entryCopy(machine, path, array), []) : value;
  }
}
