import { describe, expect, it } from "vitest";
import { accumulate, assign, branch, call, float, int, load, loop, Names, read, select, store, whileLoop } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { Block, Expression, IrFunction } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import { simplify } from "../../../src/core/simplify/simplify";

const names = new Names();
const w = names.array("f64", [90], { kind: "parameter", offset: 0 }, "w");
const out = names.array("f64", [90], { kind: "scratch" }, "out");
const [i, j, start] = [names.local("i32", "i"), names.local("i32", "j"), names.local("i32", "start")];
const [t, sum] = [names.local("f64", "t"), names.local("f64", "sum")];
const at = call("toInt", [read(t)]);

const functionOf = (body: Block): IrFunction => ({ name: "f", dimension: 90, scalars: [], arrays: [w, out], body: [assign(sum, float(0)), ...body], result: read(sum) });
const x = Float64Array.from({ length: 90 }, (_, k) => Math.cos(k));

function expectSame(fn: IrFunction): string {
  const simple = simplify(fn);
  verify(simple);
  expect(interpret(simple, x).value).toBe(interpret(fn, x).value);
  return printIr(simple);
}

describe("counters", () => {
  it("are whole numbers where they only count and index", () => {
    const text = expectSame(functionOf([
      assign(t, float(0)),
      loop(i, int(0), int(10), [
        assign(start, call("addInt", [read(i), int(1)])),
        loop(j, read(start), int(10), [accumulate(sum, call("multiply", [load(w, [at]), read(t)])), accumulate(t, float(1))]),
      ]),
    ]));
    expect(text).not.toContain("toInt");
    expect(text).toContain("addInt(t");
  });

  it("stay as they are where something else is assigned, or they could leave 32 bits", () => {
    expect(expectSame(functionOf([assign(t, float(0)), loop(i, int(0), int(4), [accumulate(sum, load(w, [at])), accumulate(t, float(0.5))])]))).toContain("toInt");
    const large = functionOf([
      assign(t, float(0)),
      loop(i, int(0), int(100), [loop(j, int(0), int(100), [accumulate(t, float(1_000_000))]), accumulate(sum, load(w, [call("remainderInt", [at, int(7)])]))]),
    ]);
    expect(printIr(simplify(large))).toContain("toInt");
    const endless = functionOf([assign(t, float(0)), whileLoop(call("less", [read(t), float(5)]), [accumulate(sum, load(w, [at])), accumulate(t, float(1e5))], 1e6)]);
    expect(printIr(simplify(endless))).toContain("toInt");
  });
});

describe("checks of indices", () => {
  const checked = (index: Expression): Block => [
    branch(call("or", [call("lessInt", [index, int(0)]), call("greaterEqualInt", [index, int(90)])]), [{ kind: "trap", code: "E112", message: "outside" }]),
    accumulate(sum, select(call("greaterEqualInt", [index, int(90)]), float(NaN), load(w, [index]))),
  ];

  it("go where the loop's own bounds make them", () => {
    const text = expectSame(functionOf([loop(i, int(2), int(88), [
      assign(start, call("addInt", [read(i), int(1)])), ...checked(read(start)), store(out, [read(start)], read(sum)),
      loop(j, read(start), int(90), checked(read(j))),
      loop(j, int(89), int(-1), checked(read(j)), { step: -1 }),
    ])]));
    expect(text).not.toContain("trap");
    expect(text).not.toContain("?");
  });

  it("stay where an index may be outside, or what held it was assigned in a branch", () => {
    const outside = functionOf([loop(i, int(0), int(90), checked(call("addInt", [read(i), int(1)])))]);
    expect(printIr(simplify(outside))).toContain("trap");
    expect(interpret(simplify(outside), x).trap?.code).toBe("E112");
    const inBranch = functionOf([loop(i, int(-5), int(90), [
      branch(call("lessInt", [read(i), int(0)]), [assign(start, int(95))]),
      branch(call("greaterInt", [read(start), int(90)]), [accumulate(sum, float(1))]),
      accumulate(sum, float(1e-3)),
    ])]);
    expectSame(inBranch);
  });
});
