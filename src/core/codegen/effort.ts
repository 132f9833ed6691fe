import { Ranges } from "../ir/ranges";
import type { Block, For, Statement, While } from "../ir/types";
import { blocksOf, expressionsOf, walkBlock, walkExpression } from "../ir/visit";

/** What a loop is taken for whose length only the running program knows. */
const SUPPOSED_TRIPS = 10_000;

/** At most, as far as can be told. */
export interface LoopEffort {
  readonly trips: number;
  readonly operations: number;
}

/** How many operations a block takes at most, and each loop in it. */
export class Effort {
  readonly loops = new Map<Statement, LoopEffort>();
  readonly total: number;
  private readonly ranges = new Ranges();

  constructor(body: Block) {
    this.total = this.of(body);
  }

  private of(block: Block): number {
    let total = operationsOf(block);
    for (const statement of block) {
      if (statement.kind === "assign") this.ranges.assigned(statement.local, statement.value);
      const inner = blocksOf(statement);
      if (inner.length === 0) continue;
      const isLoop = statement.kind === "for" || statement.kind === "while";
      const trips = isLoop ? this.trips(statement) : 1;
      // What a later turn writes, an earlier line of the next one reads.
      if (isLoop) this.forgetWritten(inner);
      if (statement.kind === "for") this.ranges.enterLoop(statement);
      const operations = trips * inner.reduce((sum, each) => sum + this.of(each), 0);
      this.forgetWritten(inner);
      if (isLoop) this.loops.set(statement, { trips, operations });
      total += operations;
    }
    return total;
  }

  private trips(loop: For | While): number {
    if (loop.kind === "while") return loop.cap;
    const [from, to] = [this.ranges.of(loop.from), this.ranges.of(loop.to)];
    if (!from || !to) return SUPPOSED_TRIPS;
    const span = loop.step > 0 ? to.high - from.low : from.high - to.low;
    return Math.max(0, Math.ceil(span / Math.abs(loop.step)));
  }

  private forgetWritten(blocks: readonly Block[]): void {
    for (const block of blocks) {
      walkBlock(block, (statement) => { if (statement.kind === "assign" || statement.kind === "pop") this.ranges.forget(statement.local); });
    }
  }
}

/** What one turn costs, the loops inside left out: they count for themselves. */
export function operationsOf(block: Block): number {
  let count = 1;
  for (const statement of block) {
    count++;
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "call" || e.kind === "select") count++; });
    if (statement.kind === "if") count += operationsOf(statement.then) + operationsOf(statement.else);
  }
  return count;
}
