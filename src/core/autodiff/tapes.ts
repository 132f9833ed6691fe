import { assign, call, int, load, type Names, read, select, store } from "../ir/build";
import { sizeOf } from "../ir/shape";
import type { ArrayVariable, Expression, Local, Statement } from "../ir/types";
import { Ranges } from "../ir/ranges";
import type { Loop, Region, Structure } from "./structure";

/** Above this many elements a tape grows with use instead of being laid out whole. */
const LARGEST = 1 << 24;

/** What a loop is taken for whose length only the running program knows. */
const SUPPOSED_TRIPS = 10;

/** How one value an iteration computes gets from the forward sweep to the reverse sweep. */
export interface Tape {
  readonly save: readonly Statement[];
  readonly restore: readonly Statement[];
}

/**
 * Tapes are ordinary arrays indexed by the counters of the loops around: a derivative of a derivative, the simplifier
 * and every backend treat them as they treat the user's arrays. Where a trip count is known only at run time, a stack.
 */
export class Tapes {
  readonly arrays: ArrayVariable[] = [];
  /** For each tape, the outermost loop that fills it, and its bytes (as far as they are known before it runs). */
  readonly uses = new Map<ArrayVariable, { loop: Loop; bytes: number }>();
  private readonly ranges = new Ranges();

  constructor(private readonly structure: Structure, private readonly names: Names) {
    this.learnRanges(structure.root);
  }

  /** A tape for `value`, as seen in `region`, restored into `into`. */
  scalar(value: Expression, into: Local, region: Region, hint: string): Tape {
    const element = into.type === "f64" ? "f64" : "i32";
    const saved = into.type === "bool" ? select(value, int(1), int(0)) : value;
    const asRead = (e: Expression): Expression => (into.type === "bool" ? call("notEqualInt", [e, int(0)]) : e);
    const dense = this.dense(region, [], element, hint);
    if ("array" in dense) {
      return { save: [store(dense.array, dense.indices, saved)], restore: [assign(into, asRead(load(dense.array, dense.indices)))] };
    }
    const { stack } = dense;
    if (into.type !== "bool") return { save: [{ kind: "push", stack, value: saved }], restore: [{ kind: "pop", stack, local: into }] };
    const popped = this.names.local("i32", hint);
    return { save: [{ kind: "push", stack, value: saved }], restore: [{ kind: "pop", stack, local: popped }, assign(into, asRead(read(popped)))] };
  }

  /** A tape for one element that is about to be overwritten. */
  element(array: ArrayVariable, indices: readonly Expression[], region: Region): Tape {
    const hint = `${array.name}_before`;
    const dense = this.dense(region, [], array.element, hint);
    if ("array" in dense) {
      return { save: [store(dense.array, dense.indices, load(array, indices))], restore: [store(array, indices, load(dense.array, dense.indices))] };
    }
    const { stack } = dense;
    const popped = this.names.local(array.element, hint);
    return { save: [{ kind: "push", stack, value: load(array, indices) }], restore: [{ kind: "pop", stack, local: popped }, store(array, indices, read(popped))] };
  }

  /** A tape for a whole array that is about to be filled. */
  whole(array: ArrayVariable, region: Region): Tape {
    const hint = `${array.name}_before`;
    const indices = array.shape.map((_, dimension) => this.names.local("i32", `k${dimension}`));
    const at = indices.map((index) => read(index));
    const each = (inner: readonly Statement[], backwards: boolean): readonly Statement[] => {
      let body = inner;
      for (let dimension = array.shape.length - 1; dimension >= 0; dimension--) {
        const index = indices[dimension];
        const extent = array.shape[dimension];
        if (!index || extent === undefined) continue;
        body = [backwards
          ? { kind: "for", index, from: int(extent - 1), to: int(-1), step: -1, body }
          : { kind: "for", index, from: int(0), to: int(extent), step: 1, body }];
      }
      return body;
    };
    const dense = this.dense(region, array.shape, array.element, hint);
    if ("array" in dense) {
      const where = [...dense.indices, ...at];
      return { save: each([store(dense.array, where, load(array, at))], false), restore: each([store(array, at, load(dense.array, where))], false) };
    }
    const { stack } = dense;
    const popped = this.names.local(array.element, hint);
    return {
      save: each([{ kind: "push", stack, value: load(array, at) }], false),
      restore: each([{ kind: "pop", stack, local: popped }, store(array, at, read(popped))], true),
    };
  }

  /** How often a statement runs, as far as can be told. */
  timesRun(statement: Statement): number {
    let times = 1;
    for (let region: Region | undefined = this.structure.place(statement).region; region; region = region.parent) {
      if (region.owner?.kind === "for") times *= this.counter(region.owner)?.extent ?? SUPPOSED_TRIPS;
      if (region.owner?.kind === "while") times *= SUPPOSED_TRIPS;
    }
    return times;
  }

  private dense(region: Region, more: readonly number[], element: "f64" | "i32", hint: string): { array: ArrayVariable; indices: Expression[] } | { stack: ArrayVariable } {
    const extents: number[] = [];
    const indices: Expression[] = [];
    for (const loop of region.loops) {
      const counter = this.counter(loop);
      if (!counter) return { stack: this.stack(element, hint) };
      extents.push(counter.extent);
      indices.push(counter.index);
    }
    const shape = [...extents, ...more];
    const array = this.names.array(element, shape, { kind: "scratch", uninitialised: true }, `${hint}_tape`);
    const [loop] = region.loops;
    const bytes = sizeOf(array) * (element === "f64" ? 8 : 4);
    if (sizeOf(array) > LARGEST) {
      const stack = this.stack(element, hint);
      if (loop) this.uses.set(stack, { loop, bytes });
      return { stack };
    }
    if (loop) this.uses.set(array, { loop, bytes });
    this.arrays.push(array);
    return { array, indices };
  }

  /** A loop's index counted from 0, and how far it may count. */
  private counter(loop: Loop): { extent: number; index: Expression } | undefined {
    if (loop.kind === "while") return undefined;
    const interval = this.ranges.of(read(loop.index));
    if (!interval) return undefined;
    const index = interval.low === 0 ? read(loop.index) : call("subtractInt", [read(loop.index), int(interval.low)]);
    return { extent: interval.high - interval.low + 1, index };
  }

  private stack(element: "f64" | "i32", hint: string): ArrayVariable {
    const stack = this.names.array(element, [], { kind: "stack" }, `${hint}_stack`);
    this.arrays.push(stack);
    return stack;
  }

  private learnRanges(region: Region): void {
    for (const statement of region.block) {
      if (statement.kind === "assign" && this.structure.definition(statement.local)?.kind === "assigned") this.ranges.assigned(statement.local, statement.value);
      if (statement.kind === "for") this.ranges.enterLoop(statement);
      if (statement.kind === "for" || statement.kind === "while") this.learnRanges(this.structure.region(statement.body));
      if (statement.kind === "if") {
        this.learnRanges(this.structure.region(statement.then));
        this.learnRanges(this.structure.region(statement.else));
      }
    }
  }
}
