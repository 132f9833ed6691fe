import { call } from "../ir/build";
import type { ArrayVariable, Block, Expression, Local } from "../ir/types";
import { operands, walkBlock } from "../ir/visit";
import { type Affine, affineIndex, affineNumber, indexNames, isNumber, looksUp, minus, plus, toExpression } from "./affine";
import { AllTurns, type IndexRange } from "./allTurns";
import { NoClosedForm } from "./canonical";
import { Carried, grown, growthOf, type Recurrence, recurrenceOf, repeated } from "./carried";
import { contains } from "./contains";
import { readsIn } from "./counters";
import { everyElement, type Filled, keyOf, neverMeet, type Place, sameAt, type State } from "./elements";
import { lost } from "./lost";
import { replaced } from "./shifts";
import type { Sums } from "./sums";

/** So few turns are written out where each goes on from the one before. */
const mostTurnsWritten = 3;

/**
 * One turn of a loop, with its index left as a name: what each variable had before the turn is a name too, so that
 * afterwards one sees which only grew (these become sums over the index) and which elements were written at the index.
 */
export class Turn {
  readonly locals = new Map<string, Local>();
  readonly arrays = new Map<string, ArrayVariable>();
  private readonly carried = new Map<string, Carried>();
  private readonly touched = new Map<string, Place>();

  private readonly all: AllTurns;
  private readonly readInside: ReadonlyMap<string, number>;

