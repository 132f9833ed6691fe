import { describe, expect, it } from "vitest";
import { reverse } from "../../../../src/core/autodiff/reverse";
import { hostFunction } from "../../../../src/core/codegen/wasm/primitives";
import type { Backend } from "../../../../src/core/codegen/kernel";
import { KernelMemory } from "../../../../src/core/codegen/wasm/memory";
import { wasmBackend } from "../../../../src/core/codegen/wasm/wasmBackend";
import { accumulate, assign, branch, call, float, int, load, loop, Names, read, store, whileLoop } from "../../../../src/core/ir/build";
import { interpret } from "../../../../src/core/ir/interpret";
import type { Block, Expression, IrFunction, Local, PrimitiveName, Statement } from "../../../../src/core/ir/types";
import { ruleOf } from "../../../../src/core/rules/ruleOf";
import { simplify } from "../../../../src/core/simplify/simplify";

const backend = (): Backend => wasmBackend({ hasVectors: false, isStrict: false });
const names = new Names();
const [x, y] = [names.local("f64", "x"), names.local("f64", "y")];
const total = names.local("f64", "total");

const functionOf = (body: Block, result: Expression, more: Partial<IrFunction> = {}): IrFunction =>
  ({ name: "f", dimension: 2, scalars: [{ local: x, offset: 0 }, { local: y, offset: 1 }], arrays: [], body, result, ...more });

const valueOf = (fn: IrFunction, ...at: number[]): number => backend().kernel(fn)(Float64Array.from(at), new Float64Array(fn.outputs ?? 0));

/** Where functions change their minds. */
const special = [0, -0, 0.5, -0.5, 0.49999999999999994, 1, -1, 1.5, 2.5, -2.5, -3.7, 1e-310, 710, -745, 2 ** 31, -(2 ** 31) - 1, 2 ** 52 + 1, 2 ** 53 * 1.5, 2 ** 63, 2 ** 70 + 2 ** 20, 1e300, Infinity, -Infinity, NaN];

describe("primitives, on numbers where functions change their minds", () => {
  const floats: PrimitiveName[] = [
    "negate", "abs", "sign", "sqrt", "cbrt", "exp", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
    "sec", "csc", "cot", "sech", "csch", "coth", "floor", "ceil", "round", "trunc", "fround", "sigmoid", "softplus", "logSigmoid", "erf", "gamma", "logGamma",
  ];
  it.each(floats)("%s is the rule table's", (primitive) => {
    for (const at of special) expect(valueOf(functionOf([], call(primitive, [read(x)])), at, 0), `${primitive}(${at})`).toBe(ruleOf(primitive).value(at));
  });

  const pairs: PrimitiveName[] = ["add", "subtract", "multiply", "divide", "power", "remainder", "floorModulo", "atan2", "hypot", "min", "max", "logAddExp", "steady"];
  it.each(pairs)("%s is the rule table's", (primitive) => {
    const kernel = backend().kernel(functionOf([], call(primitive, [read(x), read(y)])));
    for (const a of special) {
      for (const b of special) expect(kernel(Float64Array.of(a, b), new Float64Array(0)), `${primitive}(${a}, ${b})`).toBe(ruleOf(primitive).value(a, b));
    }
  });

  const tests: PrimitiveName[] = ["less", "lessEqual", "greater", "greaterEqual", "equal", "notEqual"];
  it.each(tests)("%s is the rule table's", (primitive) => {
    const kernel = backend().kernel(functionOf([], call("boolToFloat", [call(primitive, [read(x), read(y)])])));
    for (const a of special) for (const b of special) expect(kernel(Float64Array.of(a, b), new Float64Array(0))).toBe(ruleOf(primitive).value(a, b));
  });

  const integers: PrimitiveName[] = [
    "addInt", "subtractInt", "multiplyInt", "divideInt", "remainderInt", "minInt", "maxInt", "bitAnd", "bitOr", "bitXor", "shiftLeft", "shiftRight",
  ];
  it.each(integers)("%s is the rule table's, no divisor excepted", (primitive) => {
    const whole = (of: Local): Expression => call("toInt", [read(of)]);
    const kernel = backend().kernel(functionOf([], call("toFloat", [call(primitive, [whole(x), whole(y)])])));
    for (const a of special) {
      for (const b of special) expect(kernel(Float64Array.of(a, b), new Float64Array(0)), `${primitive}(${a}, ${b})`).toBe(ruleOf(primitive).value(a | 0, b | 0));
    }
  });

  it.each(["min", "max"] as const)("%s is the rule table's for two at a time, also where one of them is a constant", (primitive) => {
    const data = names.array("f64", [special.length], { kind: "data", values: Float64Array.from(special) }, "data");
    const made = names.array("f64", [special.length], { kind: "output" }, "made");
    const i = names.local("i32", "i");
    for (const bound of [0, -0, 1, -1.5, Infinity, -Infinity, NaN]) {
      for (const args of [[load(data, [read(i)]), float(bound)], [float(bound), load(data, [read(i)])]]) {
        const body = [loop(i, int(0), int(special.length), [store(made, [read(i)], call(primitive, args))])];
        const out = new Float64Array(special.length);
        wasmBackend({ hasVectors: true, isStrict: false }).kernel(functionOf(body, float(0), { arrays: [data, made], outputs: special.length }))(new Float64Array(2), out);
        expect([...out], `${primitive} of ${bound}`).toEqual(special.map((at) => ruleOf(primitive).value(at, bound)));
      }
    }
  });

  it("imports the functions of Math as they are", () => {
    expect([hostFunction("exp"), hostFunction("power"), hostFunction("atan2")]).toEqual([Math.exp, Math.pow, Math.atan2]);
  });
});

