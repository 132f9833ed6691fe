import { sizeOf } from "../../../../ir/shape";
import type { Ranges } from "../../../../ir/ranges";
import type { ArrayVariable, Block, Expression, For, Local } from "../../../../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../../../../ir/visit";
import type { Variable } from "../../../../loops/effects";
import { isFoundAgain } from "../../../../loops/foundAgain";
import { accessesOf, settersOf } from "../../../../loops/ownArrays";
import { isClearing, rolesIn } from "../../../../loops/roles";
import { bytesOfElement } from "../../memory";
import { LANES } from "../emitVector";
import { type PairPlan, planPairs } from "../pairs/pairPlan";
import { writtenOut } from "../writeOut";

/** A loop whose turns are independent but for sums, two of them side by side: with all that is in a turn, loops and branches too. */
export interface RowPlan extends PairPlan {
  readonly kind: "rows";
  /** The loop as it is taken. */
  readonly loop: For;
  /** How many turns are side by side: a pair, or a few of them. */
  readonly atOnce: number;
  /** What the turns only add to. */
  readonly sums: ReadonlySet<Local>;
  /** Small arrays that the turns only add to: each of both has one, and they are added up at the end. */
  readonly gathered: ReadonlySet<ArrayVariable>;
  /** Larger ones, and those of which data choose the element: both turns add to them as they are. */
  readonly summed: ReadonlySet<ArrayVariable>;
  /** Arrays that a turn leaves as it finds them: both begin with what is there. */
  readonly found: ReadonlySet<ArrayVariable>;
}

/** While one pair waits for a result, the other has work. */
export const MOST_AT_ONCE = 4;

export interface RowsOf {
  /** How often the function mentions what. */
  readonly mentions: ReadonlyMap<Variable, number>;
  readonly liveAfter: ReadonlySet<Local>;
  /** What is known of whole numbers where the loop stands; its index included. */
  readonly ranges: Ranges;
  /** Sums are to be added up in the order in which they are written. */
  readonly isStrict: boolean;
  /** Whether there are many turns. */
  readonly isLong: boolean;
}

/** What stays near the processor, in bytes. */
const MOST_GATHERED = 1 << 15;
const MOST_OWN = 1 << 18;

/** Undefined where turns depend on one another, or part ways that cannot be taken together. */
export function planRows(loop: For, { mentions, liveAfter, ranges, isStrict, isLong }: RowsOf): RowPlan | undefined {
  if (loop.exit || Math.abs(loop.step) !== 1) return undefined;
  const inside = mentionsIn(loop.body);
  // What only the loop itself reads is live where another loop comes back to it: which does not matter to turns that set it first.
  const outside = new Set([...inside].flatMap(([variable, count]) =>
    ((mentions.get(variable) ?? 0) > count && (variable.kind === "array" || liveAfter.has(variable)) ? [variable] : [])));
  for (const local of liveAfter) if (!inside.has(local) && mentions.has(local)) outside.add(local);
  const roles = rolesIn(loop, outside);
  if (!roles) return undefined;
  const sums = new Set<Local>();
  const [summed, own] = [new Set<ArrayVariable>(), new Set<ArrayVariable>()];
  for (const [variable, role] of roles) {
    const isAlike = role === "carried" && variable.kind === "array" && variable.role.kind === "scratch" && !outside.has(variable) && isFoundAgain(loop.body, variable);
    if (isAlike) own.add(variable);
    else if (role === "carried" || (role === "sum" && isStrict)) return undefined;
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
    ...plan, kind: "rows", loop: taken, atOnce: isLong ? MOST_AT_ONCE : LANES.length, sums, gathered, summed, isPaired: (array) => gathered.has(array) || plan.isPaired(array),
    found: new Set(paired.filter((array) => settersOf(loop.body, array) === undefined)),
  };
}

/** How often locals are read, and arrays looked at or changed. Setting all of an array to 0 is neither. */
export function mentionsIn(block: Block): Map<Variable, number> {
  const found = new Map<Variable, number>();
  const note = (variable: Variable): void => { found.set(variable, (found.get(variable) ?? 0) + 1); };
  walkBlock(block, (statement) => {
    if (isClearing(statement)) return;
    for (const expression of expressionsOf(statement)) noteReads(expression, note);
    if (statement.kind === "store" || statement.kind === "fill") note(statement.array);
    if (statement.kind === "accumulate" && statement.target.kind === "array") note(statement.target);
    if (statement.kind === "for" && statement.exit) note(statement.exit);
  });
  return found;
}

export function noteReads(expression: Expression, note: (variable: Variable) => void): void {
  walkExpression(expression, (e) => {
    if (e.kind === "read") note(e.local);
    if (e.kind === "load") note(e.array);
  });
}

const bytesOfPairs = (array: ArrayVariable): number => LANES.length * sizeOf(array) * bytesOfElement(array);
