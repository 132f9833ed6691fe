import { float, int, read } from "../ir/build";
import type { ArrayVariable, Block, Expression, For, IrFunction, Local, Statement, While } from "../ir/types";
import { type Affine, affineIndex, affineNumber, affineOf, indexNames, isNumber, minus, plus, times, toExpression } from "./affine";
import type { IndexRange } from "./allTurns";
import { NoClosedForm } from "./canonical";
import { countersIn, localsIn, readsIn, testedLast, wholeNumber } from "./counters";
import { keyOf, State } from "./elements";
import { Evaluation } from "./evaluation";
import { countNodes, writtenLength } from "./indices";
import { labelOf, Labels } from "./labels";
import { whyLost } from "./lost";
import { added, extreme } from "./neutral";
import { goesOverRows } from "./rows";
import type { Sums } from "./sums";
import { Turn } from "./turn";

const mostIterations = 64;
const mostNodes = 400;
/** What a program computes once and uses twice, over and over, is short as a program and endless as a formula. */
const mostWritten = 25_000;
const mostData = 24;
/** Turns that stay written out where sums over an index are welcome; inside a sum, fewer. */
const mostWrittenOut = 3;
const mostWrittenOutInside = 2;
/** Rows of data that are a sum all the same. */
const fewestRows = 2;
/** Statements that may be gone through; nested loops of which some cannot be summed multiply. */
const mostEffort = 5000;
/** Turns of a `while` that are counted. */
const mostCounted = 100_000;

/**
 * Runs a function with its unknowns left as names: the result is one expression of parameters and numbers, sharing what
 * the program computed once. With `sums`, loops that only add up become sums over their index; otherwise every loop is
 * written out. What the user gave a name is entered in `labels`; `isNamed` tells data that have a name. Throws NoClosedForm where there is no short one.
 */
export function execute(fn: IrFunction, sums?: Sums, labels = new Labels(), isNamed = (_: ArrayVariable): boolean => false): Expression {
  return new Execution(fn, sums, labels, isNamed).run();
}

class Execution {
  private iterations = 0;
  private effort = 0;
  /** What is known where the program stands. */
  private readonly now: Evaluation;
  private readonly reads: ReadonlyMap<string, number>;

  constructor(private readonly fn: IrFunction, private readonly sums: Sums | undefined, private readonly labels: Labels, private readonly isNamed: (data: ArrayVariable) => boolean) {
    const lengths = fn.arrays.filter(({ role }) => role.kind === "data").flatMap(({ shape }) => shape);
    this.reads = sums ? readsIn(fn.body, fn.result) : new Map();
    const told = new Set(sums ? lengths.filter((length) => length > mostWrittenOut) : []);
    if (sums) sums.lengths = told;
    this.now = new Evaluation(sums, told);
  }

  run(): Expression {
    for (const { local } of this.fn.scalars) this.now.state.values.set(local.name, read(local));
    this.block(this.fn.body);
    const result = this.now.of(this.fn.result);
    const count = countNodes(result, this.sums);
    if (count > mostNodes) throw this.refusal ?? new NoClosedForm(`it would be ${count} terms long`);
    const written = writtenLength(result, this.sums);
    if (written > mostWritten) throw this.refusal ?? new NoClosedForm(`it would be ${written} terms long`);
    if (this.now.data.size > mostData) throw new NoClosedForm(`it uses ${this.now.data.size} numbers of data`);
    return result;
  }

  private block(block: Block): void {
    for (const statement of block) this.statement(statement);
  }

  private statement(statement: Statement): void {
    if (++this.effort > mostEffort) throw new NoClosedForm("it is too long a program");
    switch (statement.kind) {
      case "assign":
        this.assign(statement.local, this.now.of(statement.value));
        return;
      case "store": {
        const value = this.now.of(statement.value);
        const { array } = statement;
        const place = this.now.written(array, statement.indices);
        this.now.state.values.set(keyOf(place), value);
        this.label({ label: array.label, name: array.name, type: array.element }, value, place.at);
        return;
      }
      case "accumulate": {
        const { target } = statement;
        const value = this.now.of(statement.value);
        const place = target.kind === "array" ? this.now.written(target, statement.indices ?? []) : undefined;
        const before = target.kind === "local" ? this.now.state.values.get(target.name) ?? float(0) : place ? this.now.element(place) : float(0);
        const sum = added(before, value, statement.span);
        if (place) this.now.state.values.set(keyOf(place), sum);
        else if (target.kind === "local") this.assign(target, sum);
        return;
      }
      case "fill": return this.now.state.fill(statement.array, this.now.of(statement.value));
      case "if": return this.branch(this.now.of(statement.condition), statement.then, statement.else);
      case "for": return this.loop(statement);
      case "while": return this.whileLoop(statement);
      case "push":
      case "pop": throw new NoClosedForm("it keeps a stack");
      case "trap": throw new NoClosedForm("it stops on some inputs");
    }
  }

