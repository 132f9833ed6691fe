import { assign, call, int, loop, type Names, read } from "../ir/build";
import type { Expression, For, IrFunction, Statement } from "../ir/types";

/** The turns of a loop in segments of `length`. */
export interface Segments {
  readonly count: number;
  readonly length: number;
}

/** How often the loop's body runs, at most; undefined where only the running program knows. */
export function turnsOf({ from, to, step }: For): number | undefined {
  return from.kind === "constant" && to.kind === "constant" ? Math.max(0, Math.ceil((to.value - from.value) / step)) : undefined;
}

/**
 * Writes a loop of n turns as a loop over segments of about √n turns each. That changes nothing about what it computes; but the
 * reverse sweep can then keep only the state at the beginning of each segment, and run a segment again, with its tape, when it
 * comes to it: memory for 2√n turns instead of n, at the price of running forward twice.
 */
export function segmented(source: For, { count, length }: Segments, names: Names): For {
  const turns = turnsOf(source) ?? 0;
  const [segment, turn] = [names.local("i32", "segment"), names.local("i32", "turn")];
  const first = call("multiplyInt", [read(segment), int(length)]);
  const rest = call("minInt", [int(length), call("subtractInt", [int(turns), first])]);
  const number = call("addInt", [first, read(turn)]);
  const scaled = source.step === 1 ? number : call("multiplyInt", [number, int(source.step)]);
  const index: Expression = source.from.kind === "constant" && source.from.value === 0 ? scaled : call("addInt", [source.from, scaled]);
  const options = { ...(source.span ? { span: source.span } : {}), ...(source.exit ? { exit: source.exit } : {}) };
  const inner = loop(turn, int(0), rest, [assign(source.index, index), ...source.body], options);
  return loop(segment, int(0), int(count), [inner], options);
}

/** The function with the loops of its own level named in `plan` (by their number among those loops) in segments. */
export function inSegments(fn: IrFunction, plan: ReadonlyMap<number, Segments>, names: Names): IrFunction {
  let number = -1;
  const body = fn.body.map((statement): Statement => {
    if (statement.kind !== "for") return statement;
    number++;
    const segments = plan.get(number);
    return segments ? segmented(statement, segments, names) : statement;
  });
  return { ...fn, body };
}
