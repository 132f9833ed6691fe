import { describe, expect, test } from "vitest";
import { accumulate, assign, branch, call, float, int, load, loop, Names, read, whileLoop } from "../../../src/core/ir/build";
import type { ArrayVariable, Block, Expression, IrFunction } from "../../../src/core/ir/types";
import { closedForm } from "../../../src/core/symbolic/closedForm";

function program(body: Block, result: Expression, arrays: ArrayVariable[] = []): IrFunction {
  return { name: "f", dimension: 1, scalars: [{ local: x, offset: 0 }], arrays, body, result };
}
const names = new Names();
const x = names.local("f64", "x", "x");
const s = names.local("f64", "s", "s");
const i = names.local("i32", "i");
const square = (e: Expression): Expression => call("multiply", [e, e]);

describe("closed forms out of programs", () => {
  test("intermediate variables are put in", () => {
    const fn = program([assign(s, call("add", [read(x), float(1)]))], square(read(s)));
    const form = closedForm(fn, ["x"]);
    expect(form.ok && form.formula.value.math()).toBe("(x + 1) * (x + 1)");
    expect(form.ok && form.formula.gradient[0]?.math()).toBe("2 * (x + 1)");
  });

  test("a short loop over data is written out", () => {
    const data = names.array("f64", [3], { kind: "data", values: Float64Array.of(1, 2, 4) }, "data");
    const body = [assign(s, float(0)), loop(i, int(0), int(3), [accumulate(s, square(call("subtract", [read(x), load(data, [read(i)])])))])];
    const form = closedForm(program(body, read(s), [data]), ["x"]);
    expect(form.ok && form.formula.gradient[0]?.math()).toBe("6 * x - 14");
  });

  test("a branch becomes cases", () => {
    const fn = program([branch(call("less", [read(x), float(0)]), [assign(s, float(0))], [assign(s, square(read(x)))])], read(s));
    const form = closedForm(fn, ["x"]);
    expect(form.ok && form.formula.value.math()).toBe("x < 0 ? 0 : x * x");
    expect(form.ok && form.formula.gradient[0]?.latex()).toBe("\\begin{cases} 0 & x < 0 \\\\ 2x & \\text{otherwise} \\end{cases}");
  });

  test("elements of an array parameter have their indices as subscripts", () => {
    const w = names.array("f64", [2], { kind: "parameter", offset: 0 }, "w");
    const fn: IrFunction = { name: "f", dimension: 2, scalars: [], arrays: [w], body: [], result: call("multiply", [load(w, [int(0)]), square(load(w, [int(1)]))]) };
    const form = closedForm(fn, ["w[0]", "w[1]"]);
    expect(form.ok && form.formula.gradient.map((entry) => [entry.math(), entry.latex(), entry.typescript()])).toEqual([
      ["w_1^2", "w_1^2", "w[1] * w[1]"], ["2 * w_0 * w_1", "2w_0 w_1", "2 * w[0] * w[1]"],
    ]);
  });

  test.each<[string, Block, string]>([
    ["a long loop", [loop(i, int(0), int(100), [accumulate(s, read(x))])], "There is no short closed form: it loops over 100 rows."],
    ["a while loop", [whileLoop(call("less", [read(s), read(x)]), [assign(s, call("add", [read(s), float(1)]))])], "There is no short closed form: it repeats a number of times that only running it tells."],
  ])("%s has none, and the reason is a sentence", (_, body, reason) => {
    expect(closedForm(program(body, read(s)), ["x"])).toEqual({ ok: false, reason });
  });
});
