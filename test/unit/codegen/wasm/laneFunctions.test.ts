import { describe, expect, it } from "vitest";
import { evaluateLane } from "../../../../src/core/codegen/lanes/evaluate";
import { laneFunctions } from "../../../../src/core/codegen/lanes/laneFunctions";
import type { LaneFunction } from "../../../../src/core/codegen/lanes/node";
import { ModuleBuilder } from "../../../../src/core/codegen/wasm/assembler/moduleBuilder";
import { functionType } from "../../../../src/core/codegen/wasm/assembler/valueTypes";
import { LaneLibrary } from "../../../../src/core/codegen/wasm/laneLibrary";
import type { PrimitiveName } from "../../../../src/core/ir/types";
import { ruleOf } from "../../../../src/core/rules/ruleOf";
import { Random } from "../../support/random";

const COUNT = 4096;

/** The function over two arrays of arguments in memory, `width` elements at a time. */
function overArrays(name: PrimitiveName, { arity }: LaneFunction, width: 1 | 2): { a: Float64Array; b: Float64Array; out: Float64Array; run: () => void } {
  const module = new ModuleBuilder();
  const [a, b, out] = [0, 1, 2].map((k) => 8 * COUNT * k) as [number, number, number];
  module.ownMemory(out + 8 * COUNT, "memory");
  const own = new LaneLibrary(module).get(name, width);
  if (!own) throw new Error(`There is no ${name}.`);
  const f = module.function(functionType([]), "run");
  const i = f.local("i32");
  f.loop((again) => {
    f.get(i).get(i);
    for (const at of [a, b].slice(0, arity)) {
      if (at === b) f.get(i);
      f.memory(width === 1 ? "f64.load" : "v128.load", at);
    }
    own(f, (type) => f.local(type));
    f.memory(width === 1 ? "f64.store" : "v128.store", out);
    f.get(i).i32(8 * width).op("i32.add").tee(i).i32(8 * COUNT).op("i32.lt_s").branchIf(again);
  });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.assemble()), { Math: Math as unknown as WebAssembly.ModuleImports });
  const { buffer } = exports["memory"] as WebAssembly.Memory;
  const view = (at: number): Float64Array => new Float64Array(buffer, at, COUNT);
  return { a: view(a), b: view(b), out: view(out), run: exports["run"] as () => void };
}

const bitsOf = new DataView(new ArrayBuffer(8));

/** Doubles numbered in their order. */
function ordinal(x: number): bigint {
  bitsOf.setFloat64(0, x);
  const bits = bitsOf.getBigInt64(0);
  return bits < 0n ? -0x8000000000000000n - bits : bits;
}

/** How many doubles they lie apart; NaN and the infinities only equal themselves, and -0 is not 0. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === b) return Infinity;
  const apart = ordinal(a) - ordinal(b);
  return Number(apart < 0n ? -apart : apart);
}

/** Numbers as they come in losses, numbers of every size, and numbers beside 1. */
const kinds: ((random: Random) => number)[] = [
  (random) => random.between(-1, 1), (random) => random.between(-10, 10), (random) => random.between(-750, 750), (random) => random.between(0, 2),
  (random) => random.between(-1, 1) * 2 ** random.between(-60, 60), (random) => random.between(-1, 1) * 2 ** random.between(-1074, 1023),
  (random) => 1 + random.between(-1, 1) * 2 ** random.between(-52, -5), (random) => random.integer(-800, 800) * (Math.PI / 2),
];

const borders = [
  0, 5e-324, 2 ** -1074 * 3, 2 ** -1022, 1e-310, 1e-300, 2 ** -54, 2 ** -28, 2 ** -27, 2 ** -20, 0.25, 0.34657359, 0.5, 0.7, 1, 1 + 2 ** -52, 1 - 2 ** -53, Math.SQRT2, 1.5, 2, 3, Math.PI / 4,
  Math.PI / 2, Math.PI, 13.9, 22, 38.9, 350, 707, 708.39, 709.78, 709.79, 745.13, 745.14, 1023, 1024, 823549, 823550, 1e6, 2 ** 31, 2 ** 53, 1e22, 1e300, Number.MAX_VALUE, Infinity,
].flatMap((x) => [x, -x]).concat(NaN);