  /** `reads`: how often the whole program reads each local. */
  constructor(readonly index: Local, private readonly range: IndexRange, body: Block, private readonly sums: Sums, private readonly reads: ReadonlyMap<string, number>) {
    this.all = new AllTurns(index, range, sums);
    this.readInside = readsIn(body);
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
  elementBefore(place: Place): Expression {
    const key = keyOf(place);
    const known = this.carried.get(key);
    if (known) return known.marker;
    const before = new Carried(this.index.name, key, place.array.element);
    this.carried.set(key, before);
    return before.marker;
  }

  private after: State | undefined;
  private before: ((of: Local | Place) => Expression) | undefined;

  /** What cannot be told is never asked for, if it is a variable of the turn's own. */
  private kept(name: string, settle: () => Expression): Expression {
    try {
      return settle();
    } catch (error) {
      if (!(error instanceof NoClosedForm) || this.reads.get(name) !== this.readInside.get(name)) throw error;
      return lost(error.message);
    }
  }

  /** All turns together, out of what one left behind. `before` tells what stood there before the loop. */
  finish(after: State, state: State, before: (of: Local | Place) => Expression): void {
    this.after = after;
    this.before = before;
    for (const [name, local] of this.locals) {
      const value = after.values.get(name);
      if (value) state.values.set(name, this.kept(name, () => this.settled(value, this.carried.get(name), () => before(local))));
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
    const atIndex = (at: readonly Affine[]): boolean => at.some((index) => indexNames(index).includes(this.index.name));
    // Two turns may write one element.
    if (filled.some(({ at }) => atIndex(at) && at.some(looksUp))) this.refuse();
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
    const growth = this.sums.mentions(value, carried.local.name) ? growthOf(value, carried, this.sums) : undefined;
    return growth ? grown(before, growth) : this.sums.substitute(value, new Map([[carried.local.name, before]]));
  }

  private settled(value: Expression, carried: Carried | undefined, before: () => Expression): Expression {
    if (!carried || !this.sums.mentions(value, carried.local.name)) return this.last(this.checked(value));
    if (value === carried.marker) return before();
    const growth = growthOf(value, carried, this.sums);
    if (growth) return this.all.over({ ...growth, by: this.checked(growth.by) }, before());
    const { from, to } = this.range;
    return this.all.recurred(this.recurrence(value, carried) ?? this.refuse(), before(), from, to);
  }

  /** φ s + e, with a factor that is the same in every turn. */
  private recurrence(value: Expression, carried: Carried): Recurrence | undefined {
    const { from, to } = this.range;
    // Of a few turns, each is written out.
    if (isNumber(from) && isNumber(to) && to.constant - from.constant <= mostTurnsWritten) return undefined;
    const found = recurrenceOf(value, carried, this.sums);
    if (!found) return undefined;
    const [factor, by] = [this.checked(found.factor), this.checked(found.by)];
    return this.sums.mentions(factor, this.index.name) ? undefined : { factor, by };
  }

  /** With the index of the last turn. */
  private last(value: Expression): Expression {
    return this.sums.substitute(value, new Map([[this.index.name, toExpression(this.range.last)]]));
  }

  private lastAt(index: Affine): Affine {
    return indexNames(index).includes(this.index.name) ? this.refuse() : index;
  }

  /** In terms of what was there before the loop: what a turn found is what the turns before it had made. */
  private checked(value: Expression): Expression {
    let told = this.finishedTurn(value);
    for (const [name, carried] of this.carried) {
      if (this.sums.mentions(told, carried.local.name)) told = this.sums.substitute(told, new Map([[carried.local.name, this.found(name, carried)]]));
    }
    return told;
  }

  /** With what a variable is after the turn, where that is told better than by what it was before: sᵢ = Σ φ^(i−j) eⱼ. */
  private finishedTurn(value: Expression): Expression {
    const told = new Map<Expression, Expression>();
    for (const [name, local] of this.locals) {
      const after = this.after?.values.get(name);
      const carried = this.carried.get(name);
      if (!after || !carried || after === carried.marker || local.type !== "f64" || value === after || !contains(value, after, this.sums)) continue;
      const whole = this.afterTurn(name, after, carried);
      if (whole) told.set(after, whole);
    }
    return told.size === 0 ? value : replaced(value, this.sums, told);
  }

  private readonly afterTurns = new Map<string, Expression | undefined>();

  private afterTurn(name: string, after: Expression, carried: Carried): Expression | undefined {
    if (this.afterTurns.has(name)) return this.afterTurns.get(name);
    // Undefined meanwhile: what grows by itself is told by what it was.
    this.afterTurns.set(name, undefined);
    const local = this.locals.get(name);
    const recurrence = this.sums.mentions(after, carried.local.name) ? this.recurrence(after, carried) : undefined;
    if (!local || !recurrence || !this.before || !this.sums.mentions(recurrence.by, this.index.name) || hasSum(recurrence.by, this.sums)) return undefined;
    const index = affineIndex(this.index);
    const whole = this.all.rises ? this.all.recurred(recurrence, this.before(local), this.range.from, plus(index, affineNumber(1))) : this.all.recurred(recurrence, this.before(local), index, this.range.to);
    this.sums.relabel(after, whole);
    this.afterTurns.set(name, whole);
    return whole;
  }

  private readonly begun = new Map<string, Expression | undefined>();

  /** What a variable was when the turn at the index began. */
  private found(name: string, carried: Carried): Expression {
    if (!this.begun.has(name)) {
      this.begun.set(name, undefined);
      this.begun.set(name, this.madeBefore(name, carried));
    }
    // Undefined: two that grow by one another.
    return this.begun.get(name) ?? this.refuse();
  }

  private madeBefore(name: string, carried: Carried): Expression {
    const local = this.locals.get(name);
    const value = this.after?.values.get(name);
    if (!local || local.type !== "f64" || !value || !this.before) return this.refuse();
    const growth = growthOf(value, carried, this.sums);
    const { from, to } = this.range;
    const index = affineIndex(this.index);
    const before = this.before(local);
    const by = growth && this.checked(growth.by);
    if (growth && by && !this.sums.mentions(by, this.index.name)) {
      const turns = this.all.rises ? minus(index, from) : minus(minus(to, affineNumber(1)), index);
      return grown(before, { operator: growth.operator, by: repeated({ operator: growth.operator, by }, call("toFloat", [toExpression(turns)])) });
    }
    const recurrence = growth?.operator === "product" ? undefined : this.recurrence(value, carried);
    // Told over and over, sums within sums within sums are nothing to read.
    if (!recurrence || hasSum(recurrence.by, this.sums)) return this.refuse();
    return this.all.rises ? this.all.recurred(recurrence, before, from, index) : this.all.recurred(recurrence, before, plus(index, affineNumber(1)), to);
  }

  private refuse(): never {
    const { from, to } = this.range;
    const rows = isNumber(from) && isNumber(to) ? ` over ${to.constant - from.constant} rows` : "";
    throw new NoClosedForm(`each turn of its loop${rows} needs what the one before it made`);
  }
}

function hasSum(expression: Expression, sums: Sums): boolean {
  return sums.of(expression) !== undefined || operands(expression).some((operand) => hasSum(operand, sums));
}
