import { namesOf } from "../ir/namesOf";
import type { IrFunction, Statement } from "../ir/types";
import { walkBlock } from "../ir/visit";
import { ascending } from "./ascending";
import { checkOnce } from "./checkOnce";
import { fission } from "./fission";
import { jam } from "./jam";
import { type LoopOptions, loopOptions } from "./loopOptions";
import { promote } from "./promote";
import { regions } from "./regions";
import { separate } from "./separate";
import { shareExponentials } from "./shareExponentials";
import { unflatten } from "./unflatten";

/** One pass over the loops of a function; each keeps what the function means, but for the order of sums. */
export interface LoopPass {
  readonly name: string;
  readonly run: (fn: IrFunction, options: LoopOptions) => IrFunction;
}

/** In this order. */
export const loopPasses: readonly LoopPass[] = [
  { name: "regions", run: (fn) => regions(fn) },
  { name: "unflatten", run: (fn) => unflatten(fn) },
  { name: "check once", run: (fn) => checkOnce(fn) },
  { name: "separate", run: separated },
  { name: "ascending", run: ascending },
  { name: "fission", run: fission },
  { name: "jam", run: jam },
  { name: "promote", run: (fn) => promote(fn) },
  { name: "share exponentials", run: shareExponentials },
];

function separated(fn: IrFunction): IrFunction {
  return { ...fn, body: separate(fn.body, namesOf(fn)) };
}

/** The function with its loops as a machine with vectors and registers likes them. `watch` is shown the function after each pass. */
export function shapeLoops(fn: IrFunction, options: Partial<LoopOptions> = {}, watch: (pass: string, fn: IrFunction) => void = () => undefined): IrFunction {
  const all = { ...loopOptions, ...options };
  if (!fn.body.some(hasLoop)) return fn;
  return loopPasses.reduce((current, pass) => {
    const after = pass.run(current, all);
    watch(pass.name, after);
    return after;
  }, fn);
}

function hasLoop(statement: Statement): boolean {
  let found = false;
  walkBlock([statement], ({ kind }) => { if (kind === "for") found = true; });
  return found;
}
