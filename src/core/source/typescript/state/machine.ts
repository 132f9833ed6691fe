import { assign, float, Names, read } from "../../../ir/build";
import type { ArrayRole, ArrayVariable, Expression, Local, ScalarType, Statement } from "../../../ir/types";
import { typeOf, walkExpression } from "../../../ir/visit";
import type { Span } from "../../positions";
import type { Arguments } from "../arguments/arguments";
import type { CallWatch } from "./callWatch";
import { Budget } from "./budget";
import { Dependence } from "./dependence";
import { Facts } from "./facts";
import { Journal, Slot, type ListSlot, type ValueSlot } from "./journal";
import { elementsOf } from "../lists/lists";
import type { Module } from "../syntax/module";
import type { Modules } from "../evaluate/modules";
import { Refusal } from "../syntax/refusal";
import type { Region } from "./region";
import type { Catcher, Frame } from "./scope";
import { NeedsStatic, NotStatic, Relearn } from "./signals";
import { endOf, startOf, type Node } from "../syntax/syntax";
import type { FunctionValue, Layout, ListState, ListValue, ObjectValue, RecordView, Value } from "./values";

/** Under which `Arguments` remembers that objects change places. */
export const objectCopies = "objects that change places";

/**
 * The staged evaluator's state: abstract memory (the journal's slots) beside the IR program that is being written. What
 * is known is computed here and now; what is not becomes IR.
 */
export class Machine {
  readonly journal = new Journal();
  readonly names = new Names();
  readonly arrays: ArrayVariable[] = [];
  readonly facts = new Facts((expression) => this.dependence.isStable(expression));
  readonly regions: Region[] = [];
  readonly calls: FunctionValue[] = [];
  readonly budget = new Budget(this);
  readonly dependence = new Dependence(this.regions);
  readonly notes = new Map<string, Refusal>();
  block: Statement[] = [];
  /** Above zero while only what needs no unknown may run. */
  staticOnly = 0;
  frame: Frame | undefined;
  /** Where the evaluator is in the module whose text the user sees; spans of other modules would point nowhere. */
  module: Module | undefined;
  callSite: Span | undefined;
  random: () => number = () => 0.5;
  arguments: Arguments | undefined;
  watch: CallWatch | undefined;
  /** The user's names of lists, for the arrays they become. */
  readonly labels = new WeakMap<ListValue, string>();
  /** Lists that grow by a number of elements known only at run time, and from how many places they grow. */
  readonly counted = new WeakSet<ListValue>();
  /** Typed arrays that share their elements with a subarray, one by one. */
  readonly windows = new WeakSet<ListSlot>();
  readonly pushes = new WeakMap<ListValue, number>();
  /** The `return` that gave a call its result: where a person looks when the result is no number. */
  readonly returnSites = new WeakMap<ValueSlot, Node>();
  /** Errors, and the prototypes of classes of errors. */
  readonly errors = new WeakSet<ObjectValue>();
  /** Classes by their prototypes. */
  readonly constructors = new WeakMap<ObjectValue, FunctionValue>();
  readonly staticGetters = new WeakMap<FunctionValue, Map<string, FunctionValue>>();
  /** Field initialisers of a derived class, waiting for its `super(…)`. */
  readonly afterSuper = new WeakMap<ObjectValue, () => void>();
  /** The `try … catch` blocks being read, innermost last. */
  readonly catchers: Catcher[] = [];
  /** The `return` that was read last. */
  lastReturn: Node | undefined;
  /** The `throw` that was read last, for a function that does nothing else. */
  lastThrow: Refusal | undefined;
  /** Where the file replaces what the language gives: what it computes is then not what is read here. */
  tampering: Refusal | undefined;
  modules: Modules | undefined;
  /** While a module's own statements run: there, and only there, numbers may be drawn. */
  seeding = false;
  /** While it is asked whether something is there (`a.b ?? c`): a field that is not need not be. */
  tolerant = false;
  /** While the value of an expression is thrown away. */
  discards = false;
  /** Lists of unlike elements, and the lists that constant arrays were made of. */
  readonly ragged = new WeakSet<ListValue>();
  readonly sources = new Map<ArrayVariable, ListValue>();
  readonly namedRows = new Set<ListValue>();
  readonly namedRecords = new Set<RecordView>();
  /** Copies of objects that have a name, and the arrays they are copies from. */
  readonly copies = new WeakSet<ObjectValue>();
  readonly copiedFrom = new Set<ArrayVariable>();
  /** What JSON texts were made of: reading one again is a copy. */
  readonly written = new WeakMap<Value, Value>();
  /** Named properties that somebody hung on an array. */
  readonly extras = new WeakMap<ListValue, ReadonlyMap<string, ValueSlot>>();
  /** Variables that only count: integers however long the loop. */
  readonly counters = new Map<ValueSlot, "up" | "any">();
  /** Reads past the end of an array, and how far. */
  readonly overruns = new Map<Node, number>();
  /** Counts writes to elements, so that what was read off a constant list is known to be still true. */
  elementWrites = 0;
  private clock = 0;

  /** True after a throw on the path that is read: nothing after it runs, on no level. */
  readonly trapped: ValueSlot = new Slot("value", { kind: "static", value: false }, -1, "trapped");

  now(): number {
    return this.clock++;
  }

  spanOf(node: Node): Span | undefined {
    if (this.module && !this.module.isMain) return this.callSite;
    const via = this.frame?.call;
    return { start: startOf(node), end: endOf(node), ...(via ? { via } : {}) };
  }

