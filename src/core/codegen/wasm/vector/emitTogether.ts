import type { Expression, For } from "../../../ir/types";
import { operationsOf } from "../../effort";
import type { WasmLocal } from "../assembler/functionBuilder";
import { type Emission, held } from "../emitBlock";
import { emitExpression } from "../emitExpression";

/** Fewer turns than these are not worth the beginning and the end. */
const FEWEST = 4;

/**
 * The loop, `atOnce` turns at a time by `emitPairs` as long as there are so many, the rest by `emitRest`, which goes on from where `index` stands. Turns are taken upwards whichever
 * way the loop goes: they do not depend on one another.
 */
export function emitTogether(loop: For, atOnce: number, emission: Emission, emitPairs: (turns: WasmLocal) => void, emitRest: (pushEnd: () => void) => void): void {
  const { f } = emission;
  const index = emission.index(loop.index);
  const [first, last] = loop.step > 0 ? [loop.from, loop.to] : [loop.to, loop.from];
  const shift = loop.step > 0 ? 0 : 1;
  const constant = first.kind === "constant" && last.kind === "constant" ? last.value - first.value : undefined;
  emitExpression(first, emission);
  f.i32(shift).op("i32.add").set(index);
  const pushEnd = shift === 0 ? held(last, emission) : heldPlusOne(last, emission);
  if (constant !== undefined && constant < FEWEST) {
    emitRest(pushEnd);
    return;
  }
  const turns = emission.fresh("i32");
  pushEnd();
  f.get(index).op("i32.sub").set(turns);
  const vectors = (): void => {
    burnAll(loop, turns, emission);
    emitPairs(turns);
  };
  if (constant === undefined) f.get(turns).i32(FEWEST).op("i32.ge_s").if(vectors);
  else vectors();
  if (constant === undefined || constant % atOnce !== 0) emitRest(pushEnd);
}

function heldPlusOne(expression: Expression, emission: Emission): () => void {
  if (expression.kind === "constant") return () => emission.f.i32(expression.value + 1);
  const end = emission.fresh("i32");
  emitExpression(expression, emission);
  emission.f.i32(1).op("i32.add").set(end);
  return () => emission.f.get(end);
}

/** The operations of all turns at once: where they are too many, none is begun. */
function burnAll(loop: For, turns: WasmLocal, { f, fuel, leave }: Emission): void {
  if (!fuel) return;
  const all = (): void => { f.get(turns).op("i64.extend_i32_s").i64(BigInt(operationsOf(loop.body))).op("i64.mul"); };
  all();
  f.get(fuel).op("i64.extend_i32_s").op("i64.gt_s").if(leave);
  f.get(fuel);
  all();
  f.op("i32.wrap_i64").op("i32.sub").set(fuel);
}
