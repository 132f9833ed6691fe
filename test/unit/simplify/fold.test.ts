import { describe, expect, it } from "vitest";
import { call, float, Names, read } from "../../../src/core/ir/build";
import { fold } from "../../../src/core/simplify/fold";

const x = read(new Names().local("f64", "x"));
const times = (a: number, b: number) => call("multiply", [float(a), call("multiply", [float(b), x])]);

describe("factors", () => {
  it.each([[100, 2, 200], [0.5, 3, 1.5], [-4, 0.1, -0.4]])("%d times %d times x is %d times x: one of them rounds nothing", (a, b, both) => {
    expect(fold(times(a, b))).toEqual(call("multiply", [float(both), x]));
  });

  it.each([[3, 7], [0.1, 10], [Infinity, 3]])("%d times %d times x stays, for its last digit's sake", (a, b) => {
    expect(fold(times(a, b))).toEqual(times(a, b));
  });
});