  private assign(local: Local, value: Expression): void {
    this.now.state.values.set(local.name, value);
    this.label(local, value);
  }

  /** Of a list, `at` is the element that the value is given to. */
  private label({ label, name: variable, type }: { readonly label?: string | undefined; readonly name: string; readonly type: Local["type"] }, value: Expression, at: readonly Affine[] = []): void {
    const isResult = value.kind === "call" || value.kind === "select" || this.sums?.of(value) !== undefined;
    if (label === undefined || type !== "f64" || !isResult) return;
    const own = at.flatMap(indexNames);
    const around = this.now.turns.filter(({ index }) => this.sums?.mentions(value, index.name) && !own.includes(index.name)).map(({ index }) => affineIndex(index));
    const { at: typed, ...rest } = labelOf(label, variable, around);
    this.labels.add(value, { ...rest, at: [...typed, ...at] });
  }

  private branch(condition: Expression, then: Block, otherwise: Block): void {
    if (condition.kind === "constant") return this.block(condition.value ? then : otherwise);
    const before = this.now.state;
    this.now.state = before.copy();
    this.now.where(condition, true, () => this.block(then));
    const afterThen = this.now.state;
    this.now.state = before.copy();
    this.now.where(condition, false, () => this.block(otherwise));
    const afterElse = this.now.state;
    for (const [array, filled] of [...afterThen.filled, ...afterElse.filled]) {
      if (afterThen.filled.get(array) !== filled || afterElse.filled.get(array) !== filled) throw new NoClosedForm("what its loops write depends on a condition");
    }
    const values = new Map<string, Expression>();
    for (const key of new Set([...afterThen.values.keys(), ...afterElse.values.keys()])) {
      const [a, b] = [this.afterArm(afterThen, key), this.afterArm(afterElse, key)];
      const unknown = [a, b].find((value) => whyLost(value) !== undefined);
      const running = a && b && this.turning > 0 && otherwise.length === 0 ? extreme(condition, a, b) : undefined;
      if (a && b) values.set(key, unknown ?? running ?? (a === b ? a : this.now.choices.of(condition, a, b)));
      // A variable of one arm only is not read after it.
      else if (a ?? b) values.set(key, a ?? b ?? float(0));
    }
    this.now.state = new State(values, afterThen.filled);
  }

  /** An element that only the other arm wrote is what it was before. */
  private afterArm(state: State, key: string): Expression | undefined {
    const known = state.values.get(key);
    const place = this.now.places.get(key);
    if (known || !place) return known;
    this.now.state = state;
    return this.now.element(place);
  }

  private loop(loop: For): void {
    const [from, to] = [affineOf(this.now.of(loop.from)), affineOf(this.now.of(loop.to))];
    if (!from || !to) throw new NoClosedForm("how often it loops depends on the unknowns");
    const known = isNumber(from) && isNumber(to);
    const trips = known ? Math.max(0, Math.ceil((to.constant - from.constant) / loop.step)) : undefined;
    const { label } = loop.index;
    const attempt = (range: IndexRange, value: (index: Affine) => Affine, turns: (index: Affine) => Affine): boolean =>
      this.together(loop.body, range, trips, turns, (index) => this.now.state.values.set(loop.index.name, toExpression(value(index))));
    if (loop.exit === undefined && (this.isLong(trips, from) || this.isOverRows(loop, trips ?? 0))) {
      if (loop.step === 1 && attempt({ label, from, to, last: plus(to, affineNumber(-1)) }, (i) => i, (i) => minus(i, from))) return;
      const down: IndexRange = { label, from: plus(to, affineNumber(1)), to: plus(from, affineNumber(1)), last: plus(to, affineNumber(1)) };
      if (loop.step === -1 && attempt(down, (i) => i, (i) => minus(from, i))) return;
      const counted: IndexRange = { label: undefined, from: affineNumber(0), to: affineNumber(trips ?? 0), last: affineNumber((trips ?? 0) - 1) };
      if (Math.abs(loop.step) !== 1 && known && attempt(counted, (i) => plus(times(i, loop.step), from), (i) => i)) return;
    }
    if (trips === undefined || !isNumber(from)) throw new NoClosedForm("how often it loops depends on the turn of another loop");
    this.count(trips);
    this.turning++;
    try {
      for (let i = 0, index = from.constant; i < trips; i++, index += loop.step) {
        this.now.state.values.set(loop.index.name, int(index));
        this.block(loop.body);
        const exit = loop.exit && this.now.state.values.get(loop.exit.name);
        if (!exit) continue;
        if (exit.kind !== "constant") throw new NoClosedForm("when it leaves a loop depends on the unknowns");
        if (exit.value) return;
      }
    } finally {
      this.turning--;
    }
  }

  /** Loops being written out around what is read. */
  private turning = 0;

