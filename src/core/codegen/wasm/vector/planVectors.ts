import { Ranges } from "../../../ir/ranges";
import type { Block, Expression, For, IrFunction, Local, PrimitiveName } from "../../../ir/types";
import { blocksOf, walkBlock } from "../../../ir/visit";
import { sizeOf } from "../../../ir/shape";
import type { Variable } from "../../../loops/effects";
import { isRead } from "../../../ir/isRead";
import { openCounting } from "../../../loops/openCounting";
import { liveAfterLoops } from "../../liveAfter";
import { strideOf } from "./affine";
import { LANES } from "./emitVector";
import { mentionsIn, noteReads, planRows, type RowPlan } from "./rows/rowPlan";
import { AROUND_PAIRS, AROUND_TURN, costOf, SUPPOSED_TURNS, type Way } from "./turnCost";
import { planVector, type VectorPlan } from "./vectorPlan";

/** A loop whose turns are taken two at a time: an innermost one, or one with all that is in its turns. */
export type LoopPlan = VectorPlan | RowPlan;

export interface PlanningVectors {
  /** Sums are to be added up in the order in which they are written. */
  readonly isStrict: boolean;
  readonly isOnPairs: (primitive: PrimitiveName) => boolean;
  /** How many times quicker rows side by side must look than what can be done inside them. */
  readonly leastGain?: number | undefined;
}

/** Costs are guesses. */
const LEAST_GAIN = 1.15;
/** From so many turns on, two pairs go side by side. */
const LONG = 16;
/** Of fewer turns, two side by side do not pay. */
const FEWEST_ROWS = 4;

/** The loops of a function whose turns can be taken two at a time, chosen from the innermost outwards. */
export function planVectors(fn: IrFunction, options: PlanningVectors): ReadonlyMap<For, LoopPlan> {
  const planner = new Planner(fn, options);
  return planner.plansIn(fn.body).plans;
}

interface Planned {
  readonly plans: ReadonlyMap<For, LoopPlan>;
  /** What each loop right in the block takes, all its turns. */
  readonly costs: ReadonlyMap<For, number>;
}

class Planner {
  private readonly liveAfter: ReadonlyMap<For, ReadonlySet<Local>>;
  private readonly ranges = new Ranges();
  /** How many turns the loop with this index takes, as far as is known. */
  private readonly turns = new Map<Local, number>();

  private readonly mentions: ReadonlyMap<Variable, number>;

  constructor(fn: IrFunction, private readonly options: PlanningVectors) {
    this.liveAfter = liveAfterLoops(fn);
    const mentions = mentionsIn(fn.body);
    noteReads(fn.result, (variable) => mentions.set(variable, (mentions.get(variable) ?? 0) + 1));
    this.mentions = mentions;
  }

  plansIn(block: Block): Planned {
    const plans = new Map<For, LoopPlan>();
    const costs = new Map<For, number>();
    for (const statement of block) {
      if (statement.kind === "assign") {
        this.ranges.forget(statement.local);
        this.ranges.assigned(statement.local, statement.value);
      }
      const inner = blocksOf(statement);
      if (inner.length === 0) continue;
      // What a later turn writes, an earlier line of the next one reads.
      inner.forEach((each) => this.forgetWritten(each));
      if (statement.kind === "for") {
        const { plans: found, cost } = this.loop(statement);
        for (const [loop, plan] of found) plans.set(loop, plan);
        costs.set(statement, cost);
      } else {
        for (const each of inner) {
          const planned = this.plansIn(each);
          for (const [loop, plan] of planned.plans) plans.set(loop, plan);
          for (const [loop, cost] of planned.costs) costs.set(loop, cost);
        }
      }
      inner.forEach((each) => this.forgetWritten(each));
    }
    return { plans, costs };
  }

