import { sizeOf } from "../../../ir/shape";
import type { Ranges } from "../../../ir/ranges";
import type { ArrayVariable, For, IrFunction, Local } from "../../../ir/types";
import type { Variable } from "../../../loops/effects";
import { accessesOf, settersOf } from "../../../loops/ownArrays";
import { mentionedOutside, rolesIn } from "../../../loops/roles";
import { bytesOfElement } from "../memory";
import { LANES } from "./emitVector";
import { type PairPlan, planPairs } from "./pairPlan";
import { writtenOut } from "./writeOut";

/** A loop whose turns are independent but for sums, two of them side by side: with all that is in a turn, loops and branches too. */
export interface RowPlan extends PairPlan {
  readonly kind: "rows";
  /** The loop as it is taken. */
  readonly loop: For;
  /** What the turns only add to. */
  readonly sums: ReadonlySet<Local>;
  /** Small arrays that the turns only add to: each of both has one, and they are added up at the end. */
  readonly gathered: ReadonlySet<ArrayVariable>;
  /** Larger ones, and those of which data choose the element: both turns add to them as they are. */
  readonly summed: ReadonlySet<ArrayVariable>;
  /** Arrays that a turn finds zero and leaves zero. */
  readonly cleared: ReadonlySet<ArrayVariable>;
}

export interface RowsOf {
  readonly fn: IrFunction;
  readonly liveAfter: ReadonlySet<Local>;
  /** What is known of whole numbers where the loop stands; its index included. */
  readonly ranges: Ranges;
  /** Sums are to be added up in the order in which they are written. */
  readonly isStrict: boolean;
}

/** What stays near the processor, in bytes. */
const MOST_GATHERED = 1 << 15;
const MOST_OWN = 1 << 18;

/** Undefined where turns depend on one another, or part ways that cannot be taken together. */
export function planRows(loop: For, { fn, liveAfter, ranges, isStrict }: RowsOf): RowPlan | undefined {
  if (loop.exit || Math.abs(loop.step) !== 1) return undefined;
  const outside = new Set<Variable>([...mentionedOutside(loop, fn.body, fn.result)].filter((variable) => variable.kind === "array"));
  for (const local of liveAfter) outside.add(local);
  const roles = rolesIn(loop, outside);
  if (!roles) return undefined;
  const sums = new Set<Local>();
  const [summed, own] = [new Set<ArrayVariable>(), new Set<ArrayVariable>()];
  for (const [variable, role] of roles) {
    if (role === "carried" || (role === "sum" && isStrict)) return undefined;
    if (role === "sum" && variable.kind === "local") sums.add(variable);
    if (role === "sum" && variable.kind === "array") summed.add(variable);
    if (role === "private" && variable.kind === "array") own.add(variable);
  }
  const taken = { ...loop, body: writtenOut(loop.body) };
  const differences = { locals: new Set([loop.index, ...sums]), arrays: new Set<ArrayVariable>() };
  const plan = planPairs({ body: taken.body, differences, mayBePaired: (array) => own.has(array), ranges });
  if (!plan) return undefined;
  const paired = [...own].filter(plan.isPaired);
  if (paired.reduce((bytes, array) => bytes + bytesOfPairs(array), 0) > MOST_OWN) return undefined;
  const gathered = new Set<ArrayVariable>();
  let room = MOST_GATHERED;
  for (const array of summed) {
    if (bytesOfPairs(array) > room || !accessesOf(taken.body, array).every((indices) => indices.every(plan.isUniform))) continue;
    room -= bytesOfPairs(array);
    gathered.add(array);
    summed.delete(array);
  }
  return {
    ...plan, kind: "rows", loop: taken, sums, gathered, summed, isPaired: (array) => gathered.has(array) || plan.isPaired(array),
    cleared: new Set(paired.filter((array) => settersOf(loop.body, array) === undefined)),
  };
}

const bytesOfPairs = (array: ArrayVariable): number => LANES.length * sizeOf(array) * bytesOfElement(array);
