import type { For, IrFunction, Statement } from "../../ir/types";
import { type Effort, operationsOf } from "../effort";

/**
 * A long loop is compiled while it runs, and what follows it has then never run: V8 knows no types there and plans to give
 * up at the loop's end. It keeps that code for the next call, and the next, each of which begins and ends in the bytecode
 * interpreter (five to twenty times the time). So a kernel with long loops is run when it is made, with two turns a long loop,
 * and has seen everything when it is first called.
 */
export const WARM = "warm";

export type WarmingKernel = (x: Float64Array, output: Float64Array, warm: boolean) => number;

/** Loops of this many operations are long: V8 looks up for the first time after some ten thousand. */
const LONG = 3000;
const TURNS = 2;

/** Loops to cut short in the warm-up; those within others of a few operations need not be. */
export function longLoops({ loops }: Effort): ReadonlySet<Statement> {
  return new Set([...loops].flatMap(([loop, { trips, operations }]) => (trips > TURNS && operations > LONG ? [loop] : [])));
}

/** Where a long loop ends, given where it ends otherwise. */
export function shortEnd({ from, to, step }: For, index: string, end: string): string {
  const early = `${index} ${step > 0 ? "+" : "-"} ${TURNS * Math.abs(step)}`;
  if (from.kind === "constant" && to.kind === "constant") return `${WARM} ? ${from.value + TURNS * step} : ${end}`;
  return `${WARM} ? Math.${step > 0 ? "min" : "max"}(${early}, ${end}) : ${end}`;
}

export const leaveEarly = (trips: string): string => `if (${WARM} && ${trips} >= ${TURNS}) break;`;

/** V8 begins to note types once a function has run some three hundred operations. */
const UNNOTED = 400;

/** The values do not matter, but that they are no integers: numbers are taken for what they were when first met. */
export function warmUp(kernel: WarmingKernel, fn: IrFunction): void {
  const [x, output] = [new Float64Array(fn.dimension).fill(0.37), new Float64Array(fn.outputs ?? 0)];
  const runs = 2 + Math.ceil(UNNOTED / operationsOf(fn.body));
  for (let run = 0; run < runs; run++) kernel(x, output, true);
}
