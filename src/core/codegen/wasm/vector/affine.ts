import type { ArrayVariable, Expression, Local } from "../../../ir/types";

/** By how much a whole number grows with `index`, all else being the same; undefined where it does not grow evenly. */
export function slopeOf(expression: Expression, index: Local, isUniform: (expression: Expression) => boolean): number | undefined {
  if (isUniform(expression)) return 0;
  if (expression.kind === "read") return expression.local === index ? 1 : undefined;
  if (expression.kind !== "call") return undefined;
  const [a, b] = expression.args;
  if (!a || !b) return undefined;
  const [x, y] = [slopeOf(a, index, isUniform), slopeOf(b, index, isUniform)];
  if (x === undefined || y === undefined) return undefined;
  switch (expression.primitive) {
    case "addInt": return x + y;
    case "subtractInt": return x - y;
    case "multiplyInt": return a.kind === "constant" ? a.value * y : b.kind === "constant" ? x * b.value : undefined;
    default: return undefined;
  }
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
