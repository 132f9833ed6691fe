import { namesOf } from "../ir/namesOf";
import type { IrFunction } from "../ir/types";
import { simplify } from "../simplify/simplify";
import { ascending } from "./ascending";
import { fission } from "./fission";
import { jam } from "./jam";
import { type LoopOptions, loopOptions } from "./loopOptions";
import { promote } from "./promote";
import { separate } from "./separate";

/** One pass over the loops of a function; each keeps what the function means, but for the order of sums. */
export interface LoopPass {
  readonly name: string;
  readonly run: (fn: IrFunction, options: LoopOptions) => IrFunction;
}

/** In this order. */
export const loopPasses: readonly LoopPass[] = [
  { name: "separate", run: separated },
  { name: "ascending", run: ascending },
  { name: "fission", run: fission },
  // What is left over from blocks of rows uses the same locals as they.
  { name: "separate again", run: separated },
  { name: "jam", run: jam },
  // What several turns share is computed once, and leaves the loop where it can.
  { name: "simplify", run: (fn) => simplify(fn) },
  { name: "promote", run: (fn) => promote(fn) },
];

function separated(fn: IrFunction): IrFunction {
  return { ...fn, body: separate(fn.body, namesOf(fn)) };
}

/** The function with its loops as a machine with vectors and registers likes them. `watch` is shown the function after each pass. */
export function shapeLoops(fn: IrFunction, options: Partial<LoopOptions> = {}, watch: (pass: string, fn: IrFunction) => void = () => undefined): IrFunction {
  const all = { ...loopOptions, ...options };
  return loopPasses.reduce((current, pass) => {
    const after = pass.run(current, all);
    watch(pass.name, after);
    return after;
  }, fn);
}
