import { describe, expect, it } from "vitest";
import { reverse } from "../../../src/core/autodiff/reverse";
import { accumulate, assign, call, float, int, load, loop, Names, read, select, store } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import { sizeOf } from "../../../src/core/ir/shape";
import type { Block, IrFunction } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import { simplify } from "../../../src/core/simplify/simplify";

const names = new Names();
const w = names.array("f64", [6], { kind: "parameter", offset: 0 }, "w");
const h = names.array("f64", [3], { kind: "scratch" }, "h");
const [n, i, j, k, t] = [names.local("i32", "n"), names.local("i32", "i"), names.local("i32", "j"), names.local("i32", "k"), names.local("i32", "t")];
const [sum, s] = [names.local("f64", "sum"), names.local("f64", "s")];
const x = Float64Array.of(0.3, -0.8, 0.5, 1.1, -0.4, 0.9);

const tapes = (fn: IrFunction): number => fn.arrays.reduce((size, array) => size + (array.role.kind === "scratch" && array.role.uninitialised ? sizeOf(array) : 0), 0);

function derived(body: Block): IrFunction {
  const fn: IrFunction = { name: "f", dimension: 6, scalars: [], arrays: [w, h], body: [assign(sum, float(0)), ...body], result: call("log", [call("add", [float(2), call("multiply", [read(sum), read(sum)])])]) };
  const made = simplify(reverse(simplify(fn)).function);
  verify(made);
  const gradient = new Float64Array(6);
  expect(interpret(made, x, gradient).value).toBeCloseTo(interpret(fn, x).value, 14);
  for (const [c, slope] of gradient.entries()) {
    const f = (step: number): number => interpret(fn, x.map((value, m) => (m === c ? value + step : value))).value;
    expect(Math.abs(slope - (8 * (f(1e-4) - f(-1e-4)) - (f(2e-4) - f(-2e-4))) / 12e-4)).toBeLessThan(1e-9);
  }
  return made;
}

describe("what a derivative remembers", () => {
  it("of a counter that indexes a triangle, one number a row at most", () => {
    const made = derived([assign(t, int(0)), loop(i, int(0), int(3), [loop(j, read(i), int(3), [
      accumulate(sum, call("multiply", [select(call("greaterEqualInt", [read(t), int(6)]), float(NaN), load(w, [read(t)])), load(w, [read(j)])])),
      assign(t, call("addInt", [read(t), int(1)])),
    ])])]);
    expect(tapes(made)).toBeLessThanOrEqual(3);
  });

  it("of counters that run backwards, or over no turn at all, the right ones", () => {
    derived([assign(t, int(5)), loop(n, int(2), int(-1), [
      loop(i, read(n), int(2), [assign(t, call("addInt", [read(t), int(-1)])), accumulate(sum, call("sin", [call("multiply", [load(w, [read(t)]), load(w, [read(n)])])]))]),
      accumulate(sum, load(w, [read(t)])),
    ], { step: -1 })]);
  });

  it("of an array that many turns overwrite and few read, what is read", () => {
    const turns = 20;
    const made = derived([assign(sum, float(0.1)), loop(n, int(0), int(turns), [
      loop(i, int(0), int(3), [store(h, [read(i)], call("multiply", [load(w, [read(i)]), read(sum)]))]),
      loop(j, int(0), int(3), [loop(k, int(0), int(3), [accumulate(h, call("multiply", [load(w, [read(j)]), load(w, [call("addInt", [read(k), int(3)])])]), [read(k)])])]),
      assign(s, float(0)),
      loop(i, int(0), int(3), [accumulate(s, call("multiply", [load(h, [read(i)]), load(h, [read(i)])]))]),
      assign(sum, call("add", [read(sum), call("multiply", [float(0.01), call("sin", [read(s)])])])),
    ])]);
    expect(printIr(made)).not.toContain("h_before");
    // The carried sum, the sine's argument and each element read: at most two copies.
    expect(tapes(made)).toBeLessThanOrEqual(turns * (2 + 6));
  });
});
