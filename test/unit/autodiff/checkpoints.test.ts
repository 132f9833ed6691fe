import { describe, expect, it } from "vitest";
import { forward } from "../../../src/core/autodiff/forward";
import { reverse } from "../../../src/core/autodiff/reverse";
import { javascriptKernel } from "../../../src/core/codegen/javascript/javascriptKernel";
import { accumulate, assign, bool, branch, call, float, int, load, loop, Names, read, store } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import { sizeOf } from "../../../src/core/ir/shape";
import type { IrFunction } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import { simplify } from "../../../src/core/simplify/simplify";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";

/** Bytes of scratch memory, from the layout alone; stacks count as endless. */
const memoryOf = (fn: IrFunction): number => fn.arrays.reduce((sum, array) =>
  sum + (array.role.kind === "stack" ? Infinity : array.role.kind === "scratch" ? sizeOf(array) * (array.element === "f64" ? 8 : 4) : 0), 0);

/** A damped pendulum and a chain of cells, `steps` steps of each; with `ending`, it may end early. */
function simulation(steps: number, { ending = false, step = 1 } = {}): IrFunction {
  const names = new Names();
  const [k, c] = [names.local("f64", "k"), names.local("f64", "c")];
  const cells = names.array("f64", [3], { kind: "scratch" }, "cells");
  const next = names.array("f64", [3], { kind: "scratch" }, "next");
  const [t, i, j, count] = [names.local("i32", "t"), names.local("i32", "i"), names.local("i32", "j"), names.local("i32", "count")];
  const [x, v, a, cost] = [names.local("f64", "x"), names.local("f64", "v"), names.local("f64", "a"), names.local("f64", "cost")];
  const done = names.local("bool", "done");
  const last = step > 0 ? steps * step : -1;
  return {
    name: "simulation", dimension: 2, scalars: [{ local: k, offset: 0 }, { local: c, offset: 1 }], arrays: [cells, next],
    body: [
      assign(x, float(1)), assign(v, read(c)), assign(cost, float(0)), assign(count, int(0)), assign(done, bool(false)), store(cells, [int(1)], read(k)),
      loop(t, int(step > 0 ? 0 : steps - 1), int(last), [
        assign(a, call("subtract", [call("negate", [call("multiply", [read(k), call("sin", [read(x)])])]), call("multiply", [read(c), read(v)])])),
        assign(v, call("add", [read(v), call("multiply", [float(0.01), read(a)])])),
        assign(x, call("add", [read(x), call("multiply", [float(0.01), read(v)])])),
        loop(i, int(0), int(3), [store(next, [read(i)], call("tanh", [call("add", [
          load(cells, [call("remainderInt", [call("addInt", [read(i), int(1)]), int(3)])]), call("multiply", [read(x), float(0.1)]),
        ])]))]),
        loop(j, int(0), int(3), [store(cells, [read(j)], load(next, [read(j)]))]),
        branch(call("greater", [read(x), float(0)]), [assign(count, call("addInt", [read(count), int(1)])), accumulate(cost, call("multiply", [read(x), call("toFloat", [read(t)])]))]),
        accumulate(cost, call("multiply", [read(x), load(cells, [int(2)])])),
        ...(ending ? [assign(done, call("less", [read(x), float(-0.05)]))] : []),
      ], { step, ...(ending ? { exit: done } : {}) }),
    ],
    result: call("add", [call("log", [call("add", [call("multiply", [read(cost), read(cost)]), float(1)])]), call("multiply", [read(x), call("toFloat", [read(count)])])]),
  };
}

const at = Float64Array.of(2.1, 0.3);

function compare(fn: IrFunction, x: Float64Array, limit: number, shown = ""): { plain: IrFunction; cut: IrFunction } {
  const [plain, cut] = [reverse(fn).function, reverse(fn, { largestTape: limit }).function];
  verify(cut);
  const [a, b] = [new Float64Array(fn.dimension), new Float64Array(fn.dimension)];
  expect(interpret(cut, x, b).value, shown).toBe(interpret(plain, x, a).value);
  expect(b, shown).toEqual(a);
  return { plain, cut };
}

describe("a loop whose tape would be too long", () => {
  it.each([
    ["counting up", simulation(1000)], ["counting down in threes", simulation(900, { step: -3 })], ["in threes", simulation(1000, { step: 3 })], ["that ends early", simulation(1000, { ending: true })],
  ] as const)("%s, gives the same gradient in segments, bit by bit, in less memory", (_name, fn) => {
    const { plain, cut } = compare(fn, at, 20_000);
    expect(memoryOf(simplify(cut))).toBeLessThan(memoryOf(simplify(plain)) / 5);
    const [a, b] = [new Float64Array(2), new Float64Array(2)];
    expect(javascriptKernel(simplify(cut))(at, b)).toBe(javascriptKernel(simplify(plain))(at, a));
    expect(b).toEqual(a);
  });

  it("takes memory for about twice the square root of its turns", () => {
    const memory = [100, 10_000, 1_000_000].map((steps) => memoryOf(reverse(simulation(steps), { largestTape: 1000 }).function));
    expect((memory[1] ?? NaN) / (memory[0] ?? NaN)).toBeLessThan(15);
    expect((memory[2] ?? NaN) / (memory[1] ?? NaN)).toBeLessThan(15);
  });

  it("is left alone where the tape is small enough", () => {
    expect(printIr(reverse(simulation(1000)).function)).not.toContain("segment");
  });

  it("is cut without being asked where a million steps of many numbers would take more than 256 MB", () => {
    const derived = simplify(reverse(simplify(simulation(10_000_000))).function);
    expect(printIr(derived)).toContain("segment");
    expect(memoryOf(derived)).toBeLessThan(1e6);
  });

  it("has the same second derivatives, too", () => {
    const fn = simulation(300);
    const [plain, cut] = [forward(reverse(fn).function), forward(reverse(fn, { largestTape: 5000 }).function)];
    const both = Float64Array.of(...at, 0.4, -0.7);
    const [a, b] = [new Float64Array(2), new Float64Array(2)];
    interpret(plain, both, a);
    interpret(cut, both, b);
    expect(b).toEqual(a);
  });
});

describe("random programs with every loop in segments", () => {
  it.each(Array.from({ length: 150 }, (_, k) => 5000 + k))("seed %d: the same gradient, bit by bit", (seed) => {
    const random = new Random(seed);
    const fn = simplify(randomProgram(random, 2 + (seed % 4)));
    compare(fn, Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1)), 0, `seed ${seed}\n${printIr(fn)}`);
  });

  it("are in segments, many of them", () => {
    const cut = Array.from({ length: 150 }, (_, k) => printIr(reverse(simplify(randomProgram(new Random(5000 + k), 2 + ((5000 + k) % 4))), { largestTape: 0 }).function)).filter((text) => text.includes("segment"));
    expect(cut.length).toBeGreaterThan(20);
  });
});
