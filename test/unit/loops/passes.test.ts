import { describe, expect, it } from "vitest";
import { accumulate, assign, call, float, int, load, loop, Names, read, store } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { Block, Expression, IrFunction } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import { ascending } from "../../../src/core/loops/ascending";
import { fission } from "../../../src/core/loops/fission";
import { jam } from "../../../src/core/loops/jam";
import { loopOptions } from "../../../src/core/loops/loopOptions";
import { promote } from "../../../src/core/loops/promote";
import { shareExponentials } from "../../../src/core/loops/shareExponentials";
import { regions } from "../../../src/core/loops/regions";
import { loopPasses, shapeLoops } from "../../../src/core/loops/shapeLoops";
import { unflatten } from "../../../src/core/loops/unflatten";

const options = { ...loopOptions, fewestProducts: 1 };
const names = new Names();
const X = names.array("f64", [4, 8], { kind: "data", values: new Float64Array(32) }, "X");
const W = names.array("f64", [2, 8], { kind: "parameter", offset: 0 }, "W");
const D = names.array("f64", [2, 8], { kind: "output" }, "D");
const h = names.array("f64", [2], { kind: "scratch" }, "h");
const [n, j, i, k] = [names.local("i32", "n"), names.local("i32", "j"), names.local("i32", "i"), names.local("i32", "k")];
const [s, total] = [names.local("f64", "s"), names.local("f64", "total")];
const product = call("multiply", [load(W, [read(j), read(i)]), load(X, [read(n), read(i)])]);

