import { accumulate, assign, bool, branch, call, fill, float, int, load, loop, Names, read, select, store } from "../../../../src/core/ir/build";
import type { ArrayVariable, Block, Expression, For, IrFunction, Local, Statement } from "../../../../src/core/ir/types";
import type { Random } from "../../support/random";

/**
 * A loop over rows of data that do not depend on one another but for sums, with all that may be in a row: loops, branches that some rows take, numbers of rows and
 * classes that choose elements, elements that are not there for rows which do not ask for them, arrays that a row makes for itself, and a place for each row.
 */
export function randomRows(random: Random, rows: number): IrFunction {
  return new Maker(random, rows).make();
}

const CLASSES = 3;
const COLUMNS = 4;

class Maker {
  private readonly names = new Names();
  private readonly x = this.local("f64", "x");
  private readonly w = this.names.array("f64", [COLUMNS], { kind: "parameter", offset: 1 }, "w");
  private readonly means = this.names.array("f64", [CLASSES, COLUMNS], { kind: "parameter", offset: 1 + COLUMNS }, "means");
  private readonly data: ArrayVariable;
  private readonly labels: ArrayVariable;
  private readonly own = this.names.array("f64", [COLUMNS], { kind: "scratch" }, "own");
  private readonly count = this.names.array("i32", [COLUMNS], { kind: "scratch" }, "count");
  private readonly tally = this.names.array("f64", [COLUMNS], { kind: "scratch" }, "tally");
  private readonly kept = this.names.array("f64", [COLUMNS], { kind: "scratch" }, "kept");
  private readonly tape = this.names.array("f64", [CLASSES, COLUMNS], { kind: "scratch", uninitialised: true }, "tape");
  private readonly added = this.names.array("f64", [CLASSES, COLUMNS], { kind: "output", offset: 0 }, "added");
  private readonly places: ArrayVariable;
  private readonly total = this.local("f64", "total");
  private readonly i = this.local("i32", "i");
  private readonly numbers: Local[] = [];
  private readonly wholes: Local[] = [];
  private readonly indices: Local[] = [];
  private hasOwn = false;
  private hasCount = false;

  constructor(private readonly random: Random, private readonly rows: number) {
    const length = Math.max(1, rows);
    const special = [NaN, Infinity, -Infinity, 0, -0];
    const value = (): number => (random.next() < 0.03 ? random.pick(special) : random.between(-1, 1));
    this.data = this.names.array("f64", [length, COLUMNS], { kind: "data", values: Float64Array.from({ length: length * COLUMNS }, value) }, "data");
    this.labels = this.names.array("i32", [length], { kind: "data", values: Int32Array.from({ length }, () => random.integer(0, CLASSES - 1)) }, "labels");
    this.places = this.names.array("f64", [length + 1, 2], { kind: "output", offset: CLASSES * COLUMNS }, "places");
  }

  make(): IrFunction {
    const body = this.block(this.random.integer(3, 6), 0);
    const [from, to] = this.random.next() < 0.5 ? [int(0), int(this.rows)] : [call("toInt", [float(0)]), call("toInt", [call("add", [float(this.rows), call("multiply", [float(0), read(this.x)])])])];
    const before = (end: Expression): Expression => call("subtractInt", [end, int(1)]);
    const rows: For = this.random.next() < 0.7 ? loop(this.i, from, to, body) : loop(this.i, before(to), before(from), body, { step: -1 });
    return {
      name: "rows", dimension: 1 + COLUMNS + CLASSES * COLUMNS, outputs: CLASSES * COLUMNS + 2 * (Math.max(1, this.rows) + 1), scalars: [{ local: this.x, offset: 0 }],
      arrays: [this.w, this.means, this.data, this.labels, this.own, this.count, this.tally, this.kept, this.tape, this.added, this.places],
      body: [assign(this.total, float(0.5)), rows], result: read(this.total),
    };
  }

  private block(size: number, depth: number): Block {
    return Array.from({ length: size }, () => this.statement(depth)).flat();
  }

