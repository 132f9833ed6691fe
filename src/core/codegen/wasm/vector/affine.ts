import { linearForm } from "../../../ir/linearForm";
import type { ArrayVariable, Expression, Local } from "../../../ir/types";

/** By how much a whole number grows with `index`, all else being the same; undefined where it does not grow evenly. */
export function slopeOf(expression: Expression, index: Local, isUniform: (expression: Expression) => boolean): number | undefined {
  let slope = 0;
  for (const { atom, factor } of linearForm(expression, () => undefined).terms) {
    if (atom.kind === "read" && atom.local === index) slope += factor;
    else if (!isUniform(atom)) return undefined;
  }
  return slope;
}

/** By how many elements an access moves on when `index` grows by one. */
export function strideOf(array: ArrayVariable, indices: readonly Expression[], index: Local, isUniform: (expression: Expression) => boolean): number | undefined {
  let stride = 0;
  for (const [dimension, each] of indices.entries()) {
    const slope = slopeOf(each, index, isUniform);
    if (slope === undefined) return undefined;
    stride = stride * (array.shape[dimension] ?? 1) + slope;
  }
  return stride;
}