  private loop(loop: For): { plans: ReadonlyMap<For, LoopPlan>; cost: number } {
    const { isStrict, isOnPairs, leastGain = LEAST_GAIN } = this.options;
    const { ranges } = this;
    const turns = this.turnsOf(loop);
    ranges.enterLoop(loop);
    const liveAfter = this.liveAfter.get(loop) ?? new Set();
    const plan = planVector(withSubscriptsOpen(loop, liveAfter), { liveAfter, ranges, isStrict, isOnPairs });
    if (plan) {
      const { sums, unroll, isUniform } = plan;
      const cost = costOf(plan.loop.body, this.inPairs(plan.loop, isUniform)) + AROUND_TURN / unroll;
      return { plans: new Map([[loop, plan]]), cost: (turns / 2) * cost + AROUND_PAIRS + 2 * sums.size * unroll };
    }
    const { plans, costs } = this.plansIn(loop.body);
    const alone: Way = { isUniform: () => true, stride: () => 1, isOnPairs, loop: (inner) => costs.get(inner) ?? 0 };
    const cost = turns * (costOf(loop.body, alone) + AROUND_TURN);
    if (turns < FEWEST_ROWS) return { plans, cost };
    this.forgetWritten(loop.body);
    ranges.enterLoop(loop);
    const rows = planRows(loop, { mentions: this.mentions, liveAfter, ranges, isStrict, isLong: turns >= LONG });
    if (!rows) return { plans, cost };
    const together = this.costOfRows(rows, loop, turns, alone);
    return together * leastGain < cost ? { plans: new Map([[loop, rows]]), cost: together } : { plans, cost };
  }

  /** All turns: those side by side, those left over, and what is before and behind. */
  private costOfRows(rows: RowPlan, loop: For, turns: number, alone: Way): number {
    const atOnce = (costOf(rows.loop.body, this.inPairs(rows.loop, rows.isUniform)) * rows.atOnce) / LANES.length + AROUND_TURN;
    const byItself: Way = { ...alone, loop: (inner) => this.turnsBefore(inner) * (costOf(inner.body, byItself) + AROUND_TURN) };
    const left = turns % rows.atOnce;
    const elements = [...rows.gathered, ...rows.found].reduce((sum, array) => sum + sizeOf(array), 0);
    return ((turns - left) / rows.atOnce) * atOnce + left * (costOf(loop.body, byItself) + AROUND_TURN) + AROUND_PAIRS + 4 * elements;
  }

  /** Two turns of the loop side by side, with inner loops that turn for both. */
  private inPairs({ index }: For, isUniform: (expression: Expression) => boolean): Way {
    const way: Way = {
      isUniform, isOnPairs: this.options.isOnPairs, stride: (array, indices) => strideOf(array, indices, index, isUniform),
      loop: (inner) => this.turnsBefore(inner) * (costOf(inner.body, way) + AROUND_TURN),
    };
    return way;
  }

  /** As was found out when the loop was looked at. */
  private turnsBefore(loop: For): number {
    return this.turns.get(loop.index) ?? SUPPOSED_TURNS;
  }

  private turnsOf(loop: For): number {
    const [from, to] = [this.ranges.of(loop.from), this.ranges.of(loop.to)];
    const turns = from && to ? Math.max(0, ((to.low + to.high - from.low - from.high) / 2) / loop.step) : SUPPOSED_TURNS;
    this.turns.set(loop.index, turns);
    return turns;
  }

  private forgetWritten(block: Block): void {
    walkBlock(block, (statement) => { if (statement.kind === "assign" || statement.kind === "pop") this.ranges.forget(statement.local); });
  }
}

/** What only counts is put into the subscripts; where nobody asks for it otherwise, it is left out. */
function withSubscriptsOpen(loop: For, liveAfter: ReadonlySet<Local>): For {
  if (loop.body.some((statement) => blocksOf(statement).length > 0)) return loop;
  const open = openCounting(loop);
  if (open === loop) return loop;
  const isAsked = (local: Local): boolean => liveAfter.has(local) || isRead(open.body, local);
  return { ...open, body: open.body.filter((statement) => statement.kind !== "assign" || statement.local.type !== "i32" || isAsked(statement.local)) };
}
