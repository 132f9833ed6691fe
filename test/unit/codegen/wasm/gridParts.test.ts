import { describe, expect, it } from "vitest";
import { type Course, gridParts } from "../../../../src/core/codegen/wasm/grid/gridParts";
import { assignedOnce } from "../../../../src/core/codegen/wasm/grid/assignedOnce";
import { accumulate, assign, branch, call, float, int, loop, Names, read } from "../../../../src/core/ir/build";
import { printExpression, printIr } from "../../../../src/core/ir/printIr";
import type { Block, Expression, IrFunction } from "../../../../src/core/ir/types";

const names = new Names();
const [x, y, z, t, total] = ["x", "y", "z", "t", "total"].map((name) => names.local("f64", name));
if (!x || !y || !z || !t || !total) throw new Error("Five names are wanted.");

const fn = (body: Block, result: Expression): IrFunction =>
  ({ name: "f", dimension: 3, scalars: [x, y, z].map((local, offset) => ({ local, offset })), arrays: [], body, result });

const cos = (a: Expression): Expression => call("cos", [a]);
const times = (a: Expression, b: Expression): Expression => call("multiply", [a, b]);
const plus = (a: Expression, b: Expression): Expression => call("add", [a, b]);

/** x along a row, y from row to row, z nowhere. */
const courses: readonly Course[] = [{ along: true, across: false }, { along: false, across: true }, { along: false, across: false }];

function parts(body: Block, result: Expression): Record<"row" | "column" | "tables" | "rest", string[]> {
  const { perRow, perColumn, tables, rest } = gridParts(fn(body, result), (k) => courses[k] ?? { along: true, across: true });
  const told = (assigned: typeof perRow): string[] => assigned.map(({ local, value }) => `${local.name} = ${printExpression(value)}`);
  return { row: told(perRow), column: told(perColumn), tables: tables.map(({ name }) => name), rest: [...rest.body.map(({ kind }) => kind), printExpression(rest.result)] };
}

describe("a function on a grid is taken apart by how often its parts change", () => {
  it("once a row, once a column, and at every point", () => {
    expect(parts([], plus(plus(cos(read(x)), cos(read(y))), times(read(x), read(y))))).toEqual({
      row: ["row = cos(y)"], column: ["column = cos(x)"], tables: ["x", "column"], rest: ["add(add(column, row), multiply(x, y))"],
    });
  });

  it("variables of the function's own go where their values go, and have a table where points ask for them", () => {
    expect(parts([assign(t, cos(read(x)))], plus(times(read(t), read(t)), times(read(t), read(y))))).toEqual({
      row: [], column: ["t = cos(x)", "column = multiply(t, t)"], tables: ["t", "column"], rest: ["add(column, multiply(t, y))"],
    });
  });

  it("what changes nowhere is there for rows and columns", () => {
    expect(parts([assign(t, cos(read(z)))], plus(times(read(t), read(x)), times(read(t), read(y))))).toEqual({
      row: ["t = cos(z)", "row = multiply(t, y)"], column: ["t = cos(z)", "column = multiply(t, x)"], tables: ["column"], rest: ["add(column, row)"],
    });
  });

  it("the same is computed once", () => {
    expect(parts([], times(plus(cos(read(y)), read(x)), cos(read(y)))).row).toEqual(["row = cos(y)"]);
  });

  it("what branches and loops assign, unknowns among it, stays at the points", () => {
    const isLarge = call("greater", [read(x), float(1)]);
    const changed = [assign(t, cos(read(y))), branch(isLarge, [assign(t, float(0))])];
    expect(parts(changed, read(t))).toEqual({ row: ["row = cos(y)"], column: [], tables: ["x"], rest: ["assign", "if", "t"] });
    expect(parts([assign(y, cos(read(x)))], times(read(y), read(y)))).toEqual({ row: [], column: ["column = cos(x)"], tables: ["column"], rest: ["assign", "multiply(y, y)"] });
    const adding = [assign(total, float(0)), loop(names.local("i32", "i"), int(0), int(3), [accumulate(total, cos(read(x)))])];
    expect(parts(adding, read(total))).toEqual({ row: [], column: [], tables: ["x"], rest: ["assign", "for", "total"] });
  });
});

describe("variables that are assigned again become others", () => {
  const lines = (body: Block): string[] => printIr(assignedOnce(fn(body, read(total)))).split("\n").map((line) => line.trim()).filter((line) => /=|→/.test(line) && !line.includes("x["));

  it("sums and unknowns among them, so that each holds one value", () => {
    expect(lines([assign(total, float(0)), assign(t, cos(read(x))), accumulate(total, read(t)), assign(t, cos(read(y))), accumulate(total, times(read(t), read(x))), assign(x, read(total)), assign(total, read(x))])).toEqual([
      "total_1 = 0", "t_1 = cos(x)", "total_2 = add(total_1, t_1)", "t_2 = cos(y)", "total_3 = add(total_2, multiply(t_2, x))", "x_1 = total_3", "total_4 = x_1", "→ total_4",
    ]);
  });

  it("but not where loops and branches assign them", () => {
    const body = [assign(total, float(0)), assign(t, float(1)), branch(call("less", [read(x), float(0)]), [assign(t, float(2))]), assign(total, read(t))];
    expect(lines(body)).toEqual(["total_1 = 0", "t = 1", "t = 2", "total_2 = t", "→ total_2"]);
  });
});
