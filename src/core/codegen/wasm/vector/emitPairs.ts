import { sizeOf } from "../../../ir/shape";
import type { Accumulate, ArrayVariable, Block, Expression, Fill, Load, Local, Statement, Store } from "../../../ir/types";
import type { WasmLocal } from "../assembler/functionBuilder";
import { type Emission, emitFill, emitFor, emitWhile } from "../emitBlock";
import { emitExpression, type Scope } from "../emitExpression";
import { bytesOfElement } from "../memory";
import { emitMask, emitVector, type Lane, LANES, type VectorScope } from "./emitVector";
import type { PairPlan } from "./pairPlan";
import { PairAccess } from "./pairAccess";

/** What two turns of a loop are to the emitter, where it is turns that are done at once. */
export interface TurnsAtOnce {
  /** The second turn's is one more. */
  readonly index: Local;
  readonly broadcast: (expression: Expression) => WasmLocal | undefined;
  /** What turns add to where it stands, the one after the other. */
  readonly sums: ReadonlySet<ArrayVariable>;
}

/**
 * The statements of a function for two at once. Loops turn for both alike; of a branch that only one of them takes, what it
 * assigns is kept for that one. Of `emission`, what is the same for both is computed as ever.
 */
export class PairEmitter {
  readonly scope: VectorScope;
  private readonly access: PairAccess;
  private readonly pairs = new Map<Local, WasmLocal>();
  private readonly wholes = new Map<Local, readonly [WasmLocal, WasmLocal]>();
  /** For whom the statement at hand is done; absent: both. */
  private mask: WasmLocal | undefined;

  constructor(private readonly emission: Emission, private readonly plan: PairPlan, private readonly turns?: TurnsAtOnce) {
    const lane = (which: Lane): Scope => this.lane(which);
    this.access = new PairAccess(emission, plan, lane, turns?.index);
    this.scope = {
      scalar: emission, isUniform: plan.isUniform, lane, pair: (local) => this.pair(local), isApart: (e) => plan.apart.has(e),
      freshPair: emission.freshPair, onPairs: emission.onPairs, load: (load) => this.load(load), ...(turns ? { broadcast: turns.broadcast } : {}),
    };
  }

  pair(local: Local): WasmLocal {
    const pair = this.pairs.get(local) ?? this.emission.f.local("v128");
    this.pairs.set(local, pair);
    return pair;
  }

  block(block: Block): void {
    for (const statement of block) this.emission.temporaries.within(() => this.statement(statement));
  }

  private statement(statement: Statement): void {
    const { emission, scope } = this;
    switch (statement.kind) {
      case "assign": return this.assign(statement.local, statement.value);
      case "accumulate": {
        const { target, value } = statement;
        if (target.kind === "array") return this.add(statement, target);
        if (this.isUniform(target)) {
          emission.read(target);
          emitExpression(value, emission);
          emission.f.op("f64.add");
          emission.write(target);
          return;
        }
        return this.keep(this.pair(target), () => {
          emission.f.get(this.pair(target));
          emitVector(value, scope);
          emission.f.op("f64x2.add");
        });
      }
      case "store": return this.store(statement);
      case "fill": return this.fill(statement);
      case "if": return this.branch(statement.condition, statement.then, statement.else);
      case "for": return emitFor(statement, emission, (body) => this.block(body));
      case "while": return emitWhile(statement, emission, (body) => this.block(body));
      case "trap": return emission.leave();
      case "push": case "pop": throw new Error("Stacks are not kept for two.");
    }
  }

  private isUniform(local: Local): boolean {
    return this.plan.isUniform({ kind: "read", local });
  }

  private assign(local: Local, value: Expression): void {
    const { emission, scope, mask } = this;
    const { f } = emission;
    if (this.isUniform(local)) {
      emitExpression(value, emission);
      emission.write(local);
    } else if (local.type === "i32") {
      for (const lane of LANES) {
        const whole = this.whole(local)[lane];
        emitExpression(value, this.lane(lane));
        if (mask) f.get(whole).get(mask).lane("i64x2.extract_lane", lane).op("i32.wrap_i64").op("select");
        f.set(whole);
      }
    } else this.keep(this.pair(local), () => (local.type === "f64" ? emitVector(value, scope) : emitMask(value, scope)));
  }

  /** Gives the variable the value that `push` leaves, for whom the statement is done. */
  private keep(pair: WasmLocal, push: () => void): void {
    const { f } = this.emission;
    push();
    if (this.mask) f.get(pair).get(this.mask).op("v128.bitselect");
    f.set(pair);
  }

