import { call, int } from "../ir/build";
import type { Expression, IrFunction, Statement } from "../ir/types";
import type { LoopOptions } from "./loopOptions";
import { isOrderFree } from "./orderFree";
import { rewriteBlocks } from "../ir/rewriteBlock";

/** Loops that the reverse sweep runs backwards, but need not, run forwards, as memory is read and as other loops run that they may be joined with. */
export function ascending(fn: IrFunction, { strictOrder }: LoopOptions): IrFunction {
  const body = rewriteBlocks(fn.body, (inner) => inner.map((statement): Statement => {
    if (statement.kind !== "for" || statement.step !== -1 || !isOrderFree(statement, fn.body, strictOrder)) return statement;
    return { ...statement, from: next(statement.to), to: next(statement.from), step: 1 };
  }));
  return { ...fn, body };
}

function next(e: Expression): Expression {
  if (e.kind === "constant") return int(e.value + 1);
  const [a, b] = e.kind === "call" && e.primitive === "addInt" ? e.args : [];
  if (a && b?.kind === "constant") return b.value === -1 ? a : call("addInt", [a, int(b.value + 1)]);
  return call("addInt", [e, int(1)]);
}
