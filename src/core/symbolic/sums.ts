import { call, float, read } from "../ir/build";
import type { Expression, Local } from "../ir/types";
import { operands } from "../ir/visit";
import { type Affine, affineOf, indexNames, put, rangeOf, toExpression } from "./affine";
import { Labels } from "./labels";

/** Σ or Π. */
export type Operator = "sum" | "product";

/** Σ (or Π) of `body` for every index from `from` to before `to`. */
export interface SumOverIndex {
  readonly operator: Operator;
  readonly index: Local;
  readonly from: Affine;
  readonly to: Affine;
  readonly body: Expression;
  /** Values of the index that are left out, different from each other wherever the sum stands. */
  readonly except?: readonly Affine[] | undefined;
}

/**
 * The sums over an index in an expression. The IR has none, so that a sum stands there as the read of a local that
 * nobody assigns, and this table says what it means. The same for the length of data (n).
 */
export class Sums {
  private readonly sums = new Map<string, SumOverIndex>();
  private readonly sizes = new Map<string, number>();
  private readonly ranges = new Map<string, readonly [number, number]>();
  private readonly indices = new Map<string, Local>();
  private readonly free = new WeakMap<Expression, ReadonlySet<string>>();
  private readonly heights = new WeakMap<Expression, number>();
  private count = 0;

  /** `labels`: the user's own names for expressions; an expression put together anew keeps its name. */
  constructor(readonly labels: Labels = new Labels()) {}

  get isEmpty(): boolean {
    return this.sums.size === 0;
  }

  /** Some loop was told all at once, though it may have left no sum: d *= r. */
  hasLoops = false;
  /** Why a loop was written out that has more than a few turns. */
  whyWrittenOut: string | undefined;
  /** Lengths of data that are told by a letter. */
  lengths: ReadonlySet<number> = new Set();

  /** So many turns. */
  lengthOf(turns: number): Expression {
    return this.lengths.has(turns) ? this.size(turns) : float(turns);
  }

  of(expression: Expression): SumOverIndex | undefined {
    return expression.kind === "read" ? this.sums.get(expression.local.name) : undefined;
  }

  sizeOf(local: Local): number | undefined {
    return this.sizes.get(local.name);
  }

  isSize(name: string): boolean {
    return this.sizes.has(name);
  }

  size(value: number): Expression {
    const local: Local = { kind: "local", name: `~n${value}`, type: "f64" };
    this.sizes.set(local.name, value);
    return read(local);
  }

  /** An index of its own for each time that a loop is met. */
  fresh(label: string | undefined, from: Affine, to: Affine): Local | undefined {
    return this.index(`~i${this.count++}`, label, from, to);
  }

  private index(name: string, label: string | undefined, from: Affine, to: Affine): Local | undefined {
    const [low, high] = [this.rangeOf(from)?.[0], this.rangeOf(to)?.[1]];
    if (low === undefined || high === undefined) return undefined;
    const local: Local = this.indices.get(name) ?? { kind: "local", name, type: "i32", ...(label === undefined ? {} : { label }) };
    this.indices.set(name, local);
    const before = this.ranges.get(name);
    this.ranges.set(name, before ? [Math.min(low, before[0]), Math.max(high - 1, before[1])] : [low, high - 1]);
    return local;
  }

  indexNamed(name: string): Local | undefined {
    return this.indices.get(name);
  }

  /** Does something while indices are known to be within further bounds. */
  within<T>(bounds: readonly { readonly index: string; readonly low: number; readonly high: number }[], run: () => T): T {
    const before = bounds.map(({ index }) => [index, this.ranges.get(index)] as const);
    for (const { index, low, high } of bounds) {
      const range = this.ranges.get(index);
      if (range) this.ranges.set(index, [Math.max(low, range[0]), Math.min(high, range[1])]);
    }
    try {
      return run();
    } finally {
      for (const [index, range] of before.reverse()) if (range) this.ranges.set(index, range);
    }
  }

  rangeOf(affine: Affine): [number, number] | undefined {
    return rangeOf(affine, (name) => this.ranges.get(name));
  }

  /** Another index of the same range, for what goes over it once more inside. */
  twin(index: Local, from: Affine, to: Affine): Local {
    const twin = this.index(`${index.name}'`, index.label, from, to);
    if (!twin) throw new Error("An index has bounds");
    return twin;
  }

