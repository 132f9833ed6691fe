import type { IrFunction } from "../ir/types";

/**
 * Running code made from one IR function, whatever the backend: returns f(x), and writes the regions of role "output" into
 * `output`, overwriting it. Kernels speak only flat Float64Arrays and numbers, and all they work on (data, scratch, tapes) has
 * a constant shape and is laid out when they are made, so that a backend with one linear memory (WebAssembly) fits behind the
 * same face. Called, they allocate nothing; only a stack, whose height the running program decides, may grow.
 */
export type Kernel = (x: Float64Array, output: Float64Array) => number;

/**
 * Fills `grid` (row-major) with rows from the first to before the last of f(origin + s·u + t·v), s = s0 + column·ds and t = t0 + row·dt. The numbers of rows are
 * those among all, so that some rows are the same as in the whole.
 */
export type GridKernel = (
  origin: Float64Array, u: Float64Array, v: Float64Array, s0: number, ds: number, t0: number, dt: number,
  columns: number, first: number, last: number, grid: Float64Array,
) => void;

/** "wasm-simd" is WebAssembly with instructions on pairs of numbers, which not every platform has. */
export type BackendName = "wasm-simd" | "wasm" | "javascript" | "interpreter";

export interface Backend {
  readonly name: BackendName;
  kernel(fn: IrFunction): Kernel;
  grid(fn: IrFunction): GridKernel;
}
