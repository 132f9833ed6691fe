import { namesOf } from "../ir/namesOf";
import type { Names } from "../ir/build";
import type { ArrayVariable, IrFunction, Statement } from "../ir/types";
import { LARGEST_TAPE, loopsOf, nextSegments, type TapeUse } from "./checkpoints";
import { isIndependent } from "./independence";
import { type Normal, normalise } from "./normalise";
import { type Reverse, Reverser } from "./reverser";
import { inSegments, type Segments } from "./segments";

export type { Reverse } from "./reverser";

/**
 * Reverse mode as a transformation of source: the result is plain IR, with every loop still a loop. The forward sweep is
 * the (normalised) program plus what it must save; the reverse sweep visits the same statements backwards.
 */
export function reverse(fn: IrFunction, options: { largestTape?: number } = {}): Reverse {
  const names = namesOf(fn);
  // Only a finished derivative shows how long its tapes are; where they are too long, it is made again with loops in segments.
  const plan = new Map<number, Segments>();
  for (;;) {
    const cut = inSegments(fn, plan, names);
    const normal = normalise(cut, names);
    const made = reverseOf(cut, names, normal, plan);
    const next = nextSegments(made.tapeUse, options.largestTape ?? LARGEST_TAPE, cut.body, normal, plan);
    if (!next) return made.reverse;
    plan.set(next.number, next.segments);
  }
}

function reverseOf(fn: IrFunction, names: Names, normal: Normal, plan: ReadonlyMap<number, Segments>): { reverse: Reverse; tapeUse: TapeUse } {
  const segmented = new Set<Statement>(loopsOf(normal.body).filter((_, number) => plan.has(number)));
  // Loops of independent iterations are fused, forward and reverse in one; where the adjoint of their sums is not known
  // before they run (log of a sum), those are given up and the derivative made again.
  const fused = new Set(normal.body.filter((statement) => statement.kind === "for" && !segmented.has(statement) && isIndependent(statement, normal)));
  // Likewise it shows only then of which arrays it is better to keep what is read than what is overwritten.
  const taped = new Set<ArrayVariable>();
  for (;;) {
    const made = new Reverser(fn, names, normal, fused, segmented, taped).run();
    if (!made.ok) {
      if (made.unfusable.length === 0) throw new Error("The sweeps cannot be ordered.");
      for (const statement of made.unfusable) fused.delete(statement);
      continue;
    }
    if (made.cheaperTaped.size === 0) return made;
    for (const array of made.cheaperTaped) taped.add(array);
  }
}
