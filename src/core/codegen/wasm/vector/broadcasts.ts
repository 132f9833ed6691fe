import { Numbering } from "../../../ir/numbering";
import type { Block, Expression } from "../../../ir/types";
import { expressionsOf, operands, typeOf, walkBlock } from "../../../ir/visit";
import type { WasmLocal } from "../assembler/functionBuilder";
import type { Emission } from "../emitBlock";
import { emitExpression } from "../emitExpression";

/** Registers for vectors there are sixteen of; the rest is for what changes. */
const MOST = 10;

/** What there is to know about expressions of a loop. */
interface Sameness {
  /** Whether it is the same for those side by side. */
  readonly isUniform: (expression: Expression) => boolean;
  /** Whether it is the same at all turns. */
  readonly isFixed: (expression: Expression) => boolean;
}

/** Makes the pairs of what is the same at all turns of a loop, before it begins; those asked for most, if they are many. Returns what finds them again. */
export function emitBroadcasts(body: Block, { isUniform, isFixed }: Sameness, emission: Emission): (expression: Expression) => WasmLocal | undefined {
  const numbering = new Numbering();
  const found = new Map<number, { expression: Expression; uses: number }>();
  const visit = (expression: Expression): void => {
    // A load of one element is one instruction anyway.
    if (expression.kind === "load") return;
    if (typeOf(expression) !== "f64" || !isUniform(expression)) return operands(expression).forEach(visit);
    if (!isFixed(expression)) return;
    const number = numbering.of(expression);
    found.set(number, { expression, uses: (found.get(number)?.uses ?? 0) + 1 });
  };
  walkBlock(body, (statement) => expressionsOf(statement).forEach(visit));
  const pairs = new Map<number, WasmLocal>();
  for (const [number, { expression }] of [...found].sort(([, a], [, b]) => b.uses - a.uses).slice(0, MOST)) {
    const pair = emission.freshPair();
    emitExpression(expression, emission);
    emission.f.op("f64x2.splat").set(pair);
    pairs.set(number, pair);
  }
  return (expression) => pairs.get(numbering.of(expression));
}
