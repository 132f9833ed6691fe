import { load, read, store } from "../../../ir/build";
import type { ArrayVariable, Expression, Local, ScalarParameter } from "../../../ir/types";
import { walkExpression } from "../../../ir/visit";
import { firstArray, overAll } from "../lists/dense";
import { Slot, type ValueSlot } from "../state/journal";
import type { Machine } from "../state/machine";
import { plainValue, rectangular } from "./plainValue";
import type { Shape } from "../syntax/shapes";
import { Relearn } from "../state/signals";
import { keyName, type Node } from "../syntax/syntax";
import { known, scalar, type Layout, type ListLayout, type ListValue, type Value } from "../state/values";

type Learned =
  | { kind: "number" }
  | { kind: "list"; length: number; isFixed: boolean }
  | { kind: "object"; fields: Set<string>; isFixed: boolean };

const guessedLength = 2;
const longestGuess = 4096;

/** How a coordinate got its first value, weakest last. */
export interface Given {
  readonly data: unknown;
  readonly isUnknown: boolean;
}

/**
 * The arguments of one function: which are unknowns and which are data, of what shape, and where the unknowns start. What
 * is not stated is learnt from the way the function uses them (see `holes`), so a function may be read several times.
 */
export class Arguments {
  coordinates: string[] = [];
  start: number[] = [];
  scalars: ScalarParameter[] = [];
  /** True where some number was made up. */
  guessed = false;
  private readonly learned = new Map<string, Learned>();
  private readonly copied = new Set<string>();
  private readonly room = new Map<string, number>();
  private readonly forced = new Set<string>();
  private arrays = new Map<ArrayVariable, string>();
  private locals = new Map<Local, string>();

  constructor(private readonly seed: (path: string) => number, private readonly chosen: ReadonlySet<string>) {}

  /** Before every reading. */
  reset(): void {
    this.coordinates = [];
    this.start = [];
    this.scalars = [];
    this.guessed = false;
    this.arrays = new Map();
    this.locals = new Map();
  }

  learn(path: string, fact: { kind: "number" } | { kind: "list"; atLeast: number } | { kind: "object"; field?: string }): void {
    const before = this.learned.get(path);
    switch (fact.kind) {
      case "number": if (!before) this.learned.set(path, { kind: "number" }); return;
      case "list":
        if (!before) this.learned.set(path, { kind: "list", length: Math.max(fact.atLeast, 1), isFixed: false });
        else if (before.kind === "list") before.length = Math.max(before.length, fact.atLeast);
        return;
      case "object": {
        const fields = before?.kind === "object" ? before.fields : new Set<string>();
        if (fact.field !== undefined) fields.add(fact.field);
        this.learned.set(path, { kind: "object", fields, isFixed: before?.kind === "object" && before.isFixed });
      }
    }
  }

  /** Takes over what a type says. */
  state(path: string, shape: Shape): void {
    switch (shape.kind) {
      case "number": this.learned.set(path, { kind: "number" }); return;
      case "list":
        this.learned.set(path, { kind: "list", length: shape.length ?? guessedLength, isFixed: shape.length !== undefined });
        this.state(`${path}[]`, shape.element);
        return;
      case "object": {
        const required = [...shape.fields].filter(([, field]) => !field.isOptional);
        this.learned.set(path, { kind: "object", fields: new Set(required.map(([name]) => name)), isFixed: true });
        for (const [name, field] of required) this.state(`${path}.${name}`, field.shape);
        return;
      }
      case "other":
      case "unknown": return;
    }
  }

  /** Lengths that nobody stated. */
  guessedLengths(): ReadonlyMap<string, number> {
    const lengths = new Map<string, number>();
    for (const [path, fact] of this.learned) if (fact.kind === "list" && !fact.isFixed) lengths.set(path, fact.length);
    return lengths;
  }