const over = (body: Block): IrFunction => ({ name: "f", dimension: 16, scalars: [], arrays: [X, W, D, h], body: [assign(total, float(0)), ...body], result: read(total) });
/** The statements alone. */
const shown = (fn: IrFunction): string => printIr(fn).split("\n").filter((line) => !/ (?:parameter|data|scratch|output) |→|^f\(| total = 0$/.test(line)).map((line) => line.slice(2)).join("\n");

const layer = loop(j, int(0), int(2), [assign(s, float(0)), loop(i, int(0), int(8), [accumulate(s, product)]), store(h, [read(j)], call("exp", [read(s)]))]);
const sum = loop(k, int(0), int(2), [accumulate(total, load(h, [read(k)]))]);

describe("share exponentials", () => {
  const [u, v, p] = [names.local("f64", "u"), names.local("f64", "v"), names.local("f64", "likely")];
  const of = (body: Block): IrFunction => over([loop(n, int(0), int(4), body)]);
  const shared = (body: Block): string => shown(shareExponentials(of(body), { strictOrder: false }));

  it("makes what is asked of a number and of its negative from one exponential and one logarithm", () => {
    expect(shared([
      assign(u, load(h, [int(0)])), assign(p, call("sigmoid", [read(u)])), assign(v, call("negate", [read(u)])),
      accumulate(total, call("logSigmoid", [read(v)])), accumulate(total, call("sigmoid", [call("negate", [read(v)])])), accumulate(total, call("softplus", [read(u)])),
    ])).toBe(`\
for n = 0 to 4 by 1
  u = h[0]
  exponential = exp(negate(abs(u)))
  sigmoid = divide((less(u, 0) ? exponential : 1), add(1, exponential))
  likely = sigmoid
  v = negate(u)
  logarithm = log1p(exponential)
  logSigmoid = subtract((greater(u, 0) ? negate(u) : 0), logarithm)
  total += logSigmoid
  total += sigmoid
  softplus = add((greater(u, 0) ? u : 0), logarithm)
  total += softplus`);
  });

  it.each([
    ["what is asked for once", [accumulate(total, call("sigmoid", [read(u)]))]],
    ["a number that is another by then", [accumulate(total, call("sigmoid", [read(u)])), assign(u, float(2)), accumulate(total, call("sigmoid", [read(u)]))]],
    ["the negative of what a number was", [assign(v, call("negate", [read(u)])), accumulate(total, call("sigmoid", [read(v)])), accumulate(u, float(1)), accumulate(total, call("sigmoid", [read(u)]))]],
  ] as const)("leaves alone %s", (_name, body) => {
    expect(shared(body)).toBe(shown(of(body)));
  });

  it("does nothing in strict order", () => {
    const fn = of([accumulate(total, call("sigmoid", [read(u)])), accumulate(total, call("softplus", [read(u)]))]);
    expect(shareExponentials(fn, { strictOrder: true })).toBe(fn);
  });

  it.each([-Infinity, -800, -40, -1, -0, 0, 1e-9, 1, 40, 800, Infinity, NaN])("is what it was at %d", (at) => {
    const family = (["sigmoid", "logSigmoid", "softplus"] as const).flatMap((each) => [read(u), call("negate", [read(u)])].map((about) => call(each, [about])));
    for (const each of family) {
      const fn = over([assign(u, float(at)), assign(p, each), ...family.map((other) => assign(v, other))]);
      const [before, after] = [fn, shareExponentials(fn, { strictOrder: false })].map((one) => interpret({ ...one, result: read(p) }, new Float64Array(16)).value);
      if (!Number.isFinite(before)) expect(after).toBe(before);
      else expect(Math.abs((after ?? NaN) - (before ?? NaN))).toBeLessThanOrEqual(4e-16 * Math.abs(before ?? NaN));
    }
  });
});

describe("fission", () => {
  it("takes a product of matrices, and what is dear to compute beside it, out of a loop over rows; what rows leave to the next loop becomes a table", () => {
    expect(shown(fission(over([loop(n, int(0), int(4), [layer, sum])]), options))).toBe(`\
for n = 0 to 4 by 1
  for j = 0 to 2 by 1
    s = 0
    for i = 0 to 8 by 1
      s += multiply(W[j][i], X[n][i])
    s_each_each[n][j] = s
for n_1 = 0 to 4 by 1
  for j_1 = 0 to 2 by 1
    s_1 = s_each_each[n_1][j_1]
    h[j_1] = exp(s_1)
  for k = 0 to 2 by 1
    total += h[k]`);
  });

  it("takes rows in blocks, so that tables stay small", () => {
    const made = fission(over([loop(n, int(0), int(4), [layer, sum])]), { ...options, blockRows: 3 });
    expect(made.arrays.flatMap(({ name, shape }) => (name.startsWith("s_each") ? [shape] : []))).toEqual([[3, 2], [1, 2]]);
    expect(shown(made).split("\n").filter((line) => !line.startsWith("  "))).toEqual(["for n_first = 0 to 3 by 3", "for n = 3 to 4 by 1", "for n_2 = 3 to 4 by 1"]);
  });

  it("leaves a loop alone whose rows look at one another", () => {
    const carried = assign(s, call("add", [read(s), load(h, [int(0)])]));
    const fn = over([assign(s, float(0)), loop(n, int(0), int(4), [layer, carried, sum])]);
    expect(fission(fn, options)).toBe(fn);
  });
});

describe("arrays laid out by hand", () => {
  const flat = names.array("f64", [30], { kind: "parameter", offset: 0 }, "p");
  const plus = (a: Expression, b: Expression): Expression => call("addInt", [a, b]);
  const times = (a: Expression, b: number): Expression => call("multiplyInt", [a, int(b)]);
  const withFlat = (body: Block): IrFunction => ({ ...over(body), dimension: 30, arrays: [flat] });

  it("of several one behind the other are as many arrays, each where it was", () => {
    const fn = withFlat([
      loop(j, int(0), int(2), [loop(i, int(0), int(8), [accumulate(total, load(flat, [plus(times(read(j), 8), read(i))]))])]),
      loop(k, int(0), int(2), [accumulate(total, load(flat, [plus(read(k), int(20))]))]),
    ]);
    const made = regions(fn);
    expect(made.arrays.map(({ shape, role }) => [shape, role])).toEqual([[[16], { kind: "parameter", offset: 0 }], [[2], { kind: "parameter", offset: 20 }]]);
    expect(shown(made)).toContain("total += p_2[k]");
  });

  it("but one where a subscript reaches from one part into the next, or nobody knows where", () => {
    const rows = loop(j, int(0), int(2), [loop(i, int(0), int(8), [accumulate(total, load(flat, [plus(times(read(j), 8), read(i))]))])]);
    for (const other of [loop(k, int(0), int(30), [accumulate(total, load(flat, [read(k)]))]), accumulate(total, load(flat, [call("toInt", [load(X, [int(0), int(0)])])]))]) {
      const fn = withFlat([rows, other]);
      expect(regions(fn)).toBe(fn);
    }
  });

  it("have rows where each subscript is a row and a place in it", () => {
    const cube = times(plus(times(read(n), 3), read(j)), 2);
    const made = unflatten(withFlat([loop(n, int(0), int(5), [loop(j, int(0), int(3), [loop(i, int(1), int(2), [accumulate(total, load(flat, [plus(cube, read(i))]))])])])]));
    expect(made.arrays.map(({ shape }) => shape)).toEqual([[5, 3, 2]]);
    expect(shown(made)).toContain("total += p[n][j][i]");
  });

  it("and by data that choose the row", () => {
    const row = call("toInt", [load(X, [int(0), int(0)])]);
    expect(shown(unflatten(withFlat([loop(i, int(0), int(3), [accumulate(total, load(flat, [plus(times(row, 3), read(i))]))])])))).toContain("total += p[toInt(X[0][0])][i]");
  });

  it("and where an element itself says which row comes next", () => {
    const next = names.array("f64", [12], { kind: "data", values: Float64Array.of(2, 0.5, 1, 7, 0, 3, 2, 1, 1, 4, 0, 6) }, "next");
    const at = (row: Expression): Expression => load(next, [plus(times(row, 4), read(i))]);
    const fn = { ...withFlat([loop(j, int(0), int(3), [loop(i, int(0), int(4), [accumulate(total, at(call("toInt", [load(next, [plus(times(read(j), 4), int(0))])])))])])]), arrays: [next] };
    const made = unflatten(fn);
    verify(made);
    expect(shown(made)).toContain("total += next[toInt(next[j][0])][i]");
    expect(interpret(made, new Float64Array(30)).value).toBe(interpret(fn, new Float64Array(30)).value);
  });

  it("and a loop through all of it goes through rows, if they are long", () => {
    const through = loop(k, int(0), int(30), [accumulate(total, load(flat, [read(k)]))]);
    const inRows = (width: number): Block => [loop(j, int(0), int(30 / width), [loop(i, int(0), int(width), [accumulate(total, load(flat, [plus(times(read(j), width), read(i))]))])]), through];
    expect(shown(unflatten(withFlat(inRows(10)))).split("\n").slice(3)).toEqual(["for k_row = 0 to 3 by 1", "  for k = 0 to 10 by 1", "    total += p[k_row][k]"]);
    expect(unflatten(withFlat(inRows(5))).arrays).toEqual([flat]);
  });

  it("but none where a place may lie in the next row, or backwards", () => {
    for (const place of [plus(read(i), int(1)), call("subtractInt", [read(i), int(1)])]) {
      const fn = withFlat([loop(j, int(1), int(3), [loop(i, int(0), int(5), [accumulate(total, load(flat, [plus(times(read(j), 5), place)]))])])]);
      expect(unflatten(fn)).toBe(fn);
    }
  });
});

describe("unroll and jam", () => {
  it("does four rows and two columns of a product together", () => {
    const sums = loop(j, int(0), int(2), [assign(s, float(0)), loop(i, int(0), int(8), [accumulate(s, product)]), accumulate(total, read(s))]);
    const text = shown(jam(over([loop(n, int(0), int(4), [sums])]), options));
    expect(text.match(/^ *for .*/gm)).toEqual(["for n = 0 to 4 by 4", "  for j = 0 to 2 by 2", "    for i = 0 to 8 by 1"]);
    const held = (array: string, index: string): string => new RegExp(`(\\w+) = ${array}\\[${index.replace(/[()]/g, "\\$&")}\\]\\[i\\]`).exec(text)?.[1] ?? "";
    const [rows, columns] = [["n", "addInt(n, 1)", "addInt(n, 2)", "addInt(n, 3)"].map((row) => held("X", row)), ["j", "addInt(j, 1)"].map((column) => held("W", column))];
    expect(text.match(/multiply.*/g)).toEqual(rows.flatMap((row) => columns.map((column) => `multiply(${column}, ${row})`)));
    expect(text.match(/ = [XW]\[/g)).toHaveLength(6);
  });

  it("but not where sums would be added up in another order than they are to be", () => {
    const sums = loop(j, int(0), int(2), [assign(s, float(0)), loop(i, int(0), int(8), [accumulate(s, product)]), accumulate(total, read(s))]);
    const fn = over([loop(n, int(0), int(4), [sums])]);
    expect(jam(fn, { ...options, strictOrder: true })).toEqual(fn);
  });
});

describe("promotion", () => {
  it("holds an element that a loop adds to in a local meanwhile", () => {
    const add = accumulate(D, load(X, [read(n), read(i)]), [read(j), int(3)]);
    expect(shown(promote(over([loop(n, int(0), int(4), [loop(j, int(0), int(2), [loop(i, int(0), int(8), [add])])])])))).toBe(`\
for n = 0 to 4 by 1
  for j = 0 to 2 by 1
    D_1 = D[j][3]
    for i = 0 to 8 by 1
      D_1 += X[n][i]
    D[j][3] = D_1`);
  });

  it("and one that several statements add to", () => {
    const add = (row: number): Block => [accumulate(D, load(X, [int(row), read(i)]), [int(0), read(i)]), accumulate(D, load(X, [int(row), read(i)]), [int(1), read(i)])];
    expect(shown(promote(over([loop(i, int(0), int(8), [0, 1].flatMap(add))])))).toBe(`\
for i = 0 to 8 by 1
  D_1 = D[0][i]
  D_1 += X[0][i]
  D_2 = D[1][i]
  D_2 += X[0][i]
  D_1 += X[1][i]
  D[0][i] = D_1
  D_2 += X[1][i]
  D[1][i] = D_2`);
  });
});

describe("ascending", () => {
  const down = over([loop(i, int(7), int(-1), [accumulate(D, load(X, [int(0), read(i)]), [int(0), read(i)]), accumulate(total, load(X, [int(0), read(i)]))], { step: -1 })]);

  it("turns a loop round whose turns do not depend on one another", () => {
    expect(shown(ascending(down, options)).split("\n")[0]).toBe("for i = 0 to 8 by 1");
  });

  it("but not where a sum would be added up from the other end", () => {
    expect(ascending(down, { ...options, strictOrder: true })).toEqual(down);
  });
});

it("the function can be watched from pass to pass", () => {
  const seen: string[] = [];
  shapeLoops(over([sum]), {}, (pass) => seen.push(pass));
  expect(seen).toEqual(loopPasses.map(({ name }) => name));
});
