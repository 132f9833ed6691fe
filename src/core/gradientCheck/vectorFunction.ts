import { float, store } from "../ir/build";
import { interpret } from "../ir/interpret";
import { namesOf } from "../ir/namesOf";
import type { ArrayVariable, IrFunction } from "../ir/types";
import type { Component } from "../source/program";

/** All numbers of a result that is several, computed in one run. */
export function vectorFunction(components: readonly Component[]): (x: Float64Array) => Float64Array {
  const [first] = components;
  if (!first) return () => new Float64Array(0);
  const base = first.lowered.function;
  const names = namesOf({ ...base, arrays: components.flatMap(({ lowered }) => lowered.function.arrays) });
  const slots = components.map((_, k) => names.array("f64", [], { kind: "output", offset: k }, `component_${k}`));
  const arrays = new Set<ArrayVariable>(components.flatMap(({ lowered }) => [...lowered.function.arrays]));
  const fn: IrFunction = {
    ...base, outputs: components.length, arrays: [...arrays, ...slots], result: float(0),
    body: [...base.body, ...components.flatMap(({ lowered }, k) => (slots[k] ? [store(slots[k], [], lowered.function.result)] : []))],
  };
  return (x) => {
    const out = new Float64Array(components.length);
    const { trap } = interpret(fn, x, out);
    return trap ? out.fill(NaN) : out;
  };
}