  /** Sums of equal nesting share their index, so that equal sums are recognised as such. */
  sum(index: Local, from: Affine, to: Affine, body: Expression, operator: Operator = "sum"): Expression {
    const height = this.heightOf(body) + 1;
    const bound = this.index(`~${height}${index.label ?? ""}`, index.label, from, to);
    if (!bound) throw new Error("An index has bounds");
    return this.closed({ operator, index: bound, from, to, body: this.substitute(body, new Map([[index.name, read(bound)]])) });
  }

  /** A sum whose index is its own already. */
  closed(sum: SumOverIndex): Expression {
    const local: Local = { kind: "local", name: `~s${this.count++}`, type: "f64" };
    this.sums.set(local.name, sum);
    return read(local);
  }

  /** What is told in another way keeps its name. */
  relabel(from: Expression, to: Expression): void {
    const label = this.labels.of(from);
    if (label) this.labels.add(to, label);
  }

  mentions(expression: Expression, name: string): boolean {
    return this.freeIn(expression).has(name);
  }

  /** Names of the locals that it reads, other than indices that it binds itself. */
  freeIn(expression: Expression): ReadonlySet<string> {
    const known = this.free.get(expression);
    if (known) return known;
    const free = new Set<string>();
    const sum = this.of(expression);
    if (sum) {
      for (const name of this.freeIn(sum.body)) if (name !== sum.index.name) free.add(name);
      for (const bound of [sum.from, sum.to, ...(sum.except ?? [])]) for (const name of indexNames(bound)) free.add(name);
    } else if (expression.kind === "read") free.add(expression.local.name);
    for (const operand of operands(expression)) for (const name of this.freeIn(operand)) free.add(name);
    this.free.set(expression, free);
    return free;
  }

  private heightOf(expression: Expression): number {
    const known = this.heights.get(expression);
    if (known !== undefined) return known;
    const sum = this.of(expression);
    const own = sum ? this.heightOf(sum.body) + 1 : 0;
    const height = operands(expression).reduce((most, operand) => Math.max(most, this.heightOf(operand)), own);
    this.heights.set(expression, height);
    return height;
  }

  /** With expressions in place of locals, inside sums as well; what is shared stays shared. */
  substitute(expression: Expression, values: ReadonlyMap<string, Expression>, done = new Map<Expression, Expression>()): Expression {
    const known = done.get(expression);
    if (known) return known;
    const free = this.freeIn(expression);
    const changed = [...values.keys()].some((name) => free.has(name)) ? this.rebuilt(expression, values, done) : expression;
    const label = this.labels.of(expression);
    if (label && changed !== expression) this.labels.add(changed, { ...label, at: label.at.map((index) => put(index, wholeOf(values))) });
    done.set(expression, changed);
    return changed;
  }

  private rebuilt(expression: Expression, values: ReadonlyMap<string, Expression>, done: Map<Expression, Expression>): Expression {
    const of = (part: Expression): Expression => this.substitute(part, values, done);
    switch (expression.kind) {
      case "constant": return expression;
      case "read": {
        const sum = this.of(expression);
        if (!sum) return values.get(expression.local.name) ?? expression;
        const whole = wholeOf(values);
        return this.closed({ ...sum, from: put(sum.from, whole), to: put(sum.to, whole), except: sum.except?.map((value) => put(value, whole)), body: of(sum.body) });
      }
      case "load": return { ...expression, indices: expression.indices.map((index) => normal(of(index))) };
      case "call": return call(expression.primitive, expression.args.map(of), expression.span);
      case "select": return { ...expression, condition: of(expression.condition), whenTrue: of(expression.whenTrue), whenFalse: of(expression.whenFalse) };
    }
  }
}

/** Those of the values that are whole numbers. */
function wholeOf(values: ReadonlyMap<string, Expression>): ReadonlyMap<string, Affine> {
  const whole = new Map<string, Affine>();
  for (const [name, value] of values) {
    const affine = affineOf(value);
    if (affine) whole.set(name, affine);
  }
  return whole;
}

function normal(index: Expression): Expression {
  const affine = affineOf(index);
  return affine ? toExpression(affine) : index;
}