  refuse(node: Node, code: string, message: string, hint?: string): Refusal {
    const span = this.spanOf(node) ?? { start: 0, end: 0 };
    return new Refusal(code, message, hint, span);
  }

  /** Said once, however often the place is read. */
  note(node: Node, code: string, message: string, hint?: string): void {
    const key = `${code}:${this.spanOf(node)?.start ?? 0}:${message}`;
    if (!this.notes.has(key)) this.notes.set(key, this.refuse(node, code, message, hint));
  }

  slot(content: Value, label?: string): ValueSlot {
    return new Slot("value", content, this.now(), label);
  }

  list(state: ListState, typed?: string): ListValue {
    return { kind: "list", state: new Slot("list", state, this.now()), ...(typed === undefined ? {} : { typed }) };
  }

  /** Objects of arrays change places: a name is then given a copy, which stays what it was. */
  get copiesObjects(): boolean {
    return this.arguments?.roomOf(objectCopies) !== undefined;
  }

  /** A row or an element that has a name of its own: it must survive when another is put in its place. */
  keepView(value: Value): void {
    if (value.kind === "list" && value.state.content.kind === "dense" && value.state.content.prefix.length > 0) this.namedRows.add(value);
    if (value.kind === "record") this.namedRecords.add(value);
  }

  elements(list: ListValue): readonly Value[] | undefined {
    return elementsOf(this, list);
  }

  object(values: ReadonlyMap<string, Value>, prototype?: ObjectValue): ObjectValue {
    const fields = new Map([...values].map(([name, value]) => [name, this.slot(this.freeze(value), name)]));
    return { kind: "object", fields: new Slot("fields", fields, this.now()), ...(prototype ? { prototype } : {}) };
  }

  /** `name`: what the user calls the list, and h[0] its first element. */
  listOf(values: readonly Value[], typed?: string, name?: string): ListValue {
    this.budget.expectCells(values.length);
    return this.list({ kind: "cells", cells: values.map((value, i) => this.slot(this.freeze(value, name === undefined ? undefined : `${name}[${i}]`))) }, typed);
  }

  emit(statement: Statement): void {
    if (this.staticOnly > 0) throw new NotStatic("emits");
    this.budget.emitted(statement);
    this.dependence.record(statement);
    this.block.push(statement);
  }

  /** The statements that `body` emits, kept apart. */
  capture(body: () => void): Statement[] {
    const outer = this.block;
    const inner: Statement[] = [];
    this.block = inner;
    try {
      body();
    } finally {
      this.block = outer;
    }
    return inner;
  }

  array(element: "f64" | "i32", shape: readonly number[], role: ArrayRole, hint: string, label?: string): ArrayVariable {
    const array = this.names.array(element, shape, role, hint, label);
    this.arrays.push(array);
    return array;
  }

  local(type: ScalarType, hint: string, label?: string): Local {
    return this.names.local(type, hint, label);
  }

  /** A local that is assigned once wherever it is in reach, so an expression may go on reading it. */
  stableLocal(type: ScalarType, hint: string, label?: string): Local {
    const local = this.local(type, hint, label);
    this.dependence.trust(local);
    return local;
  }

  /** A value that later statements cannot change, and that costs nothing to read again. */
  freeze(value: Value, label?: string): Value {
    if (value.kind !== "scalar") return value;
    if (isCheap(value.expression) && this.dependence.isStable(value.expression)) return value;
    return { ...value, expression: this.named(value.expression, label) };
  }

  /** Computes into a new stable local. */
  named(expression: Expression, label?: string): Expression {
    const type = typeOf(expression);
    const local = this.stableLocal(type, label ?? "t", label);
    this.emit(assign(local, expression, expression.span));
    if (type !== "bool") this.facts.bound(local, this.facts.rangeOf(expression));
    return read(local, expression.span);
  }

  tolerating<Result>(isTolerant: boolean, body: () => Result): Result {
    const before = this.tolerant;
    this.tolerant = isTolerant;
    try {
      return body();
    } finally {
      this.tolerant = before;
    }
  }

  /** An argument that the function writes: it is copied on entry, for the caller's numbers must not change. */
  copyOnEntry(layout: Layout, node: Node): Error {
    const name = this.arguments?.copyOnEntry(layout);
    return name ? new Relearn(`copy ${name}`) : this.refuse(node, "E110", "This writes into constant data.", "Copy the array first, with slice() or [...array].");
  }

  needsStatic(value: Value, refusal: Refusal): Error {
    const loops = value.kind === "scalar" ? this.dependence.loopsOf(value.expression) : new Set<Region>();
    // What went through an array or a text on its way here has lost its traces: it may come from any loop around.
    return this.needsUnrolled(loops.size > 0 ? loops : new Set(this.regions.filter(({ kind }) => kind === "loop")), refusal);
  }

  needsUnrolled(loops: ReadonlySet<Region>, refusal: Refusal): Error {
    if (this.staticOnly > 0) return new NotStatic("needs static");
    return loops.size > 0 ? new NeedsStatic(loops, refusal) : refusal;
  }
}

/** Reading it twice costs about as much as reading a variable. */
function isCheap(expression: Expression): boolean {
  let cost = 0;
  walkExpression(expression, (part) => {
    if (part.kind === "select") cost += 10;
    if (part.kind === "load") cost += 1;
    if (part.kind === "call") cost += part.primitive.endsWith("Int") || part.primitive === "toFloat" || part.primitive === "toInt" ? 1 : part.primitive === "negate" ? 2 : 10;
  });
  return cost <= 6;
}

export const nan = (): Expression => float(NaN);
