import { Ranges } from "../../../ir/ranges";
import type { Block, For, IrFunction, PrimitiveName } from "../../../ir/types";
import { blocksOf, walkBlock } from "../../../ir/visit";
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
        const plan = planVector(statement, { liveAfter: liveAfter.get(statement) ?? new Set(), ranges, isStrict, isOnPairs });
        if (plan) plans.set(statement, plan);
      }
      inner.forEach(visit);
      inner.forEach(forgetWritten);
    }
  };
  visit(fn.body);
  return plans;
}
