import { interpret } from "../ir/interpret";
import type { IrFunction } from "../ir/types";
import type { Backend, Kernel } from "./kernel";
import { pointByPoint } from "./pointByPoint";

/** The slow and certain way: what the others are measured against. */
export const interpreterBackend: Backend = {
  name: "interpreter",
  kernel: interpreterKernel,
  grid: (fn) => pointByPoint(interpreterKernel(fn), fn.dimension),
};

function interpreterKernel(fn: IrFunction): Kernel {
  return (x, output) => {
    const { value, trap } = interpret(fn, x, output);
    if (trap) output.fill(NaN);
    return value;
  };
}
