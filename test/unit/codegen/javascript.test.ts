import { describe, expect, it } from "vitest";
import { reverse } from "../../../src/core/autodiff/reverse";
import { interpreterBackend } from "../../../src/core/codegen/interpreterBackend";
import { javascriptBackend } from "../../../src/core/codegen/javascript/javascriptBackend";
import { emitJavaScript } from "../../../src/core/codegen/javascript/javascriptKernel";
import { accumulate, assign, bool, branch, call, float, int, loop, Names, read, select, whileLoop } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import type { Expression, IrFunction, Local, Statement } from "../../../src/core/ir/types";
import { simplify } from "../../../src/core/simplify/simplify";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";

/** A chain of `length` small steps, with a decision and a count now and then. */
function longFunction(length: number): IrFunction {
  const names = new Names();
  const x = names.local("f64", "x");
  const [a, flag, count] = [names.local("f64", "a"), names.local("bool", "flag"), names.local("i32", "count")];
  const body: Statement[] = [assign(a, read(x)), assign(flag, bool(false)), assign(count, int(0))];
  for (let k = 0; k < length; k++) {
    body.push(assign(a, call("add", [call("multiply", [read(a), float(0.999)]), call("sin", [call("multiply", [read(x), float(k * 1e-3)])])])));
    if (k % 100 === 0) body.push(assign(flag, call("greater", [read(a), float(0.5)])), branch(read(flag), [assign(a, call("tanh", [read(a)])), assign(count, call("addInt", [read(count), int(1)]))]));
  }
  return { name: "long", dimension: 1, scalars: [{ local: x, offset: 0 }], arrays: [], body, result: call("add", [read(a), call("toFloat", [read(count)])]) };
}

describe("JavaScript kernels", () => {
  it("cut a long function into pieces that compute the same", () => {
    const fn = longFunction(1500);
    const derived = simplify(reverse(fn).function);
    const { text } = emitJavaScript(derived);
    expect(text).toContain("function piece1(");
    const x = Float64Array.of(0.7);
    const [expected, found] = [new Float64Array(1), new Float64Array(1)];
    expect(javascriptBackend.kernel(derived)(x, found)).toBe(interpret(derived, x, expected).value);
    expect(found).toEqual(expected);
  });

  it("are never made of the same text twice", () => {
    const fn = longFunction(3);
    const kernels = [javascriptBackend.kernel(fn), javascriptBackend.kernel(fn)];
    expect(String(kernels[0])).not.toBe(String(kernels[1]));
  });

  it("write what is not a number, and what has no end, as numbers: names would have to be looked up", () => {
    const names = new Names();
    const x = names.local("f64", "x");
    const guarded = (index: number, value: number): Expression => select(call("less", [read(x), float(index)]), float(value), read(x));
    for (const value of [NaN, Infinity, -Infinity]) {
      const fn: IrFunction = { name: "f", dimension: 1, scalars: [{ local: x, offset: 0 }], arrays: [], body: [], result: guarded(1, value) };
      expect(emitJavaScript(fn).text).not.toMatch(/NaN|Infinity/);
      const kernel = javascriptBackend.kernel(fn);
      expect([0.5, 2].map((at) => kernel(Float64Array.of(at), new Float64Array(0)))).toEqual([value, 2]);
    }
  });

  it("refuse names that are not theirs", () => {
    const local = { kind: "local", name: "x; alert(1)", type: "f64" } as const;
    const fn: IrFunction = { name: "f", dimension: 1, scalars: [{ local, offset: 0 }], arrays: [], body: [], result: read(local) };
    expect(() => javascriptBackend.kernel(fn)).toThrow("no name for generated code");
  });

  it("fill the gradient with NaN where a trap is reached", () => {
    const names = new Names();
    const x = names.local("f64", "x");
    const fn: IrFunction = {
      name: "f", dimension: 1, scalars: [{ local: x, offset: 0 }], arrays: [], result: call("multiply", [read(x), read(x)]),
      body: [branch(call("less", [read(x), float(0)]), [{ kind: "trap", code: "E130", message: "x must not be negative" }])],
    };
    const kernel = javascriptBackend.kernel(simplify(reverse(fn).function));
    const gradient = Float64Array.of(7);
    expect(kernel(Float64Array.of(-1), gradient)).toBeNaN();
    expect(gradient[0]).toBeNaN();
    expect(kernel(Float64Array.of(3), gradient)).toBe(9);
    expect(gradient[0]).toBe(6);
  });
});

