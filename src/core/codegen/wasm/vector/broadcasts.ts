import { Numbering } from "../../../ir/numbering";
import type { Expression, For } from "../../../ir/types";
import { expressionsOf, operands, typeOf } from "../../../ir/visit";
import type { WasmLocal } from "../assembler/functionBuilder";
import type { Emission } from "../emitBlock";
import { emitExpression } from "../emitExpression";
import type { VectorPlan } from "./vectorPlan";

/** Registers for vectors there are sixteen of; the rest is for what changes. */
const MOST = 10;

/** Makes the pairs of what is the same at all turns of the loop, before it begins. Returns what finds them again. */
export function emitBroadcasts(loop: For, plan: VectorPlan, emission: Emission): (expression: Expression) => WasmLocal | undefined {
  const numbering = new Numbering();
  const found = new Map<number, Expression>();
  const visit = (expression: Expression): void => {
    if (typeOf(expression) === "f64" && plan.isUniform(expression)) {
      // A load of one element is one instruction anyway.
      if (expression.kind !== "load") found.set(numbering.of(expression), expression);
      return;
    }
    if (expression.kind !== "load") operands(expression).forEach(visit);
  };
  for (const statement of loop.body) {
    const values = expressionsOf(statement);
    const value = values[values.length - 1];
    if (value) visit(value);
  }
  const pairs = new Map<number, WasmLocal>();
  for (const [number, expression] of [...found].slice(0, MOST)) {
    const pair = emission.freshPair();
    emitExpression(expression, emission);
    emission.f.op("f64x2.splat").set(pair);
    pairs.set(number, pair);
  }
  return (expression) => pairs.get(numbering.of(expression));
}
