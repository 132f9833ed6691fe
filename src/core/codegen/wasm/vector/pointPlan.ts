import { Ranges } from "../../../ir/ranges";
import type { IrFunction, Local } from "../../../ir/types";
import { type PairPlan, planPairs } from "./pairs/pairPlan";

/** A function evaluated at two points at once, which differ in the variables `differing`; undefined where that cannot be. */
export function planPoints(fn: IrFunction, differing: Iterable<Local> = fn.scalars.map(({ local }) => local)): PairPlan | undefined {
  if (fn.arrays.some(({ role }) => role.kind === "stack" || role.kind === "output")) return undefined;
  return planPairs({
    body: fn.body, result: fn.result, ranges: new Ranges(), mayBePaired: ({ role }) => role.kind === "scratch",
    differences: { locals: new Set(differing), arrays: new Set(fn.arrays.filter(({ role }) => role.kind === "parameter")) },
  });
}
