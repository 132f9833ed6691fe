import { Ranges } from "../../../ir/ranges";
import type { Block, For, IrFunction, Local, PrimitiveName } from "../../../ir/types";
import { blocksOf, walkBlock } from "../../../ir/visit";
import { isRead } from "../../../loops/mentions";
import { openCounting } from "../../../loops/openCounting";
import { liveAfterLoops } from "../../liveAfter";
import { planVector, type VectorPlan } from "./vectorPlan";

/** The loops of a function whose turns can be taken two at a time. */
export function planVectors(fn: IrFunction, isStrict: boolean, isOnPairs: (primitive: PrimitiveName) => boolean): ReadonlyMap<For, VectorPlan> {
  const plans = new Map<For, VectorPlan>();
  const liveAfter = liveAfterLoops(fn);
  const ranges = new Ranges();
  const forgetWritten = (block: Block): void => {
    walkBlock(block, (statement) => { if (statement.kind === "assign" || statement.kind === "pop") ranges.forget(statement.local); });
  };
  const visit = (block: Block): void => {
    for (const statement of block) {
      if (statement.kind === "assign") {
        ranges.forget(statement.local);
        ranges.assigned(statement.local, statement.value);
      }
      const inner = blocksOf(statement);
      if (inner.length === 0) continue;
      // What a later turn writes, an earlier line of the next one reads.
      inner.forEach(forgetWritten);
      if (statement.kind === "for") {
        ranges.enterLoop(statement);
        const after = liveAfter.get(statement) ?? new Set();
        const plan = planVector(withSubscriptsOpen(statement, after), { liveAfter: after, ranges, isStrict, isOnPairs });
        if (plan) plans.set(statement, plan);
      }
      inner.forEach(visit);
      inner.forEach(forgetWritten);
    }
  };
  visit(fn.body);
  return plans;
}

/** What only counts is put into the subscripts; where nobody asks for it otherwise, it is left out. */
function withSubscriptsOpen(loop: For, liveAfter: ReadonlySet<Local>): For {
  if (loop.body.some((statement) => blocksOf(statement).length > 0)) return loop;
  const open = openCounting(loop);
  if (open === loop) return loop;
  const isAsked = (local: Local): boolean => liveAfter.has(local) || isRead(open.body, local);
  return { ...open, body: open.body.filter((statement) => statement.kind !== "assign" || statement.local.type !== "i32" || isAsked(statement.local)) };
}
