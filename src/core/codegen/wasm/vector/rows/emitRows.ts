import { sizeOf } from "../../../../ir/shape";
import type { ArrayVariable, Expression } from "../../../../ir/types";
import { readsOf, type Variable, writesOf } from "../../../../loops/effects";
import type { WasmLocal } from "../../assembler/functionBuilder";
import type { Emission } from "../../emitBlock";
import { bytesOfElement } from "../../memory";
import { emitBroadcasts } from "../broadcasts";
import { LANES } from "../emitVector";
import { PairEmitter } from "../pairs/emitPairs";
import type { RowPlan } from "./rowPlan";

/** So many turns of a loop, as many side by side as the plan says as long as there are so many. */
export function emitRows(plan: RowPlan, around: Emission, turns: WasmLocal): void {
  const { loop, sums, gathered, found, atOnce } = plan;
  const emission: Emission = { ...around, vectors: new Map(), atOnce: atOnce * (around.atOnce ?? 1) };
  const { f } = emission;
  const count = atOnce / LANES.length;
  const rows = new PairEmitter(emission, plan, { plan, broadcast: emitBroadcasts(loop.body, { isUniform: plan.isUniform, isFixed: isFixedIn(plan) }, emission) }, count);
  for (const sum of sums) for (const pair of rows.pairsOf(sum)) f.f64x2(-0).set(pair);
  for (const array of gathered) clear(array, emission);
  for (const array of found) for (let k = 0; k < count; k++) copyTwice(array, k, emission);
  const [index, end] = [emission.index(loop.index), emission.fresh("i32")];
  f.get(index).get(turns).i32(-atOnce).op("i32.and").op("i32.add").set(end);
  f.block((behind) => {
    f.get(index).get(end).op("i32.ge_s").branchIf(behind);
    f.loop((again) => {
      rows.block(loop.body);
      f.get(index).i32(atOnce).op("i32.add").tee(index).get(end).op("i32.lt_s").branchIf(again);
    });
  });
  for (const sum of sums) {
    const [first, ...others] = rows.pairsOf(sum);
    if (!first) continue;
    for (const other of others) f.get(first).get(other).op("f64x2.add").set(first);
    emission.read(sum);
    pushSum(first, emission);
    f.op("f64.add");
    emission.write(sum);
  }
  for (const array of gathered) addUp(array, emission);
}

function pushSum(pair: WasmLocal, { f }: Emission): void {
  for (const lane of LANES) f.get(pair).lane("f64x2.extract_lane", lane);
  f.op("f64.add");
}

/** Up to so many bytes single stores are quicker than a fill. */
const FEW = 256;

function clear(array: ArrayVariable, { f, pairsOf }: Emission): void {
  const [address, bytes] = [pairsOf(array), LANES.length * sizeOf(array) * bytesOfElement(array)];
  if (bytes > FEW) f.i32(address).i32(0).i32(bytes).op("memory.fill");
  else for (let at = 0; at < bytes; at += 16) f.i32(0).f64x2(0).memory("v128.store", address + at);
}

/** Both begin with what is there. */
function copyTwice(array: ArrayVariable, which: number, emission: Emission): void {
  const { f } = emission;
  const [from, to] = [emission.fresh("i32"), emission.fresh("i32")];
  const bytes = bytesOfElement(array);
  const [address, pairs] = [emission.address(array), emission.pairsOf(array) + which * LANES.length * bytes * sizeOf(array)];
  f.i32(0).set(from).i32(0).set(to);
  f.loop((again) => {
    if (array.element === "f64") f.get(to).get(from).memory("v128.load64_splat", address).memory("v128.store", pairs);
    else for (const lane of LANES) f.get(to).get(from).memory("i32.load", address).memory("i32.store", pairs + lane * bytes);
    f.get(to).i32(LANES.length * bytes).op("i32.add").set(to);
    f.get(from).i32(bytes).op("i32.add").tee(from).i32(bytes * sizeOf(array)).op("i32.lt_u").branchIf(again);
  });
}

/** Adds what both turns have gathered to the array itself. */
function addUp(array: ArrayVariable, emission: Emission): void {
  const { f } = emission;
  const [pair, at, from] = [emission.freshPair(), emission.fresh("i32"), emission.fresh("i32")];
  const [to, pairs] = [emission.address(array), emission.pairsOf(array)];
  f.i32(0).set(at).i32(0).set(from);
  f.loop((again) => {
    f.get(from).memory("v128.load", pairs).set(pair).get(at).get(at).memory("f64.load", to);
    pushSum(pair, emission);
    f.op("f64.add").memory("f64.store", to).get(from).i32(16).op("i32.add").set(from);
    f.get(at).i32(8).op("i32.add").tee(at).i32(8 * sizeOf(array)).op("i32.lt_u").branchIf(again);
  });
}

/** Whether it is the same at all turns: made of numbers, and of variables that the loop does not write. */
function isFixedIn({ loop }: RowPlan): (expression: Expression) => boolean {
  const written = new Set<Variable>([loop.index, ...loop.body.flatMap((statement) => [...writesOf(statement)])]);
  return (expression) => [...readsOf(expression)].every((variable) => variable.kind === "local" && !written.has(variable));
}
