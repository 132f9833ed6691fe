import { load, read, store } from "../../../ir/build";
import type { ArrayVariable, Local, ScalarParameter } from "../../../ir/types";
import { firstArray, overAll } from "../lists/dense";
import type { Machine } from "../state/machine";
import { scalar, type Layout, type ListLayout, type ListValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { childOf, indicesOf } from "./paths";

type Grower = (length: number) => Error;

/** The unknowns of one reading, one coordinate after another, and the arrays that arguments become. */
export class Unknowns {
  readonly coordinates: string[] = [];
  readonly start: number[] = [];
  readonly scalars: ScalarParameter[] = [];
  private readonly arrays = new Map<ArrayVariable, string>();
  private readonly locals = new Map<Local, string>();

  /** `copied` are the arguments that the function writes: it works on a copy of them. */
  constructor(private readonly copied: Set<string>) {}

  nameOf(local: Local): string | undefined {
    return this.locals.get(local);
  }

  /** The name of the argument that is to be copied from now on. */
  copyOnEntry(layout: Layout): string | undefined {
    const array = firstArray(layout);
    const name = array ? this.arrays.get(array) : undefined;
    if (name === undefined || this.copied.has(name)) return undefined;
    this.copied.add(name);
    return name;
  }

  number(machine: Machine, path: string, value: number): Value {
    const local = machine.stableLocal("f64", path, path);
    machine.dependence.activate(local);
    this.scalars.push({ local, offset: this.coordinates.length });
    this.locals.set(local, path);
    this.coordinates.push(path);
    this.start.push(value);
    return scalar(read(local));
  }

  array(
    machine: Machine, path: string, pattern: Node | undefined, shape: readonly number[], numbers: readonly number[],
    growers: readonly (Grower | undefined)[] | undefined,
  ): ListValue {
    const offset = this.coordinates.length;
    for (const indices of indicesOf(shape)) {
      const at = indices.reduce<{ path: string; pattern: Node | undefined }>((each, index) => childOf(each.pattern, index, each.path), { path, pattern });
      this.coordinates.push(at.path);
    }
    for (const value of numbers) this.start.push(value);
    const array = machine.array("f64", shape, { kind: "parameter", offset }, path, path);
    machine.dependence.activate(array);
    return this.over(machine, path, this.entryCopy(machine, path, array), [], growers);
  }

  over(machine: Machine, path: string, array: ArrayVariable, suffix: readonly number[], growers?: readonly (Grower | undefined)[]): ListValue {
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
  records(
    machine: Machine, path: string, pattern: Node | undefined, length: number, names: readonly string[],
    value: (i: number, name: string) => number, grow?: Grower, learn?: (name: string) => Error,
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
    machine.dependence.activate(made);
    const array = this.entryCopy(machine, path, made);
    const fields = new Map<string, Layout>(names.map((name, k) => [name, { kind: "leaf", array, type: "f64", suffix: [k] }]));
    const list = machine.list({ kind: "dense", layout: { kind: "list", length, element: { kind: "record", fields, ...(learn ? { learn } : {}) }, ...(grow ? { grow } : {}) }, prefix: [] });
    machine.labels.set(list, path);
    return list;
  }

  entryCopy(machine: Machine, path: string, array: ArrayVariable): ArrayVariable {
    this.arrays.set(array, path);
    if (!this.copied.has(path)) return array;
    const copy = machine.array("f64", array.shape, { kind: "scratch" }, path, path);
    overAll(machine, array.shape, (indices) => machine.emit(store(copy, indices, load(array, indices))));
    return copy;
  }
}