describe("an evaluation that does not come to its end", () => {
  it("gives NaN everywhere where a trap is reached, and nothing of it afterwards", () => {
    const fn = functionOf(
      [branch(call("less", [read(x), float(0)]), [{ kind: "trap", code: "E130", message: "x must not be negative" }])], call("multiply", [read(x), read(y)]),
    );
    const kernel = backend().kernel(simplify(reverse(fn).function));
    const gradient = Float64Array.of(7, 7);
    expect(kernel(Float64Array.of(-1, 2), gradient)).toBeNaN();
    expect([...gradient]).toEqual([NaN, NaN]);
    expect(kernel(Float64Array.of(3, 2), gradient)).toBe(6);
    expect([...gradient]).toEqual([2, 3]);
  });

  const turns = (counts: number[], body: Block): Statement => {
    const [count = 0, ...inner] = counts;
    return loop(names.local("i32", "i"), int(0), int(count), inner.length > 0 ? [turns(inner, body)] : body);
  };
  it("gives NaN where loops take more operations than an evaluation may", () => {
    const forever = whileLoop(call("greaterEqual", [read(total), float(0)]), [accumulate(total, float(1))], 100_000_000);
    expect(valueOf(functionOf([assign(total, float(0)), turns([100, 100], [forever])], read(total)), 0, 0)).toBeNaN();
    expect(valueOf(functionOf([assign(total, float(0)), turns([100, 100], [accumulate(total, float(1))])], read(total)), 0, 0)).toBe(10_000);
  });

  it("gives NaN where a loop takes more turns than its cap", () => {
    const waiting = whileLoop(call("less", [read(total), read(x)]), [accumulate(total, float(1))], 50);
    const fn = functionOf([assign(total, float(0)), waiting], read(total));
    expect(valueOf(fn, 50, 0)).toBe(50);
    expect(valueOf(fn, 51, 0)).toBeNaN();
  });
});

describe("memory", () => {
  it("gives a stack as much room as it comes to need, again and again", () => {
    const step = assign(total, call("sin", [call("add", [read(total), read(x)])]));
    const left = names.local("f64", "left");
    const waiting = whileLoop(call("greater", [read(left), float(0)]), [step, assign(left, call("subtract", [read(left), float(1)]))], 1_000_000);
    const fn = simplify(reverse(functionOf([assign(total, read(x)), assign(left, read(y)), waiting], read(total))).function);
    expect(fn.arrays.some(({ role }) => role.kind === "stack")).toBe(true);
    const kernel = backend().kernel(fn);
    for (const count of [10, 5000, 3, 20_000]) {
      const [expected, found] = [new Float64Array(2), new Float64Array(2)];
      expect(kernel(Float64Array.of(0.3, count), found)).toBe(interpret(fn, Float64Array.of(0.3, count), expected).value);
      expect(found).toEqual(expected);
    }
  });

  it("holds data once, however many kernels read them, and looks again at those that change", () => {
    const memory = new KernelMemory();
    const [numbers, rows] = [Float64Array.of(1, 2, 3), Int32Array.of(2)];
    expect(memory.place(numbers)).toBe(memory.place(numbers));
    const data = names.array("f64", [3], { kind: "data", values: numbers }, "data");
    const chosen = names.array("i32", [1], { kind: "data", values: rows, changes: true }, "rows");
    const kernel = backend().kernel(functionOf([], load(data, [load(chosen, [int(0)])]), { arrays: [data, chosen] }));
    const value = (): number => kernel(new Float64Array(2), new Float64Array(0));
    expect(value()).toBe(3);
    rows[0] = 1;
    expect(value()).toBe(2);
  });

  it("leaves the kernels made before in order when later ones need more of it", () => {
    const shared = backend();
    const kernel = shared.kernel(functionOf([], call("add", [read(x), read(y)])));
    const large = names.array("f64", [1_000_000], { kind: "scratch" }, "large");
    shared.kernel(functionOf([], load(large, [int(7)]), { arrays: [large] }));
    expect(kernel(Float64Array.of(1, 2), new Float64Array(0))).toBe(3);
  });
});
