import type { ArrayVariable, Expression, Load, Local } from "../../../ir/types";
import type { FunctionBuilder, WasmLocal } from "../assembler/functionBuilder";
import type { ValueType } from "../assembler/valueTypes";
import type { Emission } from "../emitBlock";
import { emitAddress, type Scope } from "../emitExpression";
import { bytesOfElement } from "../memory";
import { strideOf } from "./affine";
import { type Lane, LANES } from "./emitVector";
import type { PairPlan } from "./pairPlan";

/** How two elements lie: the same one, one beside the other, so many bytes apart, or anywhere. */
type Distance = "same" | "beside" | "anywhere" | { readonly bytes: number };

/** The elements of arrays that two turns, or two points, refer to. */
export class PairAccess {
  private readonly f: FunctionBuilder;

  /** `index`: what the second turn's is one more of. */
  constructor(private readonly emission: Emission, private readonly plan: PairPlan, private readonly lane: (lane: Lane) => Scope, private readonly index: Local | undefined) {
    this.f = emission.f;
  }

  /** Where the array begins. Points have all of theirs in pairs from the start; turns, beside what it is at other times. */
  address(array: ArrayVariable): number {
    return this.index && this.plan.isPaired(array) ? this.emission.pairsOf(array) : this.emission.address(array);
  }

  /** Leaves both elements on the stack. */
  load({ array, indices }: Load): void {
    const { f, emission } = this;
    const distance = this.distance(array, indices);
    if (distance === "same" || distance === "beside") {
      f.memory(distance === "same" ? "v128.load64_splat" : "v128.load", emitAddress(array, indices, this.lane(0)));
    } else if (distance === "anywhere") {
      const second = emitAddress(array, indices, this.lane(1));
      f.memory("v128.load64_zero", emitAddress(array, indices, this.lane(0))).laneMemory("v128.load64_lane", 1, second);
    } else {
      const at = emission.fresh("i32");
      const offset = emitAddress(array, indices, this.lane(0));
      f.tee(at).get(at).memory("v128.load64_zero", offset).laneMemory("v128.load64_lane", 1, offset + distance.bytes);
    }
  }

  /** `isGuarded`: the element may not be there for the one that the mask leaves out. */
  store(array: ArrayVariable, indices: readonly Expression[], pair: WasmLocal, mask: WasmLocal | undefined, isGuarded: boolean): void {
    const { f, emission } = this;
    if (this.distance(array, indices) !== "beside" || isGuarded) {
      for (const lane of LANES) this.storeLane(array, indices, lane, mask, () => f.get(pair).lane("f64x2.extract_lane", lane));
      return;
    }
    const at = emission.fresh("i32");
    const offset = emitAddress(array, indices, this.lane(0));
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
    if (distance === "beside" && !isGuarded) {
      const offset = emitAddress(array, indices, this.lane(0));
      f.tee(at).get(at).memory("v128.load", offset);
      pushPair();
      f.op("f64x2.add").memory("v128.store", offset);
      return;
    }
    if (distance === "same") {
      const both = emission.freshPair();
      pushPair();
      f.set(both);
      this.addOne(array, indices, () => f.get(both).lane("f64x2.extract_lane", 0).get(both).lane("f64x2.extract_lane", 1).op("f64.add"));
      return;
    }
    for (const lane of LANES) {
      this.whereTaken(mask, lane, () => {
        const offset = emitAddress(array, indices, this.lane(lane));
        f.tee(at).get(at).memory("f64.load", offset).get(pair).lane("f64x2.extract_lane", lane).op("f64.add").memory("f64.store", offset);
      });
    }
  }

  /** To an element of both. */
  addOne(array: ArrayVariable, indices: readonly Expression[], push: () => void): void {
    const { f, emission } = this;
    const at = emission.fresh("i32");
    const offset = emitAddress(array, indices, emission);
    f.tee(at).get(at).memory("f64.load", offset);
    push();
    f.op("f64.add").memory("f64.store", offset);
  }

  storeOne(array: ArrayVariable, indices: readonly Expression[], push: () => void): void {
    const offset = emitAddress(array, indices, this.emission);
    push();
    this.f.memory(array.element === "f64" ? "f64.store" : "i32.store", offset);
  }

  /** Done if the mask has the lane. */
  whereTaken(mask: WasmLocal | undefined, lane: Lane, then: () => void, otherwise?: () => void, result?: ValueType): void {
    if (!mask) return then();
    this.f.get(mask).lane("i64x2.extract_lane", lane).op("i32.wrap_i64").if(then, otherwise, result);
  }

  private distance(array: ArrayVariable, indices: readonly Expression[]): Distance {
    const { isUniform, isPaired } = this.plan;
    const isSame = indices.every(isUniform);
    if (isPaired(array)) return isSame ? "beside" : "anywhere";
    const stride = isSame ? 0 : this.index && strideOf(array, indices, this.index, isUniform);
    switch (stride) {
      case 0: return "same";
      case 1: return "beside";
      // What stands in an instruction is without sign.
      default: return stride !== undefined && stride > 0 ? { bytes: stride * bytesOfElement(array) } : "anywhere";
    }
  }
}
