import type { IrFunction } from "../ir/types";
import { Effort } from "./effort";
import { interpreterBackend } from "./interpreterBackend";
import { javascriptBackend } from "./javascript/javascriptBackend";
import type { Backend } from "./kernel";
import { webAssemblyHere } from "./wasm/platform";
import { planPoints } from "./wasm/vector/pointPlan";
import { wasmBackend } from "./wasm/wasmBackend";

export interface BackendChoice {
  readonly backend?: "auto" | "javascript" | "wasm" | "interpreter";
  readonly strictOrder?: boolean;
}

/**
 * Operations of an evaluation from which on WebAssembly is quicker in all: shaping the loops and writing the module takes some tens
 * of milliseconds more than writing JavaScript, which is what it gains in ten thousand evaluations of this length
 * (`npm run bench -- kernels`, `-- engine`).
 */
const WORTH_COMPILING = 20_000;

/** The backend that is asked for, or the next best that the platform has. By itself ("auto"): WebAssembly for what takes long. */
export function chooseBackend({ backend = "auto", strictOrder = false }: BackendChoice, fn: IrFunction): Backend {
  if (backend === "interpreter") return interpreterBackend;
  const here = webAssemblyHere();
  if (backend === "javascript" || here === "none") return javascriptBackend;
  const wasm = wasmBackend({ hasVectors: here === "vectors", isStrict: strictOrder });
  if (backend === "wasm") return wasm;
  if (new Effort(fn.body).total >= WORTH_COMPILING) return asFarAsMemoryGoes(wasm);
  // A grid is long whatever the function is, and two points at a time are half of it.
  const gridOf = (primal: IrFunction): Backend => (here === "vectors" && planPoints(primal) ? asFarAsMemoryGoes(wasm) : javascriptBackend);
  return { ...javascriptBackend, grid: (primal) => gridOf(primal).grid(primal) };
}

/** A linear memory has a size that the platform sets. Beyond it, JavaScript's arrays are many, each of its own. */
function asFarAsMemoryGoes(wasm: Backend): Backend {
  const orJavaScript = <Made>(make: (backend: Backend) => Made): Made => {
    try {
      return make(wasm);
    } catch (error) {
      if (error instanceof RangeError) return make(javascriptBackend);
      throw error;
    }
  };
  return { name: wasm.name, kernel: (fn) => orJavaScript((backend) => backend.kernel(fn)), grid: (fn) => orJavaScript((backend) => backend.grid(fn)) };
}
