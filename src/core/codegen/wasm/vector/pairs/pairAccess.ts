import { sizeOf } from "../../../../ir/shape";
import type { ArrayVariable, Expression, Load } from "../../../../ir/types";
import type { FunctionBuilder, WasmLocal } from "../../assembler/functionBuilder";
import type { ValueType } from "../../assembler/valueTypes";
import type { Emission } from "../../emitBlock";
import { emitAddress, type Scope } from "../../emitExpression";
import { bytesOfElement } from "../../memory";
import { strideOf } from "../affine";
import { type Lane, LANES } from "../emitVector";
import type { PairPlan } from "./pairPlan";
import type { RowPlan } from "../rows/rowPlan";

/** One double after the other. */
const BESIDE = 8;

/** How two elements lie: so many bytes apart, the first so many behind the address that `scope` tells; or anywhere. */
type Distance = "anywhere" | { readonly bytes: number; readonly ahead: number; readonly scope: Scope };

/** The elements of arrays that two turns, or two points, refer to. */
export class PairAccess {
  private readonly f: FunctionBuilder;

  /** `rows`: the loop whose turns they are; `which`: the number of the pair. */
  constructor(
    private readonly emission: Emission, private readonly plan: PairPlan, private readonly lane: (lane: Lane) => Scope, private readonly rows: RowPlan | undefined, private readonly which: number,
  ) {
    this.f = emission.f;
  }

  /** Where the array begins. Points have all of theirs in pairs from the start; turns, beside what it is at other times. */
  address(array: ArrayVariable): number {
    if (!this.rows || !this.plan.isPaired(array)) return this.emission.address(array);
    // What all turns add to is the same for all pairs.
    return this.emission.pairsOf(array) + (this.rows.gathered.has(array) ? 0 : this.which * LANES.length * sizeOf(array) * bytesOfElement(array));
  }

  /** Leaves both elements on the stack. */
  load({ array, indices }: Load): void {
    const { f, emission } = this;
    const distance = this.distance(array, indices);
    if (distance === "anywhere") {
      const second = emitAddress(array, indices, this.lane(1));
      f.memory("v128.load64_zero", emitAddress(array, indices, this.lane(0))).laneMemory("v128.load64_lane", 1, second);
      return;
    }
    const offset = emitAddress(array, indices, distance.scope) + distance.ahead;
    if (distance.bytes === 0) f.memory("v128.load64_splat", offset);
    else if (distance.bytes === BESIDE) f.memory("v128.load", offset);
    else {
      const at = emission.fresh("i32");
      f.tee(at).get(at).memory("v128.load64_zero", offset).laneMemory("v128.load64_lane", 1, offset + distance.bytes);
    }
  }

  /** `isGuarded`: the element may not be there for the one that the mask leaves out. */
  store(array: ArrayVariable, indices: readonly Expression[], pair: WasmLocal, mask: WasmLocal | undefined, isGuarded: boolean): void {
    const { f, emission } = this;
    const distance = this.distance(array, indices);
    if (distance === "anywhere" || distance.bytes !== BESIDE || isGuarded) {
      for (const lane of LANES) this.storeLane(array, indices, lane, mask, () => f.get(pair).lane("f64x2.extract_lane", lane));
      return;
    }
    const at = emission.fresh("i32");
    const offset = emitAddress(array, indices, distance.scope) + distance.ahead;
    if (mask) f.tee(at).get(pair).get(at).memory("v128.load", offset).get(mask).op("v128.bitselect");
    else f.get(pair);
    f.memory("v128.store", offset);
  }

  storeLane(array: ArrayVariable, indices: readonly Expression[], lane: Lane, mask: WasmLocal | undefined, push: () => void): void {
    this.whereTaken(mask, lane, () => {
      const offset = emitAddress(array, indices, this.lane(lane));
      push();
      this.f.memory(array.element === "f64" ? "f64.store" : "i32.store", offset);
    });
  }

  add(array: ArrayVariable, indices: readonly Expression[], pair: WasmLocal, mask: WasmLocal | undefined, isGuarded: boolean): void {
    const { f, emission } = this;
    const at = emission.fresh("i32");
    const distance = this.distance(array, indices);
    const pushPair = (): void => {
      f.get(pair);
      if (mask) f.get(mask).op("v128.and");
    };
    if (distance !== "anywhere" && distance.bytes === BESIDE && !isGuarded) {
      const offset = emitAddress(array, indices, distance.scope) + distance.ahead;
      f.tee(at).get(at).memory("v128.load", offset);
      pushPair();
      f.op("f64x2.add").memory("v128.store", offset);
      return;
    }
    if (distance !== "anywhere" && distance.bytes === 0) {
      const both = emission.freshPair();
      pushPair();
      f.set(both);
      const offset = emitAddress(array, indices, emission);
      f.tee(at).get(at).memory("f64.load", offset);
      for (const lane of LANES) f.get(both).lane("f64x2.extract_lane", lane);
      f.op("f64.add").op("f64.add").memory("f64.store", offset);
      return;
    }
    for (const lane of LANES) {
      this.whereTaken(mask, lane, () => {
        const offset = emitAddress(array, indices, this.lane(lane));
        f.tee(at).get(at).memory("f64.load", offset).get(pair).lane("f64x2.extract_lane", lane).op("f64.add").memory("f64.store", offset);
      });
    }
  }

  /** Done if the mask has the lane. */
  whereTaken(mask: WasmLocal | undefined, lane: Lane, then: () => void, otherwise?: () => void, result?: ValueType): void {
    if (!mask) return then();
    this.f.get(mask).lane("i64x2.extract_lane", lane).op("i32.wrap_i64").if(then, otherwise, result);
  }

  private distance(array: ArrayVariable, indices: readonly Expression[]): Distance {
    const { plan: { isUniform, isPaired }, emission, rows } = this;
    const isSame = indices.every(isUniform);
    if (isPaired(array)) return isSame ? { bytes: BESIDE, ahead: 0, scope: this.lane(0) } : "anywhere";
    const stride = isSame ? 0 : rows && strideOf(array, indices, rows.loop.index, isUniform);
    // What stands in an instruction is without sign.
    if (stride === undefined || stride < 0) return "anywhere";
    const bytes = stride * bytesOfElement(array);
    return { bytes, ahead: LANES.length * this.which * bytes, scope: emission };
  }
}
