import { call, float, select } from "../ir/build";
import type { ArrayVariable, Block, Expression, Local } from "../ir/types";
import { walkBlock } from "../ir/visit";
import { type Affine, isNumber, toExpression } from "./affine";
import { NoClosedForm } from "./canonical";
import { Carried, everyElement, type Filled, keyOf, neverMeet, type Place, sameAt, type State } from "./elements";
import type { Sums } from "./sums";

/** The values an index takes, rising, and the one it has in the last turn. */
export interface IndexRange {
  readonly label: string | undefined;
  readonly from: Affine;
  readonly to: Affine;
  readonly last: Affine;
}

/**
 * One turn of a loop, with its index left as a name: what each variable had before the turn is a name too, so that
 * afterwards one sees which only grew (these become sums over the index) and which elements were written at the index.
 */
export class Turn {
  readonly locals = new Map<string, Local>();
  readonly arrays = new Map<string, ArrayVariable>();
  private readonly carried = new Map<string, Carried>();
  private readonly touched = new Map<string, Place>();

  constructor(readonly index: Local, private readonly range: IndexRange, body: Block, private readonly sums: Sums) {
    walkBlock(body, (statement) => {
      switch (statement.kind) {
        case "assign": this.locals.set(statement.local.name, statement.local); return;
        case "store":
        case "fill": this.arrays.set(statement.array.name, statement.array); return;
        case "accumulate":
          if (statement.target.kind === "local") this.locals.set(statement.target.name, statement.target);
          else this.arrays.set(statement.target.name, statement.target);
          return;
        default: return;
      }
    });
  }

  /** Before the turn: names for what it may change. */
  begin(state: State): void {
    for (const [name, local] of this.locals) {
      const before = new Carried(this.index.name, name, local.type);
      this.carried.set(name, before);
      state.values.set(name, before.marker);
    }
    for (const array of this.arrays.values()) state.forget(array);
  }

  touch(place: Place): void {
    if (this.arrays.has(place.array.name)) this.touched.set(keyOf(place), place);
  }

  /** The element as it was before the turn. */
  before(place: Place): Expression {
    const key = keyOf(place);
    const known = this.carried.get(key);
    if (known) return known.marker;
    const before = new Carried(this.index.name, key, place.array.element);
    this.carried.set(key, before);
    return before.marker;
  }

  /** All turns together, out of what one left behind. `before` tells what stood there before the loop. */
  finish(after: State, state: State, before: (of: Local | Place) => Expression): void {
    for (const [name, local] of this.locals) {
      const value = after.values.get(name);
      if (value) state.values.set(name, this.settled(value, this.carried.get(name), () => before(local)));
    }
    for (const array of this.arrays.values()) this.finishArray(array, after, state, before);
  }

  private finishArray(array: ArrayVariable, after: State, state: State, before: (of: Local | Place) => Expression): void {
    const places = [...this.touched.values()].filter((place) => place.array === array);
    const exact = places.flatMap((place): Filled[] => {
      const value = after.values.get(keyOf(place));
      return value ? [{ at: place.at, indices: [], value }] : [];
    });
    const everywhere = after.values.get(everyElement(array));
    const filled = [...(after.filled.get(array.name) ?? []), ...exact];
    if (everywhere) {
      // Made anew in each turn: the last turn's is left.
      if (places.some((place) => this.carried.has(keyOf(place)))) this.refuse();
      state.fill(array, this.last(this.checked(everywhere)));
      for (const entry of filled) state.add(array, { ...entry, at: entry.at.map((index) => this.lastAt(index)), value: this.last(this.checked(entry.value)) });
      return;
    }
    const atIndex = (at: readonly Affine[]): boolean => at.some(({ terms }) => terms.has(this.index.name));
    const patterns = [...filled.map(({ at }) => at), ...places.map(({ at }) => at)];
    for (const { at } of filled) {
      if (atIndex(at) && patterns.some((other) => !sameAt(at, other) && !neverMeet(at, other))) this.refuse();
    }
    const additions: Filled[] = filled.map((entry) => {
      const place: Place = { array, at: entry.at };
      const carried = this.carried.get(keyOf(place));
      if (!atIndex(entry.at)) return { ...entry, value: this.settled(entry.value, carried, () => before(place)) };
      const value = carried ? this.raised(entry.value, carried, before(place)) : entry.value;
      return { ...entry, indices: [...entry.indices, { local: this.index, from: this.range.from, to: this.range.to }], value: this.checked(value) };
    });
    for (const entry of additions) {
      const place = { array, at: entry.at };
      if (entry.indices.length === 0) state.values.set(keyOf(place), entry.value);
      else {
        // Elements known by themselves count before what loops wrote, so those that this loop wrote must go.
        for (const key of state.mayMeet(place, this.sums)) state.values.delete(key);
        state.add(array, entry);
      }
    }
  }

