import { describe, expect, it } from "vitest";
import { forward } from "../../../src/core/autodiff/forward";
import { reverse } from "../../../src/core/autodiff/reverse";
import { functionOf } from "../../../src/core/functionOf";
import { interpret } from "../../../src/core/ir/interpret";
import { printIr } from "../../../src/core/ir/printIr";
import type { IrFunction } from "../../../src/core/ir/types";
import { verify } from "../../../src/core/ir/verify";
import type { LoopOptions } from "../../../src/core/loops/loopOptions";
import { shapeLoops } from "../../../src/core/loops/shapeLoops";
import { simplify } from "../../../src/core/simplify/simplify";
import { programCases, readCase } from "../source/typescript/fixtures";
import { Random } from "../support/random";
import { randomProgram } from "../support/randomProgram";
import { flattened } from "./flattened";
import { randomLayers } from "./randomLayers";

/** Everything is taken apart that can be, and blocks have ends of every length. */
const eager: Partial<LoopOptions> = { fewestProducts: 1, blockRows: 5 };

const valueAndOutputs = (fn: IrFunction, x: Float64Array): Float64Array => {
  const out = new Float64Array(fn.outputs ?? fn.dimension);
  return Float64Array.of(interpret(fn, x, out).value, ...out);
};

/** After each pass, what the function gives is what it gave before: to the last bit with strict order, else but for rounding. Returns which passes changed it. */
function expectKept(fn: IrFunction, x: Float64Array, options: Partial<LoopOptions>, label: string): ReadonlySet<string> {
  const before = valueAndOutputs(fn, x);
  const scale = before.reduce((most, each) => (Number.isFinite(each) ? Math.max(most, Math.abs(each)) : most), 0);
  const changing = new Set<string>();
  let last = printIr(fn);
  shapeLoops(fn, options, (pass, shaped) => {
    const text = printIr(shaped);
    if (text === last) return;
    changing.add(pass);
    verify(shaped);
    const after = valueAndOutputs(shaped, x);
    const isKept = after.every((value, k) => Object.is(value, before[k]) || value === before[k]
      || (options.strictOrder !== true && Math.abs(value - (before[k] ?? NaN)) <= 1e-12 * Math.max(scale, 1e-300)));
    if (!isKept) expect.fail(`${label}: ${pass} changes ${before.join()} to ${after.join()}\n${last}\n----\n${text}`);
    last = text;
  });
  return changing;
}

const both = [["in strict order", { strictOrder: true }], ["but for the order of sums", { strictOrder: false }]] as const;

describe.each(both)("shaping loops keeps what a function is, %s", (_name, order) => {
  const cases = programCases.filter(({ samples }) => samples);
  it.each(cases.map((each) => [`${each.path}: ${each.function}`, each] as const))("%s", (_label, each) => {
    const program = readCase(each);
    const { read, info } = functionOf(program, program.target ?? each.function);
    const lowered = read.lower(info.name, { start: each.samples?.[0]?.args ?? [], ...(each.unknowns ? { variables: each.unknowns } : {}) });
    const random = new Random(3);
    const primal = simplify(lowered.function);
    const gradient = simplify(reverse(primal).function);
    const x = lowered.start;
    expectKept(primal, x, { ...eager, ...order }, "value");
    expectKept(gradient, x, { ...eager, ...order }, "gradient");
    const pair = Float64Array.of(...x, ...x.map(() => random.between(-1, 1)));
    expectKept(simplify(forward(gradient)), pair, { ...eager, ...order }, "Hessian-vector product");
  });

  it.each(Array.from({ length: 60 }, (_, k) => 900 + k))("random program, seed %d", (seed) => {
    const random = new Random(seed);
    const fn = simplify(randomProgram(random, 2 + (seed % 4)));
    const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
    expectKept(fn, x, { ...eager, ...order }, "value");
    expectKept(simplify(reverse(fn).function), x, { ...eager, ...order }, "gradient");
  });

  it("random layers over rows of data, 60 seeds, of which many are taken apart and put into tiles", () => {
    const counts = new Map<string, number>();
    for (let seed = 1; seed <= 60; seed++) {
      const random = new Random(seed);
      const fn = simplify(randomLayers(random));
      const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
      for (const each of [fn, simplify(reverse(fn).function)]) {
        for (const pass of expectKept(each, x, { ...eager, ...order }, `seed ${seed}`)) counts.set(pass, (counts.get(pass) ?? 0) + 1);
      }
    }
    for (const pass of ["ascending", "fission", "jam", "promote"]) expect(counts.get(pass) ?? 0, pass).toBeGreaterThan(15);
  }, 60_000);

  it("random layers whose weights stand one behind the other in one flat array: the same as with arrays of their own", () => {
    const counts = new Map<string, number>();
    for (let seed = 1; seed <= 60; seed++) {
      const random = new Random(seed);
      const layers = randomLayers(random);
      const fn = simplify(flattened(layers));
      const x = Float64Array.from({ length: fn.dimension }, () => random.between(-1, 1));
      expect(interpret(fn, x).value).toBe(interpret(simplify(layers), x).value);
      for (const each of [fn, simplify(reverse(fn).function)]) {
        for (const pass of expectKept(each, x, { ...eager, ...order }, `seed ${seed}`)) counts.set(pass, (counts.get(pass) ?? 0) + 1);
      }
    }
    for (const pass of ["regions", "unflatten", "fission", "jam"]) expect(counts.get(pass) ?? 0, pass).toBeGreaterThan(15);
  }, 60_000);
});
