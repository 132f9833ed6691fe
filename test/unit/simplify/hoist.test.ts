import { describe, expect, it } from "vitest";
import { accumulate, assign, call, float, int, load, loop, Names, read, store } from "../../../src/core/ir/build";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { Block, IrFunction } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import { hoist } from "../../../src/core/simplify/hoist";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";

const names = new Names();
const w = names.array("f64", [4], { kind: "parameter", offset: 0 }, "w");
const a = names.array("f64", [4], { kind: "scratch" }, "a");
const [i, j] = [names.local("i32", "i"), names.local("i32", "j")];
const [s, t, u] = [names.local("f64", "s"), names.local("f64", "t"), names.local("f64", "u")];

const functionOf = (body: Block): IrFunction => ({ name: "f", dimension: 4, scalars: [], arrays: [w, a], body: [assign(s, float(0)), ...body], result: read(s) });
const hoisted = (fn: IrFunction): IrFunction => ({ ...fn, body: hoist(fn.body, fn.result) });
const x = Float64Array.of(0.3, -1.2, 0.7, 2);

/** How deep the line that assigns `name` is indented. */
function depthOf(name: string, fn: IrFunction): number {
  const line = printIr(fn).split("\n").find((each) => each.trim().startsWith(`${name} =`)) ?? "";
  return line.length - line.trimStart().length;
}

describe("what is the same on each turn", () => {
  it("leaves the loops that do not change it, and no others", () => {
    const fn = functionOf([loop(i, int(0), int(4), [loop(j, int(0), int(4), [
      assign(t, call("exp", [load(w, [read(i)])])),
      assign(u, call("multiply", [read(t), load(w, [int(0)])])),
      accumulate(s, call("multiply", [read(u), load(w, [read(j)])])),
    ])])]);
    const moved = hoisted(fn);
    verify(moved);
    expect([depthOf("t", moved), depthOf("u", moved)]).toEqual([4, 4]);
    expect(interpret(moved, x).value).toBe(interpret(fn, x).value);
  });

  it("stays where the loop writes what it reads, may take no turn, or hands it on", () => {
    const written = functionOf([loop(i, int(0), int(4), [assign(t, load(a, [int(1)])), store(a, [read(i)], call("add", [read(t), float(1)])), accumulate(s, read(t))])]);
    const none = functionOf([loop(i, int(4), int(4), [assign(t, call("sin", [load(w, [int(1)])])), accumulate(s, read(t))])]);
    const handed = functionOf([loop(i, int(0), int(4), [accumulate(s, read(t)), assign(t, call("sin", [load(w, [int(1)])]))])]);
    for (const fn of [written, none, handed]) {
      expect(depthOf("t", hoisted(fn))).toBe(4);
      expect(interpret(hoisted(fn), x).value).toBe(interpret(fn, x).value);
    }
  });

  it.each(Array.from({ length: 150 }, (_, k) => 9000 + k))("seed %d: leaves the value of a random program as it is, bit by bit", (seed) => {
    const random = new Random(seed);
    const fn = randomProgram(random, 2 + (seed % 4));
    const at = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    expect(interpret(hoisted(fn), at).value, printIr(fn)).toBe(interpret(fn, at).value);
  });
});