  private statement(depth: number): Statement[] {
    const { random } = this;
    const kinds = ["number", "number", "whole", "sum", "sum", "place", "sumOfClass", "sumOfColumn", "again"];
    if (depth === 0) kinds.push("own", "count", "flag", "least", "tally", "kept");
    if (depth < 2) kinds.push("if", "if", "for", "for");
    switch (random.pick(kinds)) {
      case "number": {
        const value = this.number(3);
        const local = this.local("f64", "z");
        // What is made in a branch is there behind it only if it is made before.
        if (depth === 0) this.numbers.push(local);
        return [assign(local, value)];
      }
      case "again": return this.numbers.length > 0 ? [random.next() < 0.5 ? assign(random.pick(this.numbers), this.number(2)) : accumulate(random.pick(this.numbers), this.number(1))] : [];
      case "whole": {
        const value = call("remainderInt", [call("addInt", [this.anyWhole(), int(random.integer(0, 2))]), int(COLUMNS)]);
        if (this.wholes.length > 0 && (depth > 0 || random.next() < 0.3)) return [assign(random.pick(this.wholes), value)];
        const local = this.local("i32", "k");
        if (depth === 0) this.wholes.push(local);
        return [assign(local, value)];
      }
      case "sum": return [accumulate(this.total, this.number(2))];
      case "place": return [random.next() < 0.5 ? store(this.places, [read(this.i), int(0)], this.number(2)) : accumulate(this.places, this.number(2), [read(this.i), int(random.integer(0, 1))])];
      case "sumOfClass": return [accumulate(this.added, this.number(2), [load(this.labels, [read(this.i)]), this.column()])];
      case "sumOfColumn": return [accumulate(this.added, this.number(2), [int(random.integer(0, CLASSES - 1)), this.indices.length > 0 ? read(random.pick(this.indices)) : int(1)])];
      case "own": {
        const j = this.local("i32", "j");
        this.indices.push(j);
        const value = this.number(2);
        this.indices.pop();
        this.hasOwn = true;
        return [random.next() < 0.3 ? fill(this.own, this.random.next() < 0.5 ? float(0) : this.number(1)) : loop(j, int(0), int(COLUMNS), [store(this.own, [read(j)], value)])];
      }
      case "count": {
        const j = this.local("i32", "j");
        this.hasCount = true;
        return [loop(j, int(0), int(COLUMNS), [store(this.count, [read(j)], call("remainderInt", [call("addInt", [read(j), this.anyWhole()]), int(COLUMNS)]))])];
      }
      case "tally": {
        const [j, z] = [this.local("i32", "j"), this.local("f64", "z")];
        const tallied = [accumulate(this.tally, this.number(2), [this.column()]), branch(this.condition(), [accumulate(this.tally, this.number(1), [this.column()])])];
        // Left as it was found, for the next row.
        return [...tallied, loop(j, int(0), int(COLUMNS), [assign(z, load(this.tally, [read(j)])), accumulate(this.total, call("multiply", [read(z), read(z)])), store(this.tally, [read(j)], float(0))])];
      }
      case "kept": {
        const [c, j] = [this.local("i32", "c"), this.local("i32", "j")];
        this.indices.push(j);
        const [save, change] = [store(this.tape, [read(c), read(j)], load(this.kept, [read(j)])), store(this.kept, [read(j)], this.number(2))];
        this.indices.pop();
        const use = accumulate(this.total, call("multiply", [load(this.kept, [this.column()]), load(this.kept, [int(random.integer(0, COLUMNS - 1))])]));
        const putBack = store(this.kept, [read(j)], load(this.tape, [read(c), read(j)]));
        return [
          loop(c, int(0), int(CLASSES), [loop(j, int(0), int(COLUMNS), [save, change]), use]),
          loop(c, int(CLASSES - 1), int(-1), [use, loop(j, int(0), int(COLUMNS), [putBack])], { step: -1 }),
        ];
      }
      case "flag": {
        const flag = this.local("bool", "flag");
        return [assign(flag, bool(false)), branch(this.condition(), [assign(flag, this.condition())]), branch(read(flag), this.block(1, depth + 1), this.block(1, depth + 1))];
      }
      case "least": {
        const [least, which, j] = [this.local("f64", "least"), this.local("i32", "which"), this.local("i32", "j")];
        const found = [assign(least, this.number(1)), assign(which, int(0))];
        this.indices.push(j);
        const candidate = this.number(2);
        this.indices.pop();
        this.numbers.push(least);
        this.wholes.push(which);
        return [...found, loop(j, int(0), int(COLUMNS), [branch(call("less", [candidate, read(least)]), [assign(least, candidate), assign(which, read(j))])])];
      }
      case "if": return [branch(this.condition(), this.block(random.integer(1, 2), depth + 1), random.next() < 0.5 ? this.block(random.integer(1, 2), depth + 1) : [])];
      default: {
        const j = this.local("i32", "j");
        this.indices.push(j);
        const body = this.block(random.integer(1, 2), depth + 1);
        this.indices.pop();
        return [random.next() < 0.7 ? loop(j, int(0), int(COLUMNS), body) : loop(j, int(COLUMNS - 1), int(-1), body, { step: -1 })];
      }
    }
  }

