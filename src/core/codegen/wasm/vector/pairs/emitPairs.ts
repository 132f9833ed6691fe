import type { Accumulate, Block, Expression, For, Local, Statement } from "../../../../ir/types";
import type { WasmLocal } from "../../assembler/functionBuilder";
import { type Emission, emitFor, emitStatement, emitWhile } from "../../emitBlock";
import { emitExpression } from "../../emitExpression";
import { emitMask, emitVector, type VectorScope } from "../emitVector";
import { OnePair, type TurnsAtOnce } from "./onePair";
import type { PairPlan } from "./pairPlan";

/**
 * The statements of a function for two at once, or for several pairs, each statement for one after the other: while one pair waits for a result, the next has work. Loops
 * turn for all alike; of a branch that only one of them takes, what it assigns is kept for that one. Of `emission`, what is the same for all is computed as ever.
 */
export class PairEmitter {
  private readonly first: OnePair;
  /** For which of the pairs statements are done. */
  private pairs: readonly OnePair[];

  constructor(private readonly emission: Emission, private readonly plan: PairPlan, private readonly turns?: TurnsAtOnce, count = 1) {
    this.first = new OnePair(emission, plan, turns, 0);
    this.pairs = [this.first, ...Array.from({ length: count - 1 }, (_, k) => new OnePair(emission, plan, turns, k + 1))];
  }

  get scope(): VectorScope {
    return this.first.scope;
  }

  pair(local: Local): WasmLocal {
    return this.first.pair(local);
  }

  /** The variable of each pair. */
  pairsOf(local: Local): readonly WasmLocal[] {
    return this.pairs.map((pair) => pair.pair(local));
  }

  block(block: Block): void {
    for (const statement of block) this.emission.temporaries.within(() => this.statement(statement));
  }

  private statement(statement: Statement): void {
    const { emission } = this;
    switch (statement.kind) {
      case "assign": case "accumulate": case "store": case "fill":
        if (this.isForAll(statement)) emitStatement(statement, emission);
        else if (statement.kind === "accumulate" && this.isShared(statement)) this.addAll(statement);
        else for (const pair of this.pairs) emission.temporaries.within(() => forPair(statement, pair));
        return;
      case "if": return this.branch(statement.condition, statement.then, statement.else);
      case "for": return this.loop(statement);
      case "while": return emitWhile(statement, emission, (body) => this.block(body));
      case "trap": return emission.leave();
      case "push": case "pop": throw new Error("Stacks are not kept for two.");
    }
  }

  /** Whether it is one and the same thing for all of them, to be done once. */
  private isForAll(statement: Statement): boolean {
    const { plan, turns } = this;
    switch (statement.kind) {
      case "assign": return plan.isUniform({ kind: "read", local: statement.local });
      case "fill": return !plan.isPaired(statement.array);
      case "store": return this.first.mask === undefined && !plan.isPaired(statement.array) && [...statement.indices, statement.value].every(plan.isUniform);
      case "accumulate": {
        const { target, indices = [], value } = statement;
        if (target.kind === "local") return plan.isUniform({ kind: "read", local: target });
        return !plan.isPaired(target) && turns?.plan.summed.has(target) !== true && [...indices, value].every(plan.isUniform);
      }
      default: return false;
    }
  }

  /** Whether all pairs add to one and the same. */
  private isShared({ target, indices = [] }: Accumulate): boolean {
    const { plan, pairs, turns } = this;
    if (!turns || target.kind !== "array" || pairs.length < 2 || !indices.every(plan.isUniform)) return false;
    return turns.plan.gathered.has(target) || turns.plan.summed.has(target);
  }

  /** What the pairs have is added up first, and goes there at once. */
  private addAll(statement: Accumulate): void {
    const { emission, first } = this;
    if (first.isHeld(statement)) {
      for (const pair of this.pairs) pair.accumulate(statement);
      return;
    }
    const all = emission.freshPair();
    for (const [k, { scope }] of this.pairs.entries()) {
      emitVector(statement.value, scope);
      if (k > 0) emission.f.get(all).op("f64x2.add");
      emission.f.set(all);
    }
    first.add(statement, all);
  }

  private loop(loop: For): void {
    const held = (this.plan.held.get(loop) ?? []).filter((each) => !this.isForAll(each));
    const putBack = held.flatMap((each) => this.pairs.map((pair) => pair.hold(each)));
    emitFor(loop, this.emission, (body) => this.block(body));
    for (const each of putBack) each();
  }

  private branch(condition: Expression, then: Block, otherwise: Block): void {
    const { emission, pairs } = this;
    const { f } = emission;
    if (this.plan.isUniform(condition)) {
      emitExpression(condition, emission);
      f.if(() => this.block(then), otherwise.length > 0 ? () => this.block(otherwise) : undefined);
      return;
    }
    for (const pair of pairs) {
      this.pairs = [pair];
      emission.temporaries.within(() => this.branchOf(pair, condition, then, otherwise));
    }
    this.pairs = pairs;
  }

  private branchOf(pair: OnePair, condition: Expression, then: Block, otherwise: Block): void {
    const { emission } = this;
    const { f } = emission;
    const { mask } = pair;
    const [taken, other] = [emission.freshPair(), emission.freshPair()];
    emitMask(condition, pair.scope);
    f.set(taken);
    // Before the branch may change what it was decided by.
    if (mask) f.get(mask).get(taken).op("v128.andnot").set(other).get(mask).get(taken).op("v128.and").set(taken);
    else f.get(taken).op("v128.not").set(other);
    for (const [block, where] of [[then, taken], [otherwise, other]] as const) {
      if (block.length === 0) continue;
      f.get(where).op("v128.any_true").if(() => {
        pair.mask = where;
        this.block(block);
        pair.mask = mask;
      });
    }
  }
}

function forPair(statement: Extract<Statement, { kind: "assign" | "accumulate" | "store" | "fill" }>, pair: OnePair): void {
  switch (statement.kind) {
    case "assign": return pair.assign(statement.local, statement.value);
    case "accumulate": return pair.accumulate(statement);
    case "store": return pair.store(statement);
    case "fill": return pair.fill(statement);
  }
}
