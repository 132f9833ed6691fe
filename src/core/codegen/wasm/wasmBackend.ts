import { shapeLoops } from "../../loops/shapeLoops";
import type { Backend } from "../kernel";
import { wasmGridKernel } from "./grid/gridKernel";
import type { KernelOptions } from "./kernelModule";
import { KernelMemory } from "./memory";
import { wasmKernel } from "./wasmKernel";

/** A backend with a memory of its own, which the kernels it makes share: one an objective, made with the first of them. */
export function wasmBackend(options: KernelOptions): Backend {
  let made: KernelMemory | undefined;
  const memory = (): KernelMemory => (made ??= new KernelMemory());
  return {
    name: options.hasVectors ? "wasm-simd" : "wasm",
    kernel: (fn) => wasmKernel(shapeLoops(fn, { strictOrder: options.isStrict }), memory(), options),
    grid: (fn) => wasmGridKernel(fn, memory(), options),
  };
}
