import { describe, expect, it } from "vitest";
import { accumulate, assign, bool, branch, call, float, int, load, loop, Names, read, select } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { Block, Expression, IrFunction } from "../../../src/core/ir/types";
import { checkOnce } from "../../../src/core/loops/checkOnce";
import { wasmBackend } from "../../../src/core/codegen/wasm/wasmBackend";

const names = new Names();
const l = names.array("f64", [12], { kind: "parameter", offset: 0 }, "l");
const out = names.array("f64", [12], { kind: "output" }, "out");
const [i, t, k] = [names.local("i32", "i"), names.local("i32", "t"), names.local("i32", "k")];
const [isOut, element, total] = [names.local("bool", "isOut"), names.local("f64", "element"), names.local("f64", "total")];

const beyond = (subscript: Expression): Expression => call("or", [call("lessInt", [subscript, int(0)]), call("greaterEqualInt", [subscript, int(12)])]);
/** total += l[t + i], checked, and the same place of the output counted up where there is one. */
const body: Block = [
  assign(k, call("addInt", [read(t), read(i)])),
  assign(isOut, beyond(read(k))),
  assign(element, select(read(isOut), float(NaN), load(l, [read(k)]))),
  accumulate(total, read(element)),
  branch(read(isOut), [], [accumulate(out, float(1), [read(k)])]),
];
const functionOf = (from: number, count: number, step: 1 | -1, statements: Block = body): IrFunction => ({
  name: "f", dimension: 12, outputs: 12, scalars: [], arrays: [l, out], result: read(total),
  body: [assign(t, int(from)), assign(total, float(0)), step === 1 ? loop(i, int(0), int(count), statements) : loop(i, int(count - 1), int(-1), statements, { step })],
});
const x = Float64Array.from({ length: 12 }, (_, at) => at + 0.5);

function evaluate(fn: IrFunction): { value: number; output: Float64Array } {
  const output = new Float64Array(12);
  return { value: interpret(fn, x, output).value, output };
}

describe("checks made once", () => {
  it("are asked at the first and the last turn, and then no more", () => {
    const text = printIr(checkOnce(functionOf(3, 5, 1)));
    expect(text).toContain("if and(and(greaterEqualInt(t, 0), lessInt(t, 12)), and(greaterEqualInt(addInt(t, 4), 0), lessInt(addInt(t, 4), 12)))");
    expect(text).toContain("element = l[addInt(t, i)]");
  });

  it.each([-4, -1, 0, 3, 7, 8, 11, 15].flatMap((from) => ([1, -1] as const).flatMap((step) => [0, 1, 5].map((count) => [from, count, step] as const))))(
    "from %d on, %d turns by %d: what is out of bounds is so as before", (from, count, step) => {
      const fn = functionOf(from, count, step);
      expect(evaluate(checkOnce(fn))).toEqual(evaluate(fn));
      const output = new Float64Array(12);
      expect(wasmBackend({ hasVectors: true, isStrict: true }).kernel(checkOnce(fn))(x, output)).toBe(evaluate(fn).value);
      expect(output).toEqual(evaluate(fn).output);
    },
  );

  it("stay where a subscript does not run evenly", () => {
    const squared = body.map((statement) => (statement.kind === "assign" && statement.local === k ? assign(k, call("multiplyInt", [read(i), read(i)])) : statement));
    expect(printIr(checkOnce(functionOf(0, 4, 1, squared)))).toBe(printIr(functionOf(0, 4, 1, squared)));
  });

  it("stay where a turn changes what the subscript is made of", () => {
    const moving = [...body, assign(t, call("addInt", [read(t), int(1)]))];
    const fn = functionOf(0, 4, 1, moving);
    expect(printIr(checkOnce(fn))).toBe(printIr(fn));
    expect(evaluate(fn).value).not.toBeNaN();
  });

  it("of another array are others", () => {
    const constant = [...body, assign(isOut, bool(false))];
    const fn = functionOf(3, 5, 1, constant);
    expect(evaluate(checkOnce(fn))).toEqual(evaluate(fn));
  });
});