/** Those of several roundings, one on top of the other; of the hyperbolic tangent V8's is up to two from the true one. */
const farthest: Partial<Record<PrimitiveName, number>> = { tanh: 3, sigmoid: 2, softplus: 2, logSigmoid: 2, logAddExp: 2 };

/** How far from what is wanted; of a sum whose parts may cancel, in ulps of the greater part. */
function apart(name: PrimitiveName, got: number, wanted: number, [x, y]: readonly [number, number]): number {
  if (name !== "logAddExp" || !Number.isFinite(wanted)) return ulps(got, wanted);
  const part = Math.max(Math.abs(Math.max(x, y)), 0.5);
  return ulps(part + (got - wanted), part);
}

describe("functions in lanes are those of the platform", () => {
  const table = Object.entries(laneFunctions) as [PrimitiveName, LaneFunction][];

  it.each(table)("%s: within an ulp on a million points, two at a time", (name, fn) => {
    const random = new Random(17);
    const own = ruleOf(name);
    const { a, b, out, run } = overArrays(name, fn, 2);
    let worst = 0;
    let at: readonly number[] = [];
    for (let points = 0; points < 1_000_000; points += COUNT) {
      const [first, second] = [random.pick(kinds), random.pick(kinds)];
      for (let k = 0; k < COUNT; k++) {
        a[k] = first(random);
        b[k] = second(random);
      }
      run();
      for (let k = 0; k < COUNT; k++) {
        const args = [a[k] ?? NaN, b[k] ?? NaN] as const;
        const found = apart(name, out[k] ?? NaN, own.value(...args), args);
        if (found > worst) [worst, at] = [found, args];
      }
    }
    expect(worst, `at ${at.slice(0, fn.arity).join()}`).toBeLessThanOrEqual(farthest[name] ?? 1);
  });

  it.each(table)("%s: the same at every border, in both lanes", (name, fn) => {
    const own = ruleOf(name);
    const pairs = fn.arity === 1 ? borders.map((x): [number, number] => [x, NaN]) : borders.flatMap((x) => borders.map((y): [number, number] => [x, y]));
    for (const width of [1, 2] as const) {
      const { a, b, out, run } = overArrays(name, fn, width);
      // Odd, so that the second copy of a pair lies in the other lane.
      const most = COUNT / 2 - 1;
      for (let from = 0; from < pairs.length; from += most) {
        const some = pairs.slice(from, from + most);
        for (const [k, [x, y]] of some.entries()) for (const place of [k, k + most]) [a[place], b[place]] = [x, y];
        run();
        for (const [k, [x, y]] of some.entries()) for (const place of [k, k + most]) {
          const got = out[place] ?? NaN;
          expect(apart(name, got, own.value(x, y), [x, y]), `${got} for ${own.value(x, y)} at ${x}, ${y}, ${width} at a time`).toBeLessThanOrEqual(farthest[name] ?? 1);
        }
      }
    }
  });

  it.each(table)("%s: one description, the same bits in every width", (name, fn) => {
    const random = new Random(23);
    const [one, two] = [overArrays(name, fn, 1), overArrays(name, fn, 2)];
    for (let k = 0; k < COUNT; k++) {
      one.a[k] = two.a[k] = random.pick(kinds)(random);
      one.b[k] = two.b[k] = random.pick(kinds)(random);
    }
    one.run();
    two.run();
    for (let k = 0; k < COUNT; k++) expect(one.out[k], `at ${one.a[k] ?? NaN}`).toBe(two.out[k]);
    for (let k = 0; k < 300; k++) expect(one.out[k], `at ${one.a[k] ?? NaN}`).toBe(evaluateLane(fn, [one.a[k] ?? NaN, one.b[k] ?? NaN]));
  });
});
