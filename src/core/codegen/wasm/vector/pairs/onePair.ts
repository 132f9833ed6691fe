import { sizeOf } from "../../../../ir/shape";
import type { Accumulate, ArrayVariable, Expression, Fill, Load, Local, Store } from "../../../../ir/types";
import type { WasmLocal } from "../../assembler/functionBuilder";
import type { Emission } from "../../emitBlock";
import { emitExpression, type Scope } from "../../emitExpression";
import { bytesOfElement } from "../../memory";
import { emitMask, emitVector, type Lane, LANES, type VectorScope } from "../emitVector";
import { PairAccess } from "./pairAccess";
import type { AddsToElement, PairPlan } from "./pairPlan";
import type { RowPlan } from "../rows/rowPlan";

/** Turns of a loop that are done at once. */
export interface TurnsAtOnce {
  readonly plan: RowPlan;
  readonly broadcast: (expression: Expression) => WasmLocal | undefined;
}

/** What two have for themselves, and how a statement is done for both: `which` is the number of the pair, where there are several. */
export class OnePair {
  readonly scope: VectorScope;
  /** For whom statements are done; absent: for both. */
  mask: WasmLocal | undefined;
  private readonly access: PairAccess;
  private readonly pairs = new Map<Local, WasmLocal>();
  private readonly wholes = new Map<Local, readonly [WasmLocal, WasmLocal]>();
  private readonly held = new Map<Accumulate, WasmLocal>();

  constructor(private readonly emission: Emission, private readonly plan: PairPlan, private readonly turns: TurnsAtOnce | undefined, private readonly which: number) {
    const lane = (each: Lane): Scope => this.lane(each);
    this.access = new PairAccess(emission, plan, lane, turns?.plan, which);
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

  assign(local: Local, value: Expression): void {
    const { emission: { f }, scope, mask } = this;
    if (local.type !== "i32") return this.keep(this.pair(local), () => (local.type === "f64" ? emitVector(value, scope) : emitMask(value, scope)));
    for (const lane of LANES) {
      const whole = this.whole(local)[lane];
      emitExpression(value, this.lane(lane));
      if (mask) f.get(whole).get(mask).lane("i64x2.extract_lane", lane).op("i32.wrap_i64").op("select");
      f.set(whole);
    }
  }

  store(statement: Store): void {
    const { emission, access, mask } = this;
    const { array, indices, value } = statement;
    if (array.element === "i32") {
      for (const lane of LANES) access.storeLane(array, indices, lane, mask, () => emitExpression(value, this.lane(lane)));
      return;
    }
    const pair = emission.freshPair();
    emitVector(value, this.scope);
    emission.f.set(pair);
    access.store(array, indices, pair, mask, this.plan.guarded.has(statement));
  }

  accumulate(statement: Accumulate): void {
    const { emission } = this;
    const { target, value } = statement;
    const sum = target.kind === "local" ? this.pair(target) : this.held.get(statement);
    if (sum) {
      this.keep(sum, () => {
        emission.f.get(sum);
        emitVector(value, this.scope);
        emission.f.op("f64x2.add");
      });
      return;
    }
    const pair = emission.freshPair();
    emitVector(value, this.scope);
    emission.f.set(pair);
    this.add(statement, pair);
  }

  /** Adds to an element of an array what stands in `pair`. */
  add(statement: Accumulate, pair: WasmLocal): void {
    const { target, indices = [] } = statement;
    if (target.kind === "array") this.access.add(target, indices, pair, this.mask, this.plan.guarded.has(statement));
  }

  isHeld(statement: Accumulate): boolean {
    return this.held.has(statement);
  }

  fill({ array, value }: Fill): void {
    const { emission, access } = this;
    const { f } = emission;
    const [pair, at] = [emission.freshPair(), emission.fresh("i32")];
    const from = access.address(array);
    const bytes = LANES.length * bytesOfElement(array);
    emitVector(value, this.scope);
    f.set(pair).i32(from).set(at);
    f.loop((again) => f.get(at).get(pair).memory("v128.store").get(at).i32(bytes).op("i32.add").tee(at).i32(from + bytes * sizeOf(array)).op("i32.lt_u").branchIf(again));
  }

  /** Takes the element that a loop adds to into a register; returns what puts it back. What others add to as well begins at 0 here, and is added in the end. */
  hold(statement: AddsToElement): () => void {
    const { emission, access, turns } = this;
    const { target: array, indices } = statement;
    const isSum = turns !== undefined && (turns.plan.summed.has(array) || turns.plan.gathered.has(array));
    const pair = emission.freshPair();
    if (isSum) emission.f.f64x2(0);
    else access.load({ kind: "load", array, indices });
    emission.f.set(pair);
    this.held.set(statement, pair);
    return () => {
      if (isSum) access.add(array, indices, pair, undefined, false);
      else access.store(array, indices, pair, undefined, false);
    };
  }

  /** Gives the variable the value that `push` leaves, for whom the statement is done. */
  private keep(pair: WasmLocal, push: () => void): void {
    const { f } = this.emission;
    push();
    if (this.mask) f.get(pair).get(this.mask).op("v128.bitselect");
    f.set(pair);
  }

  private load(load: Load): void {
    const { access, mask } = this;
    if (!mask || !this.plan.guarded.has(load)) return access.load(load);
    const { f } = this.emission;
    for (const lane of LANES) {
      access.whereTaken(mask, lane, () => emitExpression(load, this.lane(lane)), () => f.f64(0), "f64");
      if (lane === 0) f.op("f64x2.splat");
      else f.lane("f64x2.replace_lane", lane);
    }
  }

  private whole(local: Local): readonly [WasmLocal, WasmLocal] {
    const both = this.wholes.get(local) ?? ([this.emission.f.local("i32"), this.emission.f.local("i32")] as const);
    this.wholes.set(local, both);
    return both;
  }

  private lane(lane: Lane): Scope {
    const { emission, plan, access, turns } = this;
    const { f } = emission;
    return {
      ...emission,
      read: (local) => {
        if (local === turns?.plan.loop.index) {
          emission.read(local);
          const ahead = LANES.length * this.which + lane;
          if (ahead > 0) f.i32(ahead).op("i32.add");
        } else if (plan.isUniform({ kind: "read", local })) emission.read(local);
        else if (local.type === "i32") f.get(this.whole(local)[lane]);
        else {
          f.get(this.pair(local));
          if (local.type === "f64") f.lane("f64x2.extract_lane", lane);
          else f.lane("i64x2.extract_lane", lane).op("i32.wrap_i64").i32(1).op("i32.and");
        }
      },
      address: (array: ArrayVariable) => access.address(array),
      spacing: (array) => {
        const bytes = bytesOfElement(array);
        return plan.isPaired(array) ? { bytes: LANES.length * bytes, ahead: lane * bytes } : emission.spacing(array);
      },
    };
  }
}
