import { Compiled } from "./kernels/compiled";
import { compiling } from "./kernels/compiling";
import { grids } from "./kernels/grids";
import { losses } from "./kernels/losses";
import type { Table } from "./run";

/**
 * Kernels in WebAssembly, beside our JavaScript, JavaScript as one writes it, and C as one derives it by hand where there is a compiler. C is timed in a
 * process of its own, right after the others; that its gradient is the same is checked.
 */
export async function run(): Promise<Table[]> {
  const compiled = Compiled.make();
  try {
    return [compiling(), losses(compiled), grids(compiled)];
  } finally {
    compiled?.end();
  }
}
