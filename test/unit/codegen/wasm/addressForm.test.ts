import { describe, expect, it } from "vitest";
import { addressForm, nonNegativeIndices } from "../../../../src/core/codegen/wasm/addressForm";
import { call, int, loop, Names, read } from "../../../../src/core/ir/build";

const names = new Names();
const table = names.array("f64", [7, 5], { kind: "scratch" }, "table");
const [i, j] = [names.local("i32", "i"), names.local("i32", "j")];
const both = new Set([i, j]);
const plus = (a: Parameters<typeof read>[0], by: number): ReturnType<typeof call> => call("addInt", [read(a), int(by)]);

describe("subscripts", () => {
  it("rows side by side differ by a number", () => {
    expect(addressForm(table, [plus(i, 2), read(j)], both)).toEqual({ known: 10, terms: [{ value: read(i), factor: 5 }, { value: read(j), factor: 1 }] });
  });

  it("what may be negative without its number keeps it", () => {
    expect(addressForm(table, [plus(i, 2), plus(j, 1)], new Set([j]))).toEqual({ known: 1, terms: [{ value: plus(i, 2), factor: 5 }, { value: read(j), factor: 1 }] });
  });

  it.each([
    ["runs up from 0", 0, 5, 1, true], ["runs up from -1", -1, 5, 1, false], ["runs down to 0", 4, -1, -1, true], ["runs down to -1", 4, -2, -1, false],
  ] as const)("an index that %s", (_name, from, to, step, expected) => {
    expect(nonNegativeIndices([loop(i, int(from), int(to), [], { step })]).has(i)).toBe(expected);
  });

  it("an index of several loops is what it is in all of them", () => {
    expect(nonNegativeIndices([loop(i, int(0), int(5), []), loop(i, int(-1), int(5), [])]).has(i)).toBe(false);
  });
});
