import type { Backend } from "../kernel";
import { wasmGridKernel } from "./gridKernel";
import { KernelMemory } from "./memory";
import { wasmKernel } from "./wasmKernel";

/** A backend with a memory of its own, which the kernels it makes share: one an objective. */
export function wasmBackend(): Backend {
  const memory = new KernelMemory();
  return { name: "wasm", kernel: (fn) => wasmKernel(fn, memory), grid: (fn) => wasmGridKernel(fn, memory) };
}
