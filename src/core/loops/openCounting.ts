import type { Block, Expression, For, Local, Statement } from "../ir/types";
import { blocksOf, walkBlock } from "../ir/visit";
import { type Variable, writesOf } from "./effects";
import { isOwn } from "./mentions";
import { rewriteBlock } from "../ir/rewriteBlock";

/** An innermost loop whose own counting (`k = t + i`) is put where it is read, so that one sees how subscripts run. */
export function openCounting(loop: For, written: ReadonlySet<Variable> = new Set(loop.body.flatMap((statement) => [...writesOf(statement)]))): For {
  const counting = new Map<Local, Expression>();
  const put = (e: Expression): Expression => (e.kind === "read" ? counting.get(e.local) ?? e : e);
  const body = loop.body.map((statement): Statement => {
    const [changed = statement] = rewriteBlock([statement], put);
    if (changed.kind === "assign" && changed.local.type === "i32" && isCounted(changed.value, loop.index, written)
      && timesWritten(loop.body, changed.local) === 1 && isOwn(loop.body, changed.local)) counting.set(changed.local, changed.value);
    return changed;
  });
  return counting.size > 0 ? { ...loop, body } : loop;
}

/** Made of the index and of what the loop does not change, by adding and by taking times a number. */
export function isCounted(expression: Expression, index: Local, written: ReadonlySet<Variable>): boolean {
  switch (expression.kind) {
    case "constant": return true;
    case "read": return expression.local === index || !written.has(expression.local);
    case "call": {
      if (!expression.args.every((arg) => isCounted(arg, index, written))) return false;
      return expression.primitive === "addInt" || expression.primitive === "subtractInt" || (expression.primitive === "multiplyInt" && expression.args.some(({ kind }) => kind === "constant"));
    }
    default: return false;
  }
}

export function timesWritten(body: Block, local: Local): number {
  let count = 0;
  walkBlock(body, (statement) => { if (blocksOf(statement).length === 0 && writesOf(statement).has(local)) count++; });
  return count;
}
