import type { Expression, For, Local } from "../ir/types";
import { expressionsOf, walkBlock, walkExpression } from "../ir/visit";

/** A loop that goes round without a question: fixed ends, forwards, one by one. */
export type PlainLoop = For & { readonly from: { readonly kind: "constant" }; readonly to: { readonly kind: "constant" } };

export const isPlain = (loop: For): loop is PlainLoop => !loop.exit && loop.step === 1 && loop.from.kind === "constant" && loop.to.kind === "constant";
export const turnsOf = (loop: PlainLoop): number => Math.max(0, loop.to.value - loop.from.value);

/** The one loop among the statements of a loop, all others being assignments, stores and sums; or undefined. */
export function innerLoop(loop: For): PlainLoop | undefined {
  const inner = loop.body.filter((statement) => statement.kind === "for");
  const [only] = inner;
  const isStraight = loop.body.every(({ kind }) => kind === "for" || kind === "assign" || kind === "store" || kind === "accumulate");
  return only && inner.length === 1 && isStraight && isPlain(only) ? only : undefined;
}

/**
 * Whether a loop over `outer` around `middle` around `inner` brings the same numbers again and again: some that do not depend on the outer index, and some that do
 * not depend on the middle one, as in a product of matrices. If a few turns of both go together, each such number is fetched once for all of them.
 */
export function bringsNumbersAgain(outer: Local, middle: Local, inner: PlainLoop): boolean {
  if (!inner.body.every(({ kind }) => kind === "assign" || kind === "accumulate")) return false;
  let [withoutOuter, withoutMiddle, sums] = [false, false, 0];
  const access = (indices: readonly Expression[]): void => {
    const [o, m, i] = [outer, middle, inner.index].map((index) => indices.some((e) => mentionsLocal(e, index)));
    if (!i) return;
    if (!o) withoutOuter = true;
    if (!m) withoutMiddle = true;
  };
  walkBlock(inner.body, (statement) => {
    if (statement.kind === "accumulate") {
      sums++;
      if (statement.indices) access(statement.indices);
    }
    for (const expression of expressionsOf(statement)) walkExpression(expression, (e) => { if (e.kind === "load") access(e.indices); });
  });
  return sums > 0 && withoutOuter && withoutMiddle;
}

export function mentionsLocal(expression: Expression, local: Local): boolean {
  let found = false;
  walkExpression(expression, (e) => { if (e.kind === "read" && e.local === local) found = true; });
  return found;
}
