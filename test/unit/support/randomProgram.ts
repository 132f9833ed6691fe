import { accumulate, assign, bool, branch, call, fill, float, int, load, loop, Names, read, select, store, whileLoop } from "../../../src/core/ir/build";
import type { ArrayVariable, Block, Expression, IrFunction, Local, Statement } from "../../../src/core/ir/types";
import type { Random } from "./random";

/**
 * A program of bounded, smooth operations in every shape the IR has: nested branches and loops, carried scalars, sums, arrays
 * overwritten in place, loops that end early or by a condition on data, indices kept in variables.
 */
export function randomProgram(random: Random, size: number): IrFunction {
  return new Maker(random).make(size);
}

class Maker {
  private readonly names = new Names();
  private readonly x = this.names.local("f64", "x", "x");
  private readonly y = this.names.local("f64", "y", "y");
  private readonly w = this.names.array("f64", [4], { kind: "parameter", offset: 2 }, "w", "w");
  private readonly data = this.names.array("f64", [5], { kind: "data", values: Float64Array.of(0.3, -0.8, 1.1, 0.6, -0.2) }, "data", "data");
  private readonly vectors: readonly ArrayVariable[] = [
    this.names.array("f64", [5], { kind: "scratch" }, "a", "a"), this.names.array("f64", [5], { kind: "scratch" }, "b", "b"),
  ];
  private readonly matrix = this.names.array("f64", [3, 4], { kind: "scratch" }, "m", "m");
  private readonly added = this.names.array("f64", [3], { kind: "scratch" }, "added", "added");
  private readonly own = this.names.array("f64", [5], { kind: "scratch" }, "own", "own");
  private readonly indices: Local[] = [];
  private readonly locals: Local[] = ["p", "q", "r", "s"].map((name) => this.names.local("f64", name, name));
  private readonly counter = this.names.local("i32", "count");

  constructor(private readonly random: Random) {}

  make(size: number): IrFunction {
    const body: Statement[] = [
      assign(this.counter, int(0)), ...this.locals.map((local, k) => assign(local, float(k * 0.3))), ...this.locals.map((local) => assign(local, this.expression(2))),
      ...this.block(size, 0),
    ];
    const total = this.names.local("f64", "total");
    const i = this.names.local("i32", "i");
    body.push(assign(total, float(0)), loop(i, int(0), int(5), this.vectors.map((array) => accumulate(total, load(array, [read(i)])))));
    const sum = [...this.locals, this.x, total].map((local): Expression => read(local)).reduce((a, b) => call("add", [a, b]));
    return {
      name: "random", dimension: 6, scalars: [{ local: this.x, offset: 0 }, { local: this.y, offset: 1 }],
      arrays: [this.w, this.data, ...this.vectors, this.matrix, this.added, this.own], body, result: call("add", [sum, load(this.matrix, [int(1), int(2)])]),
    };
  }

  private block(size: number, depth: number): Block {
    return Array.from({ length: this.random.integer(1, size) }, () => this.statement(size, depth)).flat();
  }

  private statement(size: number, depth: number): Statement[] {
    const kinds = ["assign", "assign", "sum", "store", "store", "storeMatrix", "increment", "fill", "count"];
    if (depth === 0) kinds.push("rows", "rows");
    if (depth < 3) kinds.push("if", "for", "for", "for", "while", "breaking", "triangle");
    switch (this.random.pick(kinds)) {
      case "assign": return [assign(this.random.pick([...this.locals, this.x]), this.expression(3))];
      case "sum": {
        const target = this.random.pick(this.locals);
        return [accumulate(target, this.bounded(this.expression(2), 0.3))];
      }
      case "store": return [store(this.vector(), [this.index(5)], this.expression(3))];
      case "storeMatrix": return [store(this.matrix, [this.index(3), this.index(4)], this.expression(3))];
      case "increment": {
        const array = this.vector();
        return [accumulate(array, this.bounded(this.expression(2), 0.3), [this.index(5)])];
      }
      case "fill": return [fill(this.vector(), this.random.next() < 0.5 ? float(0.25) : this.expression(1))];
      case "count": return [assign(this.counter, call("remainderInt", [call("addInt", [read(this.counter), int(1)]), int(5)]))];
      case "if": return [branch(this.condition(), this.block(size - 1, depth + 1), this.random.next() < 0.5 ? this.block(size - 1, depth + 1) : [])];
      case "rows": return this.rows();
      case "while": {
        const left = this.names.local("f64", "left");
        return [
          assign(left, call("abs", [this.expression(2)])),
          whileLoop(call("greater", [read(left), float(0.3)]), [...this.block(size - 1, depth + 1), assign(left, call("multiply", [read(left), float(0.45)]))], 100),
        ];
      }
      case "breaking": {
        const done = this.names.local("bool", "done");
        return [
          assign(done, bool(false)),
          this.loop(depth, size, 0, 3, 1, done, [assign(done, this.condition())]),
        ];
      }
      case "triangle": {
        const outer = this.names.local("i32", "i");
        this.indices.push(outer);
        const inner = this.loop(depth + 1, size, outer, 4, 1);
        this.indices.pop();
        return [loop(outer, int(0), int(3), [inner, ...this.block(1, depth + 1)])];
      }
      default: {
        const step = this.random.pick([1, 1, 1, 2, -1]);
        return [step === -1 ? this.loop(depth, size, 3, 0, -1) : this.loop(depth, size, this.random.pick([0, 0, 1, this.counter]), this.random.integer(1, 4), step)];
      }
    }
  }