  /** Worth a sum: of three turns only within a sum, or where a turn before them has been done apart (`reduce` without a first value). */
  private isLong(trips: number | undefined, from?: Affine): boolean {
    if (trips === undefined) return true;
    const before = from && isNumber(from) && from.constant === 1 ? 1 : 0;
    return trips + before > (this.now.turns.length > 0 ? mostWrittenOutInside : mostWrittenOut);
  }

  /** Data that have a name are rows, and so is what loops made of them. */
  private isOverRows(loop: For, trips: number): boolean {
    return trips >= fewestRows && this.now.turns.length === 0 && goesOverRows(loop, (array) => (array.role.kind === "data" ? this.isNamed(array) : this.now.state.filled.has(array.name)));
  }

  private count(trips: number): void {
    this.iterations += trips;
    if (this.iterations > mostIterations) throw this.refusal ?? new NoClosedForm(`it loops over ${trips} ${trips === 1 ? "row" : "rows"}`);
  }

  /** Why the loop last tried has no sum over its index. */
  private refusal: NoClosedForm | undefined;

  /** A `while` whose counter tells how often it turns. */
  private whileLoop(loop: While): void {
    const refuse = (): never => { throw new NoClosedForm("it repeats a number of times that only running it tells"); };
    if (!this.sums) return this.asLongAs(loop, refuse);
    const counters = countersIn(loop.body);
    const after = testedLast(loop, (flag) => this.now.state.values.get(flag));
    const [counter, another] = localsIn(after ?? loop.condition).flatMap(({ name }) => counters.get(name) ?? []);
    const first = counter && wholeNumber(this.now.state.values.get(counter.local.name));
    if (!counter || another || first === undefined) return this.asLongAs(loop, refuse);
    const { local, step } = counter;
    let trips = after ? 1 : 0;
    for (const state = this.now.state.copy(); ; trips++) {
      this.now.state.values.set(local.name, int(first + step * trips));
      const goesOn = this.now.of(after ?? loop.condition);
      this.now.state = state.copy();
      if (goesOn.kind !== "constant" || trips > Math.min(loop.cap, mostCounted)) return refuse();
      if (!goesOn.value) break;
    }
    const end = affineNumber(first + step * trips);
    const range: IndexRange = step === 1
      ? { label: local.label, from: affineNumber(first), to: end, last: plus(end, affineNumber(-1)) }
      : { label: undefined, from: affineNumber(0), to: affineNumber(trips), last: affineNumber(trips - 1) };
    const turns = (index: Affine): Affine => (step === 1 ? minus(index, affineNumber(first)) : index);
    if (this.isLong(trips) && this.together(loop.body, range, trips, turns, () => undefined)) return;
    this.count(trips);
    for (let i = 0; i < trips; i++) this.block(loop.body);
  }

  /** Turn after turn, where each time it is known whether there is another: `for (;;) { if (i > 3) break; … }`. */
  private asLongAs(loop: While, refuse: () => never): void {
    for (;;) {
      const goesOn = this.now.of(loop.condition);
      if (goesOn.kind !== "constant") return refuse();
      if (!goesOn.value) return;
      if (++this.iterations > mostIterations) return refuse();
      this.block(loop.body);
    }
  }

  /** All turns at once, the index left as a name. False, and nothing changed, where turns are not independent enough. */
  private together(body: Block, range: IndexRange, trips: number | undefined, turnsAt: (index: Affine) => Affine, begin: (index: Affine) => void): boolean {
    const { sums } = this;
    const index = sums?.fresh(range.label, range.from, range.to);
    if (!sums || !index) return false;
    const before = this.now.state;
    const turn = new Turn(index, range, body, sums, this.reads);
    const counters = [...countersIn(body).values()].flatMap(({ local, step }) => {
      const first = wholeNumber(before.values.get(local.name));
      return first === undefined || trips === undefined ? [] : [{ local, step, first }];
    });
    const depth = this.now.turns.length;
    try {
      this.now.state = before.copy();
      turn.begin(this.now.state);
      for (const { local, step, first } of counters) {
        this.now.state.values.set(local.name, toExpression(plus(affineNumber(first), times(turnsAt(affineIndex(index)), step))));
        turn.locals.delete(local.name);
      }
      begin(affineIndex(index));
      this.now.turns.push(turn);
      this.block(body);
      this.now.turns.pop();
      const after = this.now.state;
      this.now.state = before.copy();
      const finished = before.copy();
      turn.finish(after, finished, (of) => ("at" in of ? this.now.element(of) : this.now.local(of)));
      for (const { local, step, first } of counters) finished.values.set(local.name, int(first + step * (trips ?? 0)));
      for (const local of turn.locals.values()) this.label(local, finished.values.get(local.name) ?? int(0));
      this.now.state = finished;
      sums.hasLoops = true;
      return true;
    } catch (error) {
      if (!(error instanceof NoClosedForm)) throw error;
      this.refusal = error;
      sums.whyWrittenOut = error.message;
      this.now.turns.length = depth;
      this.now.state = before;
      return false;
    }
  }
}
