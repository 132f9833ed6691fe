import { call } from "../ir/build";
import type { Call, Expression, PrimitiveName } from "../ir/types";
import { fold } from "./fold";

/** What a local is known to hold, or the expression itself. */
export type LookThrough = (expression: Expression) => Expression;

/**
 * Naive spellings whose derivatives overflow, as the primitives whose derivatives do not. Values stay the same to the last
 * digits wherever the naive form has a finite one.
 */
export function stabilise(expression: Expression, see: LookThrough): Expression {
  if (expression.kind !== "call") return expression;
  const [a, b] = expression.args;
  if (!a) return expression;
  const { span } = expression;
  switch (expression.primitive) {
    case "divide": {
      const exponent = b && onePlusExp(b, see);
      if (!exponent) return expression;
      // 1/(1 + e^u) = σ(-u), bit by bit.
      if (see(a).kind === "constant" && isOne(see(a))) return call("sigmoid", [fold(call("negate", [exponent]))], span);
      const above = match(a, "exp", see)?.args[0];
      return above && same(see(above), see(exponent)) ? call("sigmoid", [exponent], span) : expression;
    }
    case "log": {
      const exponent = onePlusExp(a, see);
      if (exponent) return call("softplus", [exponent], span);
      const inner = match(a, "sigmoid", see)?.args[0];
      return inner ? call("logSigmoid", [inner], span) : expression;
    }
    case "log1p": {
      const exponent = match(a, "exp", see)?.args[0];
      return exponent ? call("softplus", [exponent], span) : expression;
    }
    default: return expression;
  }
}

const isOne = (e: Expression): boolean => e.kind === "constant" && e.value === 1;

function match(expression: Expression, primitive: PrimitiveName, see: LookThrough): Call | undefined {
  const seen = see(expression);
  return seen.kind === "call" && seen.primitive === primitive ? seen : undefined;
}

/** The u of 1 + e^u. */
function onePlusExp(expression: Expression, see: LookThrough): Expression | undefined {
  const [a, b] = match(expression, "add", see)?.args ?? [];
  if (!a || !b) return undefined;
  if (isOne(see(a))) return match(b, "exp", see)?.args[0];
  return isOne(see(b)) ? match(a, "exp", see)?.args[0] : undefined;
}

const same = (a: Expression, b: Expression): boolean => a === b || (a.kind === "read" && b.kind === "read" && a.local === b.local);
