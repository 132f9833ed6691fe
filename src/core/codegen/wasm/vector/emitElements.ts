import type { Accumulate, ArrayVariable, Expression, For, Local } from "../../../ir/types";
import type { WasmLocal } from "../assembler/functionBuilder";
import type { Emission } from "../emitBlock";
import { emitAddress, emitExpression, type Scope } from "../emitExpression";
import { strideOf } from "./affine";
import { emitBroadcasts } from "./broadcasts";
import { emitMask, emitVector, type Lane, LANES, type VectorScope } from "./emitVector";
import type { VectorPlan } from "./vectorPlan";

const BYTES = 8;

/** An innermost loop of so many turns, two at a time as long as there are two. */
export function emitElements(plan: VectorPlan, emission: Emission, turns: WasmLocal): void {
  const { loop } = plan;
  const { f } = emission;
  const index = emission.index(loop.index);
  const sums = new Map([...plan.sums].map((sum) => [sum, Array.from({ length: plan.unroll }, () => emission.freshPair())] as const));
  // -0 is what adding leaves everything as it is: 0 would turn a sum of -0 into 0.
  for (const parts of sums.values()) for (const part of parts) f.f64x2(-0).set(part);
  const locals = new PairLocals(plan.own, emission);
  const broadcast = emitBroadcasts(loop.body, { isUniform: plan.isUniform, isFixed: plan.isUniform }, emission);
  const end = emission.fresh("i32");
  const endOfTurns = (atOnce: number): void => { f.get(index).get(turns).i32(-atOnce).op("i32.and").op("i32.add").set(end); };
  const goOn = (atOnce: number, body: () => void): void => {
    f.block((behind) => {
      f.get(index).get(end).op("i32.ge_s").branchIf(behind);
      f.loop((again) => {
        body();
        f.get(index).i32(atOnce).op("i32.add").tee(index).get(end).op("i32.lt_s").branchIf(again);
      });
    });
  };
  const copy = (k: number): void => emitTurn(loop, plan, emission, locals, broadcast, 2 * k, (sum) => sums.get(sum)?.[k]);
  const atOnce = 2 * plan.unroll;
  endOfTurns(atOnce);
  goOn(atOnce, () => { for (let k = 0; k < plan.unroll; k++) copy(k); });
  if (plan.unroll > 1) {
    // What is left of them, in pairs.
    f.get(turns).i32(atOnce - 1).op("i32.and").set(turns);
    endOfTurns(2);
    goOn(2, () => copy(0));
  }
  for (const [sum, parts] of sums) addUp(sum, parts, emission);
}

