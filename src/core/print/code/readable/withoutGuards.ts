import type { Expression } from "../../../ir/types";

/**
 * The slope of a logarithm without the guard that makes it NaN outside the domain: there the function has no value either.
 * Only the rules' own choices are meant; they carry no place in the user's text, and decide on the spot.
 */
export function withoutGuard(e: Expression): Expression {
  if (e.kind !== "select" || e.span || e.condition.kind !== "call" || e.condition.span || e.condition.primitive !== "less") return e;
  const [, end] = e.condition.args;
  if (end?.kind !== "constant" || end.span || (end.value !== 0 && end.value !== -1)) return e;
  const isResult = e.whenTrue.kind === "read" || (e.whenTrue.kind === "call" && e.whenTrue.primitive.startsWith("log"));
  const slope = e.whenFalse;
  return isResult && slope.kind === "call" && slope.primitive === "divide" && slope.args[0]?.kind === "constant" ? slope : e;
}
