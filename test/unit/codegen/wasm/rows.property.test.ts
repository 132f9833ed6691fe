import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../../src/core";
import { forward } from "../../../../src/core/autodiff/forward";
import { reverse } from "../../../../src/core/autodiff/reverse";
import { KernelMemory } from "../../../../src/core/codegen/wasm/memory";
import { planVectors } from "../../../../src/core/codegen/wasm/vector/planVectors";
import { wasmKernel } from "../../../../src/core/codegen/wasm/wasmKernel";
import { interpret } from "../../../../src/core/ir/interpret";
import { printIr } from "../../../../src/core/ir/printIr";
import type { IrFunction } from "../../../../src/core/ir/types";
import { shapeLoops } from "../../../../src/core/loops/shapeLoops";
import { simplify } from "../../../../src/core/simplify/simplify";
import { programCases, readCase, wildPrograms } from "../../source/typescript/fixtures";
import { Random } from "../../support/random";
import { randomRows } from "./randomRows";

/** Every loop that can be is taken two rows at a time, whether that is quicker or not. */
const everywhere = { hasVectors: true, leastGain: 0 };

const countRows = (fn: IrFunction): number =>
  [...planVectors(fn, { isStrict: false, leastGain: 0, isOnPairs: () => true }).values()].filter(({ kind }) => kind === "rows").length;

/** To the last bit where sums are added up in their order, else as near as so large numbers can be. */
function expectSame(fn: IrFunction, x: Float64Array, isStrict: boolean): void {
  const [expected, found] = [new Float64Array(fn.outputs ?? 0), new Float64Array(fn.outputs ?? 0)];
  const { value } = interpret(fn, x, expected);
  const kernel = wasmKernel(shapeLoops(fn, { strictOrder: isStrict }), new KernelMemory(), { ...everywhere, isStrict });
  const largest = [value, ...expected].reduce((most, each) => (Number.isFinite(each) ? Math.max(most, Math.abs(each)) : most), 1);
  // Twice: what one evaluation leaves behind must not matter to the next.
  for (let run = 0; run < 2; run++) {
    const all = [kernel(x, found), ...found];
    const wanted = [value, ...expected];
    for (const [k, each] of wanted.entries()) {
      const other = all[k] ?? NaN;
      const isSame = Object.is(other + 0, each + 0) || (!isStrict && Math.abs(other - each) <= 1e-12 * largest);
      if (!isSame) expect(all, printIr(fn)).toEqual(wanted);
    }
  }
}

/** Value, gradient, and Hessian-vector product. */
function expectDerivativesSame(fn: IrFunction, x: Float64Array, random: Random): void {
  const primal = simplify(fn);
  const gradient = simplify(reverse(primal).function);
  const both = Float64Array.from({ length: 2 * x.length }, (_, k) => x[k] ?? random.between(-1, 1));
  expectSame(primal, x, false);
  expectSame(gradient, x, false);
  expectSame(simplify(forward(gradient)), both, false);
}

describe("rows side by side", () => {
  it.each(Array.from({ length: 180 }, (_, seed) => seed))("are what they are one after the other, with all that may be in a row: program %i", (seed) => {
    const random = new Random(70_000 + seed);
    const fn = randomRows(random, seed % 12);
    const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    for (const each of [fn, simplify(fn)]) for (const isStrict of [true, false]) expectSame(each, x, isStrict);
  });

  it("are taken wherever rows do not depend on one another", () => {
    const taken = Array.from({ length: 180 }, (_, seed) => countRows(shapeLoops(randomRows(new Random(70_000 + seed), 4 + (seed % 8)))));
    expect(taken.filter((count) => count > 0).length).toBeGreaterThan(80);
  });
});

describe("programs whose loops are taken two turns at a time wherever they can be", () => {
  const cases = programCases.filter(({ samples }) => samples);
  it.each(cases.map((each) => [`${each.path}: ${each.function}`, each] as const))("%s", (_name, each) => {
    const program = readCase(each);
    const options = { start: each.samples?.[0]?.args ?? [], ...(each.unknowns ? { variables: each.unknowns } : {}) };
    const { function: fn } = program.lower(each.function, options);
    expectDerivativesSame(fn, compile(program, each.function, options).start, new Random(13));
  });

  const wild = ["language", "models", "data"].flatMap(wildPrograms).filter(({ refusal }) => refusal === undefined);
  it.each(wild.map((each) => [each.name, each] as const))("as strangers write them: %s", (_name, each) => {
    const program = readProgram({ text: each.text, language: "typescript" });
    const options = { start: each.args };
    const { function: fn } = program.lower(each.function, options);
    expectDerivativesSame(fn, compile(program, each.function, options).start, new Random(13));
  });
});
