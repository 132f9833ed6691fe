import type { IrFunction } from "../../ir/types";
import type { Kernel } from "../kernel";
import type { Sizes } from "../pieces";
import { emitKernel } from "./emitKernel";
import { KernelModule, type KernelOptions } from "./kernelModule";
import { layOut } from "./layout";
import type { KernelMemory } from "./memory";

/** A copy of a few numbers takes longer to begin than to do. */
const FEW = 16;

export function wasmKernel(fn: IrFunction, memory: KernelMemory, options: KernelOptions, sizes?: Sizes): Kernel {
  const layout = layOut(fn, memory);
  const module = new KernelModule(memory, options);
  emitKernel(fn, module, layout, memory, sizes);
  // The boundary between bytes and types: the module exports a function of exactly this shape.
  const run = module.instantiate()["run"] as () => number;
  const [given, made] = [fn.dimension, fn.outputs ?? 0];
  let [input, result] = [memory.floats(layout.x, given), memory.floats(layout.output, made)];
  const { changing } = layout;
  return (x, output) => {
    // A memory that has grown leaves its old views empty.
    if (input.length !== given) input = memory.floats(layout.x, given);
    if (given <= FEW) for (let k = 0; k < given; k++) input[k] = x[k] ?? NaN;
    else input.set(x.length > given ? x.subarray(0, given) : x);
    for (const values of changing) memory.refresh(values);
    const value = run();
    if (result.length !== made) result = memory.floats(layout.output, made);
    if (made <= FEW) for (let k = 0; k < made; k++) output[k] = result[k] ?? NaN;
    else output.set(result);
    return value;
  };
}
