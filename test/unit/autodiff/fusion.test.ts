import { describe, expect, it } from "vitest";
import { reverse } from "../../../src/core/autodiff/reverse";
import { accumulate, assign, call, fill, float, int, load, loop, Names, read, store } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { sizeOf } from "../../../src/core/ir/shape";
import type { Expression, IrFunction } from "../../../src/core/ir/types";
import { walkBlock } from "../../../src/core/ir/visit";
import { simplify } from "../../../src/core/simplify/simplify";

const rows = 50;
const inputs = Float64Array.from({ length: 2 * rows }, (_, k) => Math.sin(3 * k + 1));
const labels = Float64Array.from({ length: rows }, (_, k) => k % 2);

/** Logistic regression over rows; `finish` makes the loss of the sum. */
function logistic(finish: (sum: Expression) => Expression): IrFunction {
  const names = new Names();
  const w = names.array("f64", [2], { kind: "parameter", offset: 0 }, "w", "w");
  const b = names.local("f64", "b", "b");
  const xs = names.array("f64", [rows, 2], { kind: "data", values: inputs }, "xs");
  const ys = names.array("f64", [rows], { kind: "data", values: labels }, "ys");
  const [i, j] = [names.local("i32", "i"), names.local("i32", "j")];
  const [sum, z, p] = [names.local("f64", "sum"), names.local("f64", "z"), names.local("f64", "p")];
  const y = load(ys, [read(i)]);
  const body = [
    assign(sum, float(0)),
    loop(i, int(0), int(rows), [
      assign(z, read(b)),
      loop(j, int(0), int(2), [accumulate(z, call("multiply", [load(w, [read(j)]), load(xs, [read(i), read(j)])]))]),
      assign(p, call("sigmoid", [read(z)])),
      accumulate(sum, call("negate", [call("add", [
        call("multiply", [y, call("log", [read(p)])]),
        call("multiply", [call("subtract", [float(1), y]), call("log", [call("subtract", [float(1), read(p)])])]),
      ])])),
    ]),
  ];
  return { name: "logistic", dimension: 3, scalars: [{ local: b, offset: 2 }], arrays: [w, xs, ys], body, result: finish(read(sum)) };
}

const mean = (sum: Expression): Expression => call("divide", [sum, float(rows)]);

/** Numbers kept between the sweeps. */
const tapeSize = (fn: IrFunction): number =>
  fn.arrays.filter((array) => array.role.kind === "scratch" && array.role.uninitialised).reduce((size, array) => size + sizeOf(array), 0);

function loopsOver(fn: IrFunction, extent: number): number {
  let count = 0;
  walkBlock(fn.body, (statement) => {
    if (statement.kind === "for" && (statement.to.kind === "constant" && statement.to.value === extent || statement.from.kind === "constant" && statement.from.value === extent - 1)) count++;
  });
  return count;
}

function gradientOf(fn: IrFunction, x: Float64Array): Float64Array {
  const out = new Float64Array(fn.dimension);
  interpret(fn, x, out);
  return out;
}

const x = Float64Array.of(0.4, -0.7, 0.2);

function expectDifferences(fn: IrFunction, at: Float64Array): void {
  const gradient = gradientOf(simplify(reverse(fn).function), at);
  for (const k of at.keys()) {
    const f = (h: number): number => interpret(fn, at.map((value, j) => (j === k ? value + h : value))).value;
    expect(Math.abs((gradient[k] ?? NaN) - (f(1e-5) - f(-1e-5)) / 2e-5)).toBeLessThan(1e-8);
  }
}

