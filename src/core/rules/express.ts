/** Short names for the arithmetic that partial derivatives are written in. */
import { call, float, select } from "../ir/build";
import type { Expression } from "../ir/types";

export const num = (value: number): Expression => float(value);
export const plus = (a: Expression, b: Expression): Expression => call("add", [a, b]);
export const minus = (a: Expression, b: Expression): Expression => call("subtract", [a, b]);
export const times = (a: Expression, b: Expression): Expression => call("multiply", [a, b]);
export const over = (a: Expression, b: Expression): Expression => call("divide", [a, b]);
export const neg = (a: Expression): Expression => call("negate", [a]);
export const square = (a: Expression): Expression => times(a, a);
export const root = (a: Expression): Expression => call("sqrt", [a]);
export const absolute = (a: Expression): Expression => call("abs", [a]);
export const equals = (a: Expression, b: Expression): Expression => call("equal", [a, b]);
export const lessThan = (a: Expression, b: Expression): Expression => call("less", [a, b]);
export const greaterThan = (a: Expression, b: Expression): Expression => call("greater", [a, b]);
export const choose = (condition: Expression, whenTrue: Expression, whenFalse: Expression): Expression =>
  select(condition, whenTrue, whenFalse);

/** The only argument of a unary primitive, or the one at `index`. The verifier has counted them. */
export function arg(args: readonly Expression[], index = 0): Expression {
  const found = args[index];
  if (!found) throw new Error(`A primitive lacks its argument ${index}.`);
  return found;
}

/** The same for pieces of generated text. */
export function text(args: readonly string[], index = 0): string {
  const found = args[index];
  if (found === undefined) throw new Error(`A primitive lacks its argument ${index}.`);
  return found;
}
