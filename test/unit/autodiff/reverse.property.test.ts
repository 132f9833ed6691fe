import { describe, expect, it } from "vitest";
import { reverse } from "../../../src/core/autodiff/reverse";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { IrFunction } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";

/** Central differences of fourth order; NaN where two step sizes disagree (a branch flips in between). */
function differences(fn: IrFunction, x: Float64Array): Float64Array {
  const slope = (k: number, h: number): number => {
    const at = (step: number): number => interpret(fn, x.map((value, j) => (j === k ? value + step * h : value))).value;
    return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h);
  };
  return x.map((_, k) => {
    const [fine, coarse] = [slope(k, 1e-4), slope(k, 3e-4)];
    return Math.abs(fine - coarse) <= 1e-5 * Math.max(1, Math.abs(fine)) ? fine : NaN;
  });
}

describe("reverse mode of random programs", () => {
  it.each(Array.from({ length: 300 }, (_, k) => k + 1))("seed %d: equals differences, and keeps the value bit by bit", (seed) => {
    const random = new Random(seed);
    const fn = randomProgram(random, 2 + (seed % 4));
    verify(fn);
    const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    const gradient = new Float64Array(fn.dimension);
    const derived = reverse(fn).function;
    verify(derived);
    const { value } = interpret(derived, x, gradient);
    expect(value).toBe(interpret(fn, x).value);
    const expected = differences(fn, x);
    for (const [k, slope] of expected.entries()) {
      if (Number.isNaN(slope)) continue;
      const error = Math.abs((gradient[k] ?? NaN) - slope);
      expect(error, `seed ${seed}, coordinate ${k}: ${gradient[k]} against ${slope}\n${printIr(fn)}\n${printIr(derived)}`).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    }
  });
});