describe("a loop over rows that only adds up", () => {
  it("runs forward and reverse in one loop, without a tape, where the loss is linear in the sum", () => {
    const fn = logistic(mean);
    const derived = simplify(reverse(simplify(fn)).function);
    expect(tapeSize(derived)).toBe(0);
    expect(loopsOver(derived, rows)).toBe(1);
    expectDifferences(fn, x);
  });

  it("runs in two loops where the slope depends on the sum itself", () => {
    const fn = logistic((sum) => call("log", [sum]));
    const derived = simplify(reverse(simplify(fn)).function);
    expect(loopsOver(derived, rows)).toBe(2);
    expectDifferences(fn, x);
  });

  it("shares an array that each row fills anew", () => {
    const names = new Names();
    const w = names.array("f64", [4], { kind: "parameter", offset: 0 }, "w");
    const h = names.array("f64", [4], { kind: "scratch" }, "h");
    const data = names.array("f64", [rows], { kind: "data", values: labels }, "data");
    const [n, j, k] = [names.local("i32", "n"), names.local("i32", "j"), names.local("i32", "k")];
    const [sum, s] = [names.local("f64", "sum"), names.local("f64", "s")];
    const fn: IrFunction = {
      name: "network", dimension: 4, scalars: [], arrays: [w, h, data], result: read(sum),
      body: [
        assign(sum, float(0)),
        loop(n, int(0), int(rows), [
          fill(h, float(0)),
          loop(j, int(0), int(4), [store(h, [read(j)], call("tanh", [call("multiply", [load(w, [read(j)]), call("add", [load(data, [read(n)]), float(0.3)])])]))]),
          assign(s, float(0)),
          loop(k, int(0), int(4), [accumulate(s, call("multiply", [load(h, [read(k)]), load(w, [read(k)])]))]),
          accumulate(sum, call("multiply", [read(s), read(s)])),
        ]),
      ],
    };
    const derived = simplify(reverse(simplify(fn)).function);
    expect(loopsOver(derived, rows)).toBe(1);
    expect(tapeSize(derived)).toBeLessThanOrEqual(4);
    expectDifferences(fn, Float64Array.of(0.1, -0.4, 0.7, 0.3));
  });

  it("shares an array that each turn of a loop inside fills anew, and one that its turns fill together", () => {
    const names = new Names();
    const w = names.array("f64", [4], { kind: "parameter", offset: 0 }, "w");
    const [h, each] = [names.array("f64", [4], { kind: "scratch" }, "h"), names.array("f64", [3], { kind: "scratch" }, "each")];
    const data = names.array("f64", [rows], { kind: "data", values: inputs.slice(0, rows) }, "data");
    const [n, c, j, k, m] = ["n", "c", "j", "k", "m"].map((name) => names.local("i32", name));
    const [sum, s] = [names.local("f64", "sum"), names.local("f64", "s")];
    if (!n || !c || !j || !k || !m) throw new Error("No names.");
    const fn: IrFunction = {
      name: "mixture", dimension: 4, scalars: [], arrays: [w, h, each, data], result: call("divide", [read(sum), float(rows)]),
      body: [
        assign(sum, float(0)),
        loop(n, int(0), int(rows), [
          loop(c, int(0), int(3), [
            loop(j, int(0), int(4), [store(h, [read(j)], call("sin", [call("add", [load(w, [read(j)]), call("multiply", [call("toFloat", [read(c)]), load(data, [read(n)])])])]))]),
            assign(s, float(0)),
            loop(k, int(1), int(4), [
              store(h, [read(k)], call("multiply", [load(h, [read(k)]), load(h, [call("subtractInt", [read(k), int(1)])])])),
              accumulate(s, load(h, [read(k)])),
            ]),
            store(each, [read(c)], call("multiply", [read(s), read(s)])),
          ]),
          loop(m, int(0), int(3), [accumulate(sum, call("exp", [call("multiply", [load(each, [read(m)]), load(each, [int(0)])])]))]),
        ]),
      ],
    };
    const derived = simplify(reverse(simplify(fn)).function);
    expect(loopsOver(derived, rows)).toBe(1);
    // Nothing is kept for longer than a row.
    expect(tapeSize(derived)).toBeLessThan(100);
    expectDifferences(fn, Float64Array.of(0.1, -0.4, 0.7, 0.3));
  });
});
