import { describe, expect, it } from "vitest";
import { forward } from "../../../../src/core/autodiff/forward";
import { reverse } from "../../../../src/core/autodiff/reverse";
import { KernelMemory } from "../../../../src/core/codegen/wasm/memory";
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

function expectSame(fn: IrFunction, x: Float64Array, memory: KernelMemory, sizes: Sizes | undefined): void {
  const [expected, found] = [new Float64Array(fn.outputs ?? 0), new Float64Array(fn.outputs ?? 0)];
  const kernel = wasmKernel(fn, memory, sizes);
  const { value } = interpret(fn, x, expected);
  // Twice: what one evaluation leaves behind must not matter to the next.
  for (let run = 0; run < 2; run++) {
    expect(kernel(x, found), printIr(fn)).toBe(value);
    expect(found, printIr(fn)).toEqual(expected);
  }
}

describe.each([["whole", undefined], ["cut into pieces", tiny]] as const)("WebAssembly kernels, %s", (_name, sizes) => {
  it.each(Array.from({ length: 50 }, (_, seed) => seed))("compute what the interpreter does: program %i", (seed) => {
    const random = new Random(4000 + seed);
    const fn = randomProgram(random, 3 + (seed % 4));
    const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    const gradient = simplify(reverse(simplify(fn)).function);
    const memory = new KernelMemory();
    for (const each of [fn, simplify(fn), gradient]) expectSame(each, x, memory, sizes);
    const both = Float64Array.from({ length: 2 * fn.dimension }, (_, k) => x[k] ?? random.between(-1, 1));
    expectSame(simplify(forward(gradient)), both, memory, sizes);
  });
});