  /** Rows that only add up, as losses over data do; sometimes what they add up to goes through something curved. */
  private rows(): Statement[] {
    const [i, j, k] = ["i", "j", "k"].map((name) => this.names.local("i32", name));
    const [z, sum] = ["z", "sum"].map((name) => this.names.local("f64", name));
    if (!i || !j || !k || !z || !sum) return [];
    const row = (index: Local): Expression => load(this.data, [read(index)]);
    const body: Statement[] = [
      assign(z, call("multiply", [row(i), this.random.pick([read(this.x), load(this.w, [this.index(4)]), read(this.random.pick(this.locals))])])),
      loop(j, int(0), int(5), [store(this.own, [read(j)], call("sin", [call("add", [read(z), call("multiply", [row(j), read(this.y)])])]))]),
      accumulate(z, this.expression(1)),
      loop(k, int(0), int(5), [
        accumulate(sum, this.bounded(call("multiply", [read(z), load(this.own, [read(k)])]), 0.4)),
        accumulate(this.added, call("exp", [call("negate", [call("multiply", [read(z), read(z)])])]), [call("remainderInt", [read(k), int(3)])]),
      ]),
    ];
    if (this.random.next() < 0.5) body.push(branch(this.condition(), [accumulate(sum, call("sin", [read(z)]))]));
    const total = this.random.next() < 0.6 ? call("multiply", [read(sum), float(0.2)]) : call("tanh", [read(sum)]);
    return [
      assign(sum, this.random.next() < 0.5 ? float(0) : read(this.random.pick(this.locals))), loop(i, int(0), int(4), body),
      accumulate(this.random.pick(this.locals), this.random.next() < 0.5 ? total : call("multiply", [total, load(this.added, [int(1)])])),
    ];
  }

  private loop(depth: number, size: number, from: number | Local, to: number, step: number, exit?: Local, more: Block = []): Statement {
    const index = this.names.local("i32", "i");
    this.indices.push(index);
    const body = this.block(size - 1, depth + 1);
    this.indices.pop();
    return loop(index, typeof from === "number" ? int(from) : read(from), int(to), [...body, ...more], { step, ...(exit ? { exit } : {}) });
  }

  private vector(): ArrayVariable {
    return this.random.pick(this.vectors);
  }

  /** Always within [0, extent). */
  private index(extent: number): Expression {
    const pick = this.random.next();
    const known = this.indices.length > 0 && pick < 0.7 ? read(this.random.pick(this.indices)) : pick < 0.85 ? read(this.counter) : undefined;
    if (!known) return int(this.random.integer(0, extent - 1));
    return extent === 5 && this.random.next() < 0.6 ? known : call("remainderInt", [call("addInt", [known, int(this.random.integer(0, 2))]), int(extent)]);
  }

  private condition(): Expression {
    const test = call(this.random.pick(["less", "greater"] as const), [this.expression(1), float(this.random.between(-0.6, 0.6))]);
    const pick = this.random.next();
    if (pick < 0.2) return call("and", [call("lessInt", [read(this.counter), int(3)]), test]);
    if (pick < 0.4) return call("or", [call("equalInt", [read(this.counter), int(1)]), test]);
    return test;
  }

  private bounded(expression: Expression, by: number): Expression {
    return call("multiply", [float(by), call("tanh", [expression])]);
  }

  private expression(depth: number): Expression {
    const leaf = (): Expression => this.random.pick<() => Expression>([
      () => read(this.random.pick(this.locals)), () => read(this.x), () => read(this.y), () => float(this.random.between(-1, 1)),
      () => load(this.vector(), [this.index(5)]), () => load(this.w, [this.index(4)]), () => load(this.matrix, [this.index(3), this.index(4)]),
      () => load(this.data, [this.index(5)]), () => call("toFloat", [read(this.counter)]),
    ])();
    if (depth === 0) return leaf();
    const inner = (): Expression => this.expression(depth - 1);
    return this.random.pick<() => Expression>([
      leaf, leaf,
      () => call("add", [inner(), inner()]), () => call("subtract", [inner(), inner()]),
      () => call("multiply", [this.bounded(inner(), 1.2), inner()]),
      () => call("sin", [inner()]), () => call("tanh", [inner()]), () => call("sigmoid", [inner()]),
      () => call("divide", [inner(), call("add", [float(2), call("cos", [inner()])])]),
      () => call("sqrt", [call("add", [float(1.5), call("sin", [inner()])])]),
      () => select(this.condition(), inner(), inner()),
      () => call("exp", [call("negate", [call("power", [call("sin", [inner()]), float(2)])])]),
    ])();
  }
}