  private load(load: Load): void {
    if (this.mask && this.plan.guarded.has(load)) {
      const { f } = this.emission;
      for (const lane of LANES) {
        this.access.whereTaken(this.mask, lane, () => emitExpression(load, this.lane(lane)), () => f.f64(0), "f64");
        if (lane === 0) f.op("f64x2.splat");
        else f.lane("f64x2.replace_lane", lane);
      }
    } else this.access.load(load);
  }

  private store(statement: Store): void {
    const { emission, scope, access, mask } = this;
    const { array, indices, value } = statement;
    const { f } = emission;
    if (this.isShared(array, indices) && this.plan.isUniform(value) && !mask) {
      access.storeOne(array, indices, () => emitExpression(value, emission));
      return;
    }
    if (array.element === "i32") {
      for (const lane of LANES) access.storeLane(array, indices, lane, mask, () => emitExpression(value, this.lane(lane)));
      return;
    }
    const pair = emission.freshPair();
    emitVector(value, scope);
    f.set(pair);
    access.store(array, indices, pair, mask, this.plan.guarded.has(statement));
  }

  private add(statement: Accumulate, array: ArrayVariable): void {
    const { emission, scope, access, mask } = this;
    const { indices = [], value } = statement;
    if (this.isShared(array, indices) && !this.turns?.sums.has(array) && this.plan.isUniform(value)) {
      access.addOne(array, indices, () => emitExpression(value, emission));
      return;
    }
    const pair = emission.freshPair();
    emitVector(value, scope);
    emission.f.set(pair);
    access.add(array, indices, pair, mask, this.plan.guarded.has(statement));
  }

  /** One element, the same for both. */
  private isShared(array: ArrayVariable, indices: readonly Expression[]): boolean {
    return !this.plan.isPaired(array) && indices.every(this.plan.isUniform);
  }

  private fill({ array, value }: Fill): void {
    const { emission, plan, access } = this;
    const { f } = emission;
    if (!plan.isPaired(array)) return emitFill({ array, value }, emission);
    const [pair, at] = [emission.freshPair(), emission.fresh("i32")];
    const from = access.address(array);
    const bytes = LANES.length * bytesOfElement(array);
    emitVector(value, this.scope);
    f.set(pair).i32(from).set(at);
    f.loop((again) => f.get(at).get(pair).memory("v128.store").get(at).i32(bytes).op("i32.add").tee(at).i32(from + bytes * sizeOf(array)).op("i32.lt_u").branchIf(again));
  }

  private branch(condition: Expression, then: Block, otherwise: Block): void {
    const { emission, scope, mask } = this;
    const { f } = emission;
    if (scope.isUniform(condition)) {
      emitExpression(condition, emission);
      f.if(() => this.block(then), otherwise.length > 0 ? () => this.block(otherwise) : undefined);
      return;
    }
    const taken = emission.freshPair();
    emitMask(condition, scope);
    f.set(taken);
    const inBranch = (block: Block, where: WasmLocal): void => {
      if (block.length === 0) return;
      f.get(where).op("v128.any_true").if(() => {
        this.mask = where;
        this.block(block);
        this.mask = mask;
      });
    };
    const other = emission.freshPair();
    // Before the branch may change what it was decided by.
    if (mask) f.get(mask).get(taken).op("v128.andnot").set(other).get(mask).get(taken).op("v128.and").set(taken);
    else f.get(taken).op("v128.not").set(other);
    inBranch(then, taken);
    inBranch(otherwise, other);
  }

  private whole(local: Local): readonly [WasmLocal, WasmLocal] {
    const both = this.wholes.get(local) ?? ([this.emission.f.local("i32"), this.emission.f.local("i32")] as const);
    this.wholes.set(local, both);
    return both;
  }

  private lane(lane: Lane): Scope {
    const { emission, plan, access } = this;
    const { f } = emission;
    return {
      ...emission,
      read: (local) => {
        if (local === this.turns?.index) {
          emission.read(local);
          if (lane > 0) f.i32(lane).op("i32.add");
        } else if (this.isUniform(local)) emission.read(local);
        else if (local.type === "i32") f.get(this.whole(local)[lane]);
        else {
          f.get(this.pair(local));
          if (local.type === "f64") f.lane("f64x2.extract_lane", lane);
          else f.lane("i64x2.extract_lane", lane).op("i32.wrap_i64").i32(1).op("i32.and");
        }
      },
      address: (array) => access.address(array),
      spacing: (array) => {
        const bytes = bytesOfElement(array);
        return plan.isPaired(array) ? { bytes: LANES.length * bytes, ahead: lane * bytes } : emission.spacing(array);
      },
    };
  }
}
