import { describe, expect, it } from "vitest";
import { forward } from "../../../src/core/autodiff/forward";
import { reverse } from "../../../src/core/autodiff/reverse";
import { javascriptKernel } from "../../../src/core/codegen/javascript/javascriptKernel";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { IrFunction } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";

const seeds = Array.from({ length: 150 }, (_, k) => 1000 + k);

function setUp(seed: number): { fn: IrFunction; x: Float64Array; v: Float64Array; both: Float64Array; shown: string } {
  const random = new Random(seed);
  const fn = randomProgram(random, 2 + (seed % 3));
  const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
  const v = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
  return { fn, x, v, both: Float64Array.of(...x, ...v), shown: `seed ${seed}\n${printIr(fn)}` };
}

describe("forward mode of random programs", () => {
  it.each(seeds)("seed %d: equals the gradient along the direction", (seed) => {
    const { fn, x, v, both, shown } = setUp(seed);
    const slope = forward(fn);
    verify(slope);
    const gradient = new Float64Array(fn.dimension);
    interpret(reverse(fn).function, x, gradient);
    const expected = gradient.reduce((sum, g, k) => sum + g * (v[k] ?? 0), 0);
    const scale = gradient.reduce((sum, g) => sum + Math.abs(g), 1e-3);
    expect(Math.abs(interpret(slope, both).value - expected) / scale, shown).toBeLessThan(1e-11);
  });
});

describe("forward over reverse on random programs", () => {
  it.each(seeds)("seed %d: the Hessian is symmetric and equals differences of gradients", (seed) => {
    const { fn, x, v, both, shown } = setUp(seed);
    const gradientOf = reverse(fn).function;
    const curvature = forward(gradientOf);
    verify(curvature);
    const product = new Float64Array(fn.dimension);
    interpret(curvature, both, product);

    const along = (h: number): Float64Array => {
      const at = (step: number): Float64Array => {
        const out = new Float64Array(fn.dimension);
        interpret(gradientOf, x.map((value, k) => value + step * h * (v[k] ?? 0)), out);
        return out;
      };
      const [a, b, c, d] = [at(1), at(-1), at(2), at(-2)];
      return x.map((_, k) => (8 * ((a[k] ?? 0) - (b[k] ?? 0)) - ((c[k] ?? 0) - (d[k] ?? 0))) / (12 * h));
    };
    const [fine, coarse] = [along(1e-4), along(3e-4)];
    for (const [k, expected] of fine.entries()) {
      if (!(Math.abs(expected - (coarse[k] ?? NaN)) <= 1e-5 * Math.max(1, Math.abs(expected)))) continue;
      expect(Math.abs((product[k] ?? NaN) - expected), shown).toBeLessThan(2e-6 * Math.max(1, Math.abs(expected)));
    }

    const rows = Array.from(x, (_, k) => {
      const out = new Float64Array(fn.dimension);
      interpret(curvature, Float64Array.of(...x, ...x.map((_unused, j) => (j === k ? 1 : 0))), out);
      return out;
    });
    const size = Math.max(1e-3, ...rows.map((row) => Math.max(...row.map(Math.abs))));
    for (const [i, row] of rows.entries()) for (const [j, entry] of row.entries()) expect(Math.abs(entry - (rows[j]?.[i] ?? NaN)) / size, shown).toBeLessThan(1e-9);
  });
});

describe("generated JavaScript", () => {
  it.each(seeds)("seed %d: value, gradient and Hessian-vector product equal the interpreter's bit by bit, twice over", (seed) => {
    const { fn, x, both, shown } = setUp(seed);
    const derived = reverse(fn).function;
    for (const [ir, at] of [[fn, x], [derived, x], [forward(fn), both], [forward(derived), both]] as const) {
      const kernel = javascriptKernel(ir);
      const [interpreted, compiled] = [new Float64Array(fn.dimension), new Float64Array(fn.dimension)];
      const { value } = interpret(ir, at, interpreted);
      for (let round = 0; round < 2; round++) {
        expect(kernel(at, compiled), shown).toBe(value);
        expect(compiled, shown).toEqual(interpreted);
      }
    }
  });
});