  private raised(value: Expression, carried: Carried, before: Expression): Expression {
    const more = this.sums.mentions(value, carried.local.name) ? increase(value, carried, this.sums) : undefined;
    return more ? added(before, more) : this.sums.substitute(value, new Map([[carried.local.name, before]]));
  }

  private settled(value: Expression, carried: Carried | undefined, before: () => Expression): Expression {
    if (!carried || !this.sums.mentions(value, carried.local.name)) return this.last(this.checked(value));
    if (value === carried.marker) return before();
    const more = increase(value, carried, this.sums);
    if (!more) return this.refuse();
    return added(before(), this.summed(this.checked(more)));
  }

  private summed(value: Expression): Expression {
    if (value.kind === "call" && value.primitive === "negate" && value.args[0]) return call("negate", [this.summed(value.args[0])]);
    const { from, to } = this.range;
    if (!this.sums.mentions(value, this.index.name) && isNumber(from) && isNumber(to) && value.kind === "constant") {
      return float((to.constant - from.constant) * value.value);
    }
    return this.sums.sum(this.index, from, to, value);
  }

  /** With the index of the last turn. */
  private last(value: Expression): Expression {
    return this.sums.substitute(value, new Map([[this.index.name, toExpression(this.range.last)]]));
  }

  private lastAt(index: Affine): Affine {
    const value = index.terms.get(this.index.name);
    if (!value) return index;
    return this.refuse();
  }

  private checked(value: Expression): Expression {
    for (const { local } of this.carried.values()) if (this.sums.mentions(value, local.name)) this.refuse();
    return value;
  }

  private refuse(): never {
    const { from, to } = this.range;
    const rows = isNumber(from) && isNumber(to) ? ` over ${to.constant - from.constant} rows` : "";
    throw new NoClosedForm(`each turn of its loop${rows} needs what the one before it made`);
  }
}

/** By how much a turn raised it; undefined where it did something else with it. */
function increase(value: Expression, carried: Carried, sums: Sums): Expression | undefined {
  const has = (part: Expression): boolean => sums.mentions(part, carried.local.name);
  if (value === carried.marker || (value.kind === "read" && value.local.name === carried.local.name)) return float(0);
  if (value.kind === "call" && (value.primitive === "add" || value.primitive === "subtract")) {
    const [a, b] = value.args;
    if (!a || !b || has(a) === has(b)) return undefined;
    const more = increase(has(a) ? a : b, carried, sums);
    if (!more || (has(b) && value.primitive === "subtract")) return undefined;
    const other = has(a) ? b : a;
    return isZero(more) ? (value.primitive === "add" ? other : call("negate", [other])) : call(value.primitive, [more, other], value.span);
  }
  if (value.kind === "select" && !has(value.condition)) {
    const [a, b] = [increase(value.whenTrue, carried, sums), increase(value.whenFalse, carried, sums)];
    return a && b && select(value.condition, a, b, value.span);
  }
  return undefined;
}

function added(before: Expression, more: Expression): Expression {
  if (isZero(before)) return more;
  if (more.kind === "call" && more.primitive === "negate" && more.args[0]) return call("subtract", [before, more.args[0]]);
  return call("add", [before, more]);
}

const isZero = (expression: Expression): boolean => expression.kind === "constant" && expression.value === 0;