/** Long loops of each kind: counted up and down, left early, waiting for something, within others. */
function longLoops(): IrFunction {
  const names = new Names();
  const [x, a, sum, left] = ["x", "a", "sum", "left"].map((name) => names.local("f64", name)) as [Local, Local, Local, Local];
  const [i, j, k, m] = ["i", "j", "k", "m"].map((name) => names.local("i32", name)) as [Local, Local, Local, Local];
  const done = names.local("bool", "done");
  const step = assign(a, call("sin", [call("add", [call("multiply", [read(a), float(1.5)]), read(x)])]));
  return {
    name: "long", dimension: 1, scalars: [{ local: x, offset: 0 }], arrays: [], result: call("add", [read(sum), read(a)]),
    body: [
      assign(a, read(x)), assign(sum, float(0)), assign(done, bool(false)), assign(left, float(1000)),
      loop(i, int(0), int(2000), [step, accumulate(sum, call("multiply", [read(a), call("toFloat", [read(i)])]))]),
      loop(j, int(60), int(0), [loop(k, read(j), int(80), [step, accumulate(sum, read(a))])], { step: -1 }),
      loop(m, int(0), int(5000), [step, assign(done, call("greater", [read(a), float(0.999)]))], { exit: done }),
      whileLoop(call("greater", [read(left), float(1e-3)]), [step, assign(left, call("multiply", [read(left), call("add", [float(0.9), call("multiply", [float(0.05), read(a)])])]))], 100_000),
    ],
  };
}

describe("kernels with long loops", () => {
  const primal = longLoops();
  const derived = simplify(reverse(simplify(primal)).function);

  it.each([["value", primal], ["gradient", derived]] as const)("are run once, cut short, before their first call, and compute the same: %s", (_name, fn) => {
    expect(emitJavaScript(fn).warms).toBe(true);
    const [expected, found] = [new Float64Array(1), new Float64Array(1)];
    for (const x of [0.3, -0.8]) {
      expect(javascriptBackend.kernel(fn)(Float64Array.of(x), found)).toBe(interpret(fn, Float64Array.of(x), expected).value);
      expect(found).toEqual(expected);
    }
  });

  it("short ones need no warming up", () => expect(emitJavaScript(longFunction(3)).warms).toBe(false));
});

describe("grids", () => {
  it.each(Array.from({ length: 40 }, (_, k) => 9000 + k))("seed %d: the loop in generated code gives what point after point gives", (seed) => {
    const random = new Random(seed);
    const fn = simplify(randomProgram(random, 3));
    const vector = (): Float64Array => Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    const [origin, u, v] = [vector(), vector(), vector()];
    const [mine, theirs] = [new Float64Array(12), new Float64Array(12)];
    javascriptBackend.grid(fn)(origin, u, v, -0.5, 0.3, -0.2, 0.2, 4, 0, 3, mine);
    interpreterBackend.grid(fn)(origin, u, v, -0.5, 0.3, -0.2, 0.2, 4, 0, 3, theirs);
    expect(mine).toEqual(theirs);
  });

  it("of a long function are right too", () => {
    const fn = longFunction(1500);
    const one = Float64Array.of(1);
    const grid = new Float64Array(3);
    javascriptBackend.grid(fn)(Float64Array.of(0), one, Float64Array.of(0), 0.1, 0.2, 0, 0, 3, 0, 1, grid);
    expect([...grid]).toEqual([0.1, 0.1 + 0.2, 0.1 + 2 * 0.2].map((x) => interpret(fn, Float64Array.of(x)).value));
  });
});
