import { describe, expect, it } from "vitest";
import { forward } from "../../../src/core/autodiff/forward";
import { reverse } from "../../../src/core/autodiff/reverse";
import { emitJavaScript, javascriptKernel } from "../../../src/core/codegen/javascript/javascriptKernel";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { IrFunction } from "../../../src/core/ir/types";
import { simplify } from "../../../src/core/simplify/simplify";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";

/** So small that nearly every loop and branch is cut up. */
const tiny = { largestFunction: 12, largestPiece: 5 };

function expectSame(fn: IrFunction, x: Float64Array): void {
  const [expected, found] = [new Float64Array(fn.outputs ?? 0), new Float64Array(fn.outputs ?? 0)];
  const kernel = javascriptKernel(fn, tiny);
  const { value } = interpret(fn, x, expected);
  // Twice: what one evaluation leaves behind must not matter to the next.
  for (let run = 0; run < 2; run++) {
    expect(kernel(x, found), printIr(fn)).toBe(value);
    expect(found).toEqual(expected);
  }
}

describe("kernels cut into pieces, in loops and branches too", () => {
  it.each(Array.from({ length: 120 }, (_, seed) => seed))("compute what the interpreter does: program %i", (seed) => {
    const random = new Random(4000 + seed);
    const fn = randomProgram(random, 3 + (seed % 4));
    const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    const gradient = simplify(reverse(simplify(fn)).function);
    for (const each of [fn, simplify(fn), gradient]) expectSame(each, x);
    const both = Float64Array.from({ length: 2 * fn.dimension }, (_, k) => x[k] ?? random.between(-1, 1));
    expectSame(simplify(forward(gradient)), both);
  });

  it("call pieces from within the loops", () => {
    const texts = Array.from({ length: 20 }, (_, seed) => emitJavaScript(randomProgram(new Random(4000 + seed), 6), undefined, tiny).text);
    expect(texts.filter((text) => /for \(.*\n(.*\n)?\s+frame\[\d+\] = .*\n(.*\n)?\s+if \(piece/.test(text)).length).toBeGreaterThan(3);
  });
});