/** One pair of turns, `ahead` of where the index stands. */
function emitTurn(
  loop: For, plan: VectorPlan, emission: Emission, locals: PairLocals, broadcast: NonNullable<VectorScope["broadcast"]>, ahead: number, sumOf: (sum: Accumulate) => WasmLocal | undefined,
): void {
  const { f } = emission;
  const index = emission.index(loop.index);
  const lane = (which: Lane): Scope => ({
    ...emission,
    read: (local) => {
      if (local === loop.index) {
        f.get(index);
        if (ahead + which > 0) f.i32(ahead + which).op("i32.add");
      } else if (!plan.own.has(local)) emission.read(local);
      else if (local.type === "i32") f.get(locals.whole(local, which));
      else {
        f.get(locals.pair(local));
        if (local.type === "f64") f.lane("f64x2.extract_lane", which);
        else f.lane("i64x2.extract_lane", which).op("i32.wrap_i64").i32(1).op("i32.and");
      }
    },
  });
  /** Leaves the address of a pair, or of its first element; returns the bytes behind it, or undefined where lanes have addresses of their own. */
  const addressOf = (array: ArrayVariable, indices: readonly Expression[]): { offset: number; stride: number } | undefined => {
    const stride = strideOf(array, indices, loop.index, plan.isUniform);
    if (stride !== 0 && stride !== 1) return undefined;
    return { offset: emitAddress(array, indices, emission) + (stride === 1 ? BYTES * ahead : 0), stride };
  };
  const scope: VectorScope = {
    scalar: emission, isUniform: plan.isUniform, broadcast, lane, pair: (local) => locals.pair(local), freshPair: emission.freshPair, onPairs: emission.onPairs,
    load: ({ array, indices }) => {
      const place = addressOf(array, indices);
      if (place) {
        f.memory(place.stride === 1 ? "v128.load" : "v128.load64_splat", place.offset);
        return;
      }
      const [pair, at] = [emission.freshPair(), emission.fresh("i32")];
      f.memory("v128.load64_zero", emitAddress(array, indices, lane(0))).set(pair);
      const offset = emitAddress(array, indices, lane(1));
      f.set(at).get(at).get(pair).laneMemory("v128.load64_lane", 1, offset);
    },
  };
  const storePair = (array: ArrayVariable, indices: readonly Expression[], pair: WasmLocal, isAdded: boolean): void => {
    if (strideOf(array, indices, loop.index, plan.isUniform) === 1) {
      const place = addressOf(array, indices);
      if (!place) return;
      if (isAdded) {
        const at = emission.fresh("i32");
        f.tee(at).get(at).memory("v128.load", place.offset).get(pair).op("f64x2.add").memory("v128.store", place.offset);
      } else f.get(pair).memory("v128.store", place.offset);
      return;
    }
    for (const which of LANES) {
      const offset = emitAddress(array, indices, lane(which));
      if (!isAdded) {
        f.get(pair).laneMemory("v128.store64_lane", which, offset);
        continue;
      }
      const at = emission.fresh("i32");
      f.tee(at).get(at).memory("f64.load", offset).get(pair).lane("f64x2.extract_lane", which).op("f64.add").memory("f64.store", offset);
    }
  };
  for (const statement of loop.body) {
    emission.temporaries.within(() => {
      switch (statement.kind) {
        case "assign":
          if (statement.local.type === "i32") {
            for (const which of LANES) {
              emitExpression(statement.value, lane(which));
              f.set(locals.whole(statement.local, which));
            }
            return;
          }
          if (statement.local.type === "f64") emitVector(statement.value, scope);
          else emitMask(statement.value, scope);
          f.set(locals.pair(statement.local));
          return;
        case "accumulate": {
          const sum = sumOf(statement) ?? (statement.target.kind === "local" ? locals.pair(statement.target) : undefined);
          if (sum) {
            f.get(sum);
            emitVector(statement.value, scope);
            f.op("f64x2.add").set(sum);
          } else if (statement.target.kind === "array") {
            const pair = emission.freshPair();
            emitVector(statement.value, scope);
            f.set(pair);
            storePair(statement.target, statement.indices ?? [], pair, true);
          }
          return;
        }
        case "store": {
          if (statement.array.element === "i32") {
            for (const which of LANES) {
              const offset = emitAddress(statement.array, statement.indices, lane(which));
              emitExpression(statement.value, lane(which));
              f.memory("i32.store", offset);
            }
            return;
          }
          const pair = emission.freshPair();
          emitVector(statement.value, scope);
          f.set(pair);
          storePair(statement.array, statement.indices, pair, false);
          return;
        }
        default: throw new Error(`A ${statement.kind} is not done in pairs.`);
      }
    });
  }
}

/** The parts of a sum become one number, which is added to what was there. */
function addUp(sum: Accumulate, parts: readonly WasmLocal[], emission: Emission): void {
  const { f } = emission;
  const [first, ...others] = parts;
  if (!first) return;
  for (const part of others) f.get(first).get(part).op("f64x2.add").set(first);
  const push = (): void => {
    for (const which of LANES) f.get(first).lane("f64x2.extract_lane", which);
    f.op("f64.add").op("f64.add");
  };
  if (sum.target.kind === "local") {
    emission.read(sum.target);
    push();
    emission.write(sum.target);
    return;
  }
  const at = emission.fresh("i32");
  const offset = emitAddress(sum.target, sum.indices ?? [], emission);
  f.tee(at).get(at).memory("f64.load", offset);
  push();
  f.memory("f64.store", offset);
}

/** What a turn assigns, of two turns. */
class PairLocals {
  private readonly pairs = new Map<Local, WasmLocal>();
  private readonly wholes = new Map<Local, readonly [WasmLocal, WasmLocal]>();

  /** They are taken for as long as the loop goes on. */
  constructor(locals: Iterable<Local>, emission: Emission) {
    for (const local of locals) {
      if (local.type === "i32") this.wholes.set(local, [emission.fresh("i32"), emission.fresh("i32")]);
      else this.pairs.set(local, emission.freshPair());
    }
  }

  pair(local: Local): WasmLocal {
    return known(this.pairs.get(local), local);
  }

  whole(local: Local, lane: Lane): WasmLocal {
    return known(this.wholes.get(local), local)[lane];
  }
}

function known<T>(found: T | undefined, local: Local): T {
  if (found === undefined) throw new Error(`"${local.name}" has no pair.`);
  return found;
}