  private anyWhole(): Expression {
    const { random } = this;
    const all: Expression[] = [read(this.i), load(this.labels, [read(this.i)]), int(random.integer(0, 3)), ...this.wholes.map((local) => read(local)), ...this.indices.map((local) => read(local))];
    return random.pick(all);
  }

  /** A number of a column. */
  private column(): Expression {
    const { random } = this;
    const all: Expression[] = [int(random.integer(0, COLUMNS - 1)), ...this.wholes.map((local) => read(local)), ...this.indices.map((local) => read(local))];
    if (this.hasCount) all.push(load(this.count, [call("remainderInt", [this.anyWhole(), int(COLUMNS)])]));
    return random.pick(all);
  }

  private condition(): Expression {
    const { random } = this;
    return random.pick<() => Expression>([
      () => call("less", [this.number(1), this.number(1)]),
      () => call("equalInt", [load(this.labels, [read(this.i)]), int(random.integer(0, 2))]),
      () => call("lessInt", [this.anyWhole(), int(2)]),
      () => call("and", [call("greaterInt", [read(this.i), int(0)]), call("greater", [this.former(), float(0)])]),
      () => call("or", [call("equalInt", [read(this.i), int(0)]), call("greater", [this.former(), this.number(1)])]),
      () => call("greater", [read(this.x), float(0)]),
      () => call("not", [call("isFinite", [this.number(1)])]),
    ])();
  }

  /** An element of the row before, which the first has not. */
  private former(): Expression {
    return load(this.data, [call("subtractInt", [read(this.i), int(1)]), this.column()]);
  }

  private number(depth: number): Expression {
    const { random } = this;
    const leaves: (() => Expression)[] = [
      () => float(random.between(-1, 1)), () => read(this.x), () => load(this.w, [this.column()]), () => load(this.data, [read(this.i), this.column()]),
      () => load(this.means, [load(this.labels, [read(this.i)]), this.column()]), () => call("toFloat", [this.anyWhole()]),
      ...this.numbers.map((local) => () => read(local)),
    ];
    if (this.hasOwn) leaves.push(() => load(this.own, [this.column()]));
    const leaf = random.pick(leaves);
    if (depth === 0) return leaf();
    const inner = (): Expression => this.number(depth - 1);
    return random.pick<() => Expression>([
      leaf, leaf,
      () => call("add", [inner(), inner()]), () => call("subtract", [inner(), inner()]), () => call("multiply", [inner(), call("tanh", [inner()])]),
      () => call("sin", [inner()]), () => call("sigmoid", [inner()]), () => call("logSigmoid", [inner()]), () => call("erf", [inner()]),
      () => call("steady", [call("log", [inner()]), inner()]), () => call("max", [inner(), inner()]),
      () => select(this.condition(), inner(), inner()),
      () => select(call("greaterInt", [read(this.i), int(0)]), this.former(), inner()),
    ])();
  }

  private local(type: Local["type"], name: string): Local {
    return this.names.local(type, name);
  }
}
