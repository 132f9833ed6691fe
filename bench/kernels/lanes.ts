import { laneFunctions } from "../../src/core/codegen/lanes/laneFunctions";
import { makeFunction } from "../../src/core/codegen/javascript/runtime";
import { ModuleBuilder } from "../../src/core/codegen/wasm/assembler/moduleBuilder";
import { functionType } from "../../src/core/codegen/wasm/assembler/valueTypes";
import { LaneLibrary } from "../../src/core/codegen/wasm/laneLibrary";
import type { PrimitiveName } from "../../src/core/ir/types";
import { ruleOf } from "../../src/core/rules/ruleOf";
import { inTurn, ratio, time } from "../engine/measure";
import type { Table } from "../run";

/** So many that arguments and results stay in the cache next to the processor. */
const COUNT = 1024;

/** Arguments as they come in losses: from where to where. */
const usual: Partial<Record<PrimitiveName, readonly [number, number]>> = { log: [0.01, 10], log1p: [-0.9, 10], power: [0.01, 10] };

/** Functions of numbers in pairs, over an array in memory, beside the platform's own. */
export function lanes(): Table {
  const rows = (Object.keys(laneFunctions) as PrimitiveName[]).map((name) => {
    const { first, second, run } = overArrays(name);
    const [low, high] = usual[name] ?? [-10, 10];
    // The golden ratio's multiples lie evenly, in no order that a processor could foresee.
    for (let k = 0; k < COUNT; k++) [first[k], second[k]] = [low + (high - low) * ((0.6180339887498949 * k) % 1), -3 + 6 * ((0.7548776662466927 * k) % 1)];
    const own = platformOf(name);
    const out = new Float64Array(COUNT);
    const [pairs = NaN, platform = NaN] = inTurn([
      (calls) => { for (let k = 0; k < calls; k++) run(); return 0; },
      (calls) => { for (let k = 0; k < calls; k++) own(first, second, out); return 0; },
    ]);
    return { label: name, value: `${time(pairs / COUNT)} a number; ${ratio(pairs, platform)} the platform's (${time(platform / COUNT)})` };
  });
  return { name: "Functions on pairs of numbers", rows };
}

/** The function in WebAssembly over arrays in memory. */
function overArrays(name: PrimitiveName): { first: Float64Array; second: Float64Array; run: () => void } {
  const module = new ModuleBuilder();
  const [first, second, out] = [0, 1, 2].map((k) => 8 * COUNT * k) as [number, number, number];
  module.ownMemory(out + 8 * COUNT, "memory");
  const own = new LaneLibrary(module).get(name, 2);
  if (!own) throw new Error(`There is no ${name} on pairs.`);
  const f = module.function(functionType([]), "run");
  const i = f.local("i32");
  f.loop((again) => {
    f.get(i);
    for (const at of [first, second].slice(0, laneFunctions[name]?.arity)) f.get(i).memory("v128.load", at);
    own(f, (type) => f.local(type));
    f.memory("v128.store", out).get(i).i32(16).op("i32.add").tee(i).i32(8 * COUNT).op("i32.lt_s").branchIf(again);
  });
  const { exp, expm1, log, log1p, sin, cos, tanh, pow } = Math;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.assemble()), { Math: { exp, expm1, log, log1p, sin, cos, tanh, pow } });
  // The boundary between bytes and types: what the module above exports.
  const { buffer } = exports["memory"] as WebAssembly.Memory;
  const view = (at: number): Float64Array => new Float64Array(buffer, at, COUNT);
  return { first: view(first), second: view(second), run: exports["run"] as () => void };
}

/** The loop over the function as our generated JavaScript has it: one text each, so that V8 knows what is called. */
function platformOf(name: PrimitiveName): (a: Float64Array, b: Float64Array, out: Float64Array) => void {
  const text = `return function (a, b, out) { for (let k = 0; k < ${COUNT}; k++) out[k] = ${ruleOf(name).javascript(["a[k]", "b[k]"])}; };`;
  return makeFunction(text, []) as ReturnType<typeof platformOf>;
}