  setLength(path: string, length: number): void {
    const fact = this.learned.get(path);
    if (fact?.kind === "list") fact.length = length;
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
      const name = this.locals.get(part.local);
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

  /** The name of the argument that is to be copied from now on. */
  copyOnEntry(layout: Layout): string | undefined {
    const array = firstArray(layout);
    const name = array ? this.arrays.get(array) : undefined;
    if (name === undefined || this.copied.has(name)) return undefined;
    this.copied.add(name);
    return name;
  }

  /** An argument that was given: unknowns or data. */
  given(machine: Machine, path: string, pattern: Node | undefined, data: unknown, isUnknown: boolean, like?: Value): Value {
    if (!isUnknown) return this.dataValue(machine, path, data);
    if (typeof data === "number") return this.unknownScalar(machine, path, data);
    if (Array.isArray(data) || (ArrayBuffer.isView(data) && !(data instanceof DataView))) {
      const items: readonly unknown[] = Array.isArray(data) ? data : Array.from(data as unknown as ArrayLike<number>);
      const parts = withMethods(like);
      const shape = rectangular(items);
      if (shape) return this.unknownArray(machine, path, pattern, shape, items.flat(shape.length - 1).map(Number), undefined);
      const record = parts ? undefined : numericRecords(items);
      if (record) return this.unknownRecords(machine, path, pattern, items.length, record, (i, name) => fieldNumber(items[i], name));
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
    const fact = this.learned.get(key);
    if (!fact) return { kind: "hole", path: key };
    switch (fact.kind) {
      case "number": {
        this.guessed = true;
        const value = this.seed(path);
        return isUnknown ? this.unknownScalar(machine, path, value) : known(value);
      }
      case "object": {
        const fields = new Map<string, ValueSlot>();
        for (const name of fact.fields) {
          const child = childOf(pattern, name, path);
          fields.set(name, new Slot("value", this.inferred(machine, child.path, child.pattern, isUnknown, `${key}.${name}`), machine.now(), name));
        }
        return { kind: "object", fields: new Slot("fields", fields, machine.now()), ...(fact.isFixed ? {} : { learn: this.learner(key) }) };
      }
      case "list": return this.inferredList(machine, path, pattern, isUnknown, key, fact);
    }
  }

  private inferredList(machine: Machine, path: string, pattern: Node | undefined, isUnknown: boolean, key: string, fact: Learned & { kind: "list" }): Value {
    const dimensions: { key: string; fact: Learned & { kind: "list" } }[] = [{ key, fact }];
    let below = `${key}[]`;
    for (let inner = this.learned.get(below); inner?.kind === "list"; inner = this.learned.get(below)) {
      dimensions.push({ key: below, fact: inner });
      below = `${below}[]`;
    }
    const leaf = this.learned.get(below);
    const shape = dimensions.map((dimension) => dimension.fact.length);
    const growers = dimensions.map((dimension) => (dimension.fact.isFixed ? undefined : (length: number) => this.longer(dimension.key, length)));
    const pathAt = (indices: readonly number[]): string => indices.reduce<{ path: string; pattern: Node | undefined }>((at, index) => childOf(at.pattern, index, at.path), { path, pattern }).path;
    if (leaf?.kind === "number") {
      this.guessed = true;
      const numbers = indicesOf(shape).map((indices) => this.seed(pathAt(indices)));
      if (isUnknown) return this.unknownArray(machine, path, pattern, shape, numbers, growers);
      return this.dataValue(machine, path, nest(numbers, shape));
    }
    if (leaf?.kind === "object" && dimensions.length === 1 && isUnknown && leaf.fields.size > 0
      && [...leaf.fields].every((name) => this.learned.get(`${below}.${name}`)?.kind === "number")) {
      this.guessed = true;
      return this.unknownRecords(machine, path, pattern, fact.length, [...leaf.fields], (i, name) => this.seed(`${path}[${i}].${name}`), growers[0], leaf.isFixed ? undefined : this.learner(below));
    }
    const cells = Array.from({ length: fact.length }, (_, i) => {
      const child = childOf(pattern, i, path);
      return new Slot("value", this.inferred(machine, child.path, child.pattern, isUnknown, `${key}[]`), machine.now());
    });
    const grow = growers[0];
    return { kind: "list", state: new Slot("list", { kind: "cells", cells }, machine.now()), ...(grow ? { grow } : {}) };
  }

  private learner(key: string): (name: string) => Error {
    return (name) => {
      this.learn(key, { kind: "object", field: name });
      return new Relearn(`${key} has ${name}`);
    };
  }

  private longer(key: string, length: number): Error {
    const fact = this.learned.get(key);
    if (fact?.kind !== "list" || length > longestGuess) return new RangeError(`${key} would have ${length} elements`);
    fact.length = Math.max(fact.length, length);
    return new Relearn(`${key} has ${length} elements`);
  }

  private unknownScalar(machine: Machine, path: string, value: number): Value {
    const local = machine.stableLocal("f64", path, path);
    machine.activate(local);
    this.scalars.push({ local, offset: this.coordinates.length });
    this.locals.set(local, path);
    this.coordinates.push(path);
    this.start.push(value);
    return scalar(read(local));
  }

  private unknownArray(
    machine: Machine, path: string, pattern: Node | undefined, shape: readonly number[], numbers: readonly number[],
    growers: readonly (((length: number) => Error) | undefined)[] | undefined,
  ): ListValue {
    const offset = this.coordinates.length;
    for (const indices of indicesOf(shape)) {
      const at = indices.reduce<{ path: string; pattern: Node | undefined }>((each, index) => childOf(each.pattern, index, each.path), { path, pattern });
      this.coordinates.push(at.path);
    }
    for (const value of numbers) this.start.push(value);
    const array = machine.array("f64", shape, { kind: "parameter", offset }, path, path);
    machine.activate(array);
    return this.listOver(machine, path, this.entryCopy(machine, path, array), [], growers);
  }

  private listOver(machine: Machine, path: string, array: ArrayVariable, suffix: readonly number[], growers?: readonly (((length: number) => Error) | undefined)[]): ListValue {
    let layout: Layout = { kind: "leaf", array, type: "f64", suffix };
    let whole: ListLayout | undefined;
    for (let k = array.shape.length - 1; k >= 0; k--) {
      const grow = growers?.[k];
      whole = { kind: "list", length: array.shape[k] ?? 0, element: layout, ...(grow ? { grow } : {}) };
      layout = whole;
    }
    const list = machine.list({ kind: "dense", layout: whole ?? { kind: "list", length: 0, element: layout }, prefix: [] });
    machine.labels.set(list, path);
    return list;
  }

  /** Points, particles: objects of the same few numbers, a row each. */
  private unknownRecords(
    machine: Machine, path: string, pattern: Node | undefined, length: number, names: readonly string[],
    value: (i: number, name: string) => number, grow?: (length: number) => Error, learn?: (name: string) => Error,
  ): ListValue {
    const offset = this.coordinates.length;
    for (let i = 0; i < length; i++) {
      const row = childOf(pattern, i, path);
      for (const name of names) {
        this.coordinates.push(childOf(row.pattern, name, row.path).path);
        this.start.push(value(i, name));
      }
    }
    const made = machine.array("f64", [length, names.length], { kind: "parameter", offset }, path, path);
    machine.activate(made);
    const array = this.entryCopy(machine, path, made);
    const fields = new Map<string, Layout>(names.map((name, k) => [name, { kind: "leaf", array, type: "f64", suffix: [k] }]));
    const list = machine.list({ kind: "dense", layout: { kind: "list", length, element: { kind: "record", fields, ...(learn ? { learn } : {}) }, ...(grow ? { grow } : {}) }, prefix: [] });
    machine.labels.set(list, path);
    return list;
  }

  private dataValue(machine: Machine, path: string, data: unknown): Value {
    const value = plainValue(machine, data, path);
    if (value.kind !== "list" || value.state.content.kind !== "dense") return value;
    const array = firstArray(value.state.content.layout);
    return array ? this.listOver(machine, path, this.entryCopy(machine, path, array), []) : value;
  }

  private entryCopy(machine: Machine, path: string, array: ArrayVariable): ArrayVariable {
    this.arrays.set(array, path);
    if (!this.copied.has(path)) return array;
    const copy = machine.array("f64", array.shape, { kind: "scratch" }, path, path);
    overAll(machine, array.shape, (indices) => machine.emit(store(copy, indices, load(array, indices))));
    return copy;
  }
}

/** The path of a part: the user's own name for it where a pattern gives one. */
function childOf(pattern: Node | undefined, key: number | string, path: string): { path: string; pattern: Node | undefined } {
  const own = typeof key === "number" ? `${path}[${key}]` : /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
  const part = pattern?.type === "AssignmentPattern" ? pattern.left : pattern;
  let target: Node | null | undefined;
  if (part?.type === "ArrayPattern" && typeof key === "number") {
    const rest = part.elements.findIndex((element) => element?.type === "RestElement");
    const element = part.elements[key];
    if (rest >= 0 && key >= rest) {
      const holder = part.elements[rest];
      return holder?.type === "RestElement" ? childOf(undefined, key - rest, holder.argument.type === "Identifier" ? holder.argument.name : path) : { path: own, pattern: undefined };
    }
    target = element;
  } else if (part?.type === "ObjectPattern") {
    for (const property of part.properties) if (property.type === "ObjectProperty" && keyName(property.key, property.computed) === key) target = property.value;
  }
  const inner = target?.type === "AssignmentPattern" ? target.left : target;
  if (!inner) return { path: own, pattern: undefined };
  return inner.type === "Identifier" ? { path: inner.name, pattern: undefined } : { path: own, pattern: inner };
}

/** The elements of a list of objects with a class, or with functions in them. */
function withMethods(like: Value | undefined): readonly Value[] | undefined {
  if (like?.kind !== "list" || like.state.content.kind !== "cells") return undefined;
  const parts = like.state.content.cells.map((cell) => cell.content);
  const hasMethods = (part: Value): boolean => part.kind === "object"
    && (part.prototype !== undefined || [...part.fields.content.values()].some(({ content }) => content.kind === "function" || hasMethods(content)));
  return parts.some(hasMethods) ? parts : undefined;
}

function indicesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>((rows, size) => rows.flatMap((row) => Array.from({ length: size }, (_, i) => [...row, i])), [[]]);
}

function nest(numbers: readonly number[], shape: readonly number[]): unknown {
  const [size, ...rest] = shape;
  if (size === undefined) return numbers[0];
  const stride = numbers.length / Math.max(1, size);
  return Array.from({ length: size }, (_, i) => nest(numbers.slice(i * stride, (i + 1) * stride), rest));
}

function numericRecords(items: readonly unknown[]): string[] | undefined {
  let names: string[] | undefined;
  for (const item of items) {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
    const entries = Object.entries(item);
    if (!entries.every(([, value]) => typeof value === "number")) return undefined;
    const keys = entries.map(([name]) => name);
    if (names && (keys.length !== names.length || keys.some((key, k) => key !== names?.[k]))) return undefined;
    names ??= keys;
  }
  return names && names.length > 0 ? names : undefined;
}

function fieldNumber(item: unknown, name: string): number {
  if (typeof item !== "object" || item === null) return NaN;
  const value: unknown = Object.getOwnPropertyDescriptor(item, name)?.value;
  return typeof value === "number" ? value : NaN;
}
