import { describe, expect, it } from "vitest";
import { forward } from "../../../../src/core/autodiff/forward";
import { reverse } from "../../../../src/core/autodiff/reverse";
import { interpreterBackend } from "../../../../src/core/codegen/interpreterBackend";
import { KernelMemory } from "../../../../src/core/codegen/wasm/memory";
import { planPoints } from "../../../../src/core/codegen/wasm/vector/pointPlan";
import { wasmBackend } from "../../../../src/core/codegen/wasm/wasmBackend";
import { wasmKernel } from "../../../../src/core/codegen/wasm/wasmKernel";
import type { Sizes } from "../../../../src/core/codegen/pieces";
import { interpret } from "../../../../src/core/ir/interpret";
import { printIr } from "../../../../src/core/ir/printIr";
import type { IrFunction } from "../../../../src/core/ir/types";
import { simplify } from "../../../../src/core/simplify/simplify";
import { Random } from "../../support/random";
import { randomProgram } from "../../support/randomProgram";

/** So small that nearly every loop and branch is cut up. */
const tiny = { largestFunction: 12, largestPiece: 5 };

function expectSame(fn: IrFunction, x: Float64Array, memory: KernelMemory, hasVectors: boolean, sizes: Sizes | undefined): void {
  const [expected, found] = [new Float64Array(fn.outputs ?? 0), new Float64Array(fn.outputs ?? 0)];
  const kernel = wasmKernel(fn, memory, { hasVectors, isStrict: true }, sizes);
  const { value } = interpret(fn, x, expected);
  // Twice: what one evaluation leaves behind must not matter to the next.
  for (let run = 0; run < 2; run++) {
    expect(kernel(x, found), printIr(fn)).toBe(value);
    expect(found, printIr(fn)).toEqual(expected);
  }
}

describe.each([
  ["whole", false, undefined], ["cut into pieces", false, tiny], ["with pairs, sums in their order", true, undefined],
] as const)("WebAssembly kernels, %s", (_name, hasVectors, sizes) => {
  it.each(Array.from({ length: 50 }, (_, seed) => seed))("compute what the interpreter does: program %i", (seed) => {
    const random = new Random(4000 + seed);
    const fn = randomProgram(random, 3 + (seed % 4));
    const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    const gradient = simplify(reverse(simplify(fn)).function);
    const memory = new KernelMemory();
    for (const each of [fn, simplify(fn), gradient]) expectSame(each, x, memory, hasVectors, sizes);
    const both = Float64Array.from({ length: 2 * fn.dimension }, (_, k) => x[k] ?? random.between(-1, 1));
    expectSame(simplify(forward(gradient)), both, memory, hasVectors, sizes);
  });
});

describe.each([["scalar", false], ["two points at a time", true]] as const)("WebAssembly grids, %s", (_name, hasVectors) => {
  it.each(Array.from({ length: 60 }, (_, k) => 9000 + k))("hold what point after point gives, whichever unknowns a row or a column has to itself: program %d", (seed) => {
    const random = new Random(seed);
    const fn = simplify(randomProgram(random, 3));
    const vector = (): Float64Array => Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    const kernel = wasmBackend({ hasVectors, isStrict: true }).grid(fn);
    const [mine, theirs] = [new Float64Array(21), new Float64Array(21)];
    for (const [alongRow, fromRowToRow] of [[[1, 1, 1], [1, 1, 1]], [[1, 0, 0], [0, 1, 0]], [[0, 1, 0], [1, 0, 1]], [[0, 0, 1], [0, 0, 0]], [[1, 1, 0], [0, 1, 1]]] as const) {
      const origin = vector();
      const [u, v] = [alongRow, fromRowToRow].map((parts) => vector().map((x, k) => x * (parts[k] ?? 1)));
      if (!u || !v) throw new Error("A plane has two directions.");
      for (const [columns, first, last] of [[7, 0, 3], [5, 2, 3], [1, 0, 4]] as const) {
        for (const [backend, grid] of [[kernel, mine], [interpreterBackend.grid(fn), theirs]] as const) {
          backend(origin, u, v, -0.5, 0.3, -0.2, 0.2, columns, first, last, grid.fill(7));
        }
        expect(mine, printIr(fn)).toEqual(theirs);
      }
    }
  });

  it("take the ways of both points together where they part", () => {
    const functions = Array.from({ length: 60 }, (_, k) => simplify(randomProgram(new Random(9000 + k), 3)));
    const together = functions.filter((fn) => planPoints(fn) !== undefined);
    expect(together.length).toBeGreaterThan(10);
  });
});
