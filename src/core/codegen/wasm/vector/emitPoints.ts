import { sizeOf } from "../../../ir/shape";
import type { ArrayVariable, Block, Expression, Local, Statement } from "../../../ir/types";
import type { WasmLocal } from "../assembler/functionBuilder";
import { type Emission, emitFor, emitWhile } from "../emitBlock";
import { emitAddress, emitExpression, type Scope } from "../emitExpression";
import { emitMask, emitVector, type Lane, LANES, type VectorScope } from "./emitVector";
import type { PointPlan } from "./pointPlan";

/** Bytes of an element of an array that differs from point to point: both points' stand side by side. */
export const PAIR = 16;

/**
 * The statements of a function at two points at once. Loops turn for both alike; of a branch that only one of them takes, what it
 * assigns is kept for that one. Of `emission`, what is the same at both points is computed as ever.
 */
export class PointEmitter {
  readonly scope: VectorScope;
  private readonly pairs = new Map<Local, WasmLocal>();
  private readonly wholes = new Map<Local, readonly [WasmLocal, WasmLocal]>();

  constructor(private readonly emission: Emission, plan: PointPlan) {
    const { f } = emission;
    this.scope = {
      scalar: emission, isUniform: plan.isUniform, lane: (lane) => this.lane(lane), pair: (local) => this.pair(local),
      freshPair: emission.freshPair, onPairs: emission.onPairs,
      load: ({ array, indices }) => {
        if (!indices.every(plan.isUniform)) {
          const [pair, at] = [emission.freshPair(), emission.fresh("i32")];
          f.memory("v128.load64_zero", emitAddress(array, indices, this.lane(0))).set(pair);
          const offset = emitAddress(array, indices, this.lane(1));
          f.set(at).get(at).get(pair).laneMemory("v128.load64_lane", 1, offset);
        } else f.memory(array.role.kind === "data" ? "v128.load64_splat" : "v128.load", emitAddress(array, indices, this.lane(0)));
      },
    };
  }

  pair(local: Local): WasmLocal {
    const pair = this.pairs.get(local) ?? this.emission.f.local("v128");
    this.pairs.set(local, pair);
    return pair;
  }

  /** `mask`: the points at which it is done; absent: both. */
  block(block: Block, mask?: WasmLocal): void {
    for (const statement of block) this.emission.temporaries.within(() => this.statement(statement, mask));
  }

  private statement(statement: Statement, mask: WasmLocal | undefined): void {
    const { emission, scope } = this;
    const { f } = emission;
    switch (statement.kind) {
      case "assign": return this.assign(statement.local, statement.value, mask);
      case "accumulate": {
        const { target, value, indices = [] } = statement;
        if (target.kind === "local") {
          if (scope.isUniform({ kind: "read", local: target })) {
            emission.read(target);
            emitExpression(value, emission);
            f.op("f64.add");
            emission.write(target);
            return;
          }
          this.keep(this.pair(target), mask, () => {
            f.get(this.pair(target));
            emitVector(value, scope);
            f.op("f64x2.add");
          });
          return;
        }
        this.store(target, indices, mask, (old) => {
          f.get(old);
          emitVector(value, scope);
          f.op("f64x2.add");
        });
        return;
      }
      case "store": return this.store(statement.array, statement.indices, mask, () => emitVector(statement.value, scope));
      case "fill": {
        const [pair, at] = [emission.freshPair(), emission.fresh("i32")];
        const from = emission.address(statement.array);
        emitVector(statement.value, scope);
        f.set(pair).i32(from).set(at);
        f.loop((again) => f.get(at).get(pair).memory("v128.store").get(at).i32(PAIR).op("i32.add").tee(at).i32(from + PAIR * sizeOf(statement.array)).op("i32.lt_u").branchIf(again));
        return;
      }
      case "if": return this.branch(statement.condition, statement.then, statement.else, mask);
      case "for": return emitFor(statement, emission, (body) => this.block(body));
      case "while": return emitWhile(statement, emission, (body) => this.block(body));
      case "trap": return emission.leave();
      case "push": case "pop": throw new Error("Stacks are not kept for two points.");
    }
  }

  private assign(local: Local, value: Expression, mask: WasmLocal | undefined): void {
    const { emission, scope } = this;
    if (scope.isUniform({ kind: "read", local })) {
      emitExpression(value, emission);
      emission.write(local);
    } else if (local.type === "i32") {
      for (const lane of LANES) {
        emitExpression(value, this.lane(lane));
        emission.f.set(this.whole(local)[lane]);
      }
    } else this.keep(this.pair(local), mask, () => (local.type === "f64" ? emitVector(value, scope) : emitMask(value, scope)));
  }

  /** Gives the variable the value that `push` leaves, at the points of the mask. */
  private keep(pair: WasmLocal, mask: WasmLocal | undefined, push: () => void): void {
    const { f } = this.emission;
    push();
    if (mask) f.get(pair).get(mask).op("v128.bitselect");
    f.set(pair);
  }

  private store(array: ArrayVariable, indices: readonly Expression[], mask: WasmLocal | undefined, push: (old: WasmLocal) => void): void {
    const { emission } = this;
    const { f } = emission;
    const [at, old] = [emission.fresh("i32"), emission.freshPair()];
    const offset = emitAddress(array, indices, this.lane(0));
    f.tee(at).memory("v128.load", offset).set(old).get(at);
    push(old);
    if (mask) f.get(old).get(mask).op("v128.bitselect");
    f.memory("v128.store", offset);
  }

  private branch(condition: Expression, then: Block, otherwise: Block, mask: WasmLocal | undefined): void {
    const { emission, scope } = this;
    const { f } = emission;
    if (scope.isUniform(condition)) {
      emitExpression(condition, emission);
      f.if(() => this.block(then, mask), otherwise.length > 0 ? () => this.block(otherwise, mask) : undefined);
      return;
    }
    const taken = emission.freshPair();
    emitMask(condition, scope);
    f.set(taken);
    const inBranch = (block: Block, where: WasmLocal): void => {
      if (block.length > 0) f.get(where).op("v128.any_true").if(() => this.block(block, where));
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
    const { emission } = this;
    const { f } = emission;
    return {
      ...emission,
      read: (local) => {
        if (this.scope.isUniform({ kind: "read", local })) emission.read(local);
        else if (local.type === "i32") f.get(this.whole(local)[lane]);
        else {
          f.get(this.pair(local));
          if (local.type === "f64") f.lane("f64x2.extract_lane", lane);
          else f.lane("i64x2.extract_lane", lane).op("i32.wrap_i64").i32(1).op("i32.and");
        }
      },
      spacing: (array) => (array.role.kind === "data" ? emission.spacing(array) : { bytes: PAIR, ahead: 8 * lane }),
    };
  }
}
