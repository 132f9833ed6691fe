import { call, float } from "../ir/build";
import { sameExpression } from "../ir/same";
import type { Call, Expression, PrimitiveName } from "../ir/types";
import { fold } from "./fold";

/** What a local is known to hold, or the expression itself. */
export type LookThrough = (expression: Expression) => Expression;

/**
 * Naive spellings whose derivatives overflow, as primitives whose derivatives do not. Where the naive form has a finite
 * value, the value stays the user's: to the last digits where the two are equally good, and to the last bit (`steady`)
 * where the naive one has lost some that the other would bring back. Where it overflows, the true value takes its place.
 */
export function stabilise(expression: Expression, see: LookThrough): Expression {
  if (expression.kind !== "call") return expression;
  const [a, b] = expression.args;
  if (!a) return expression;
  switch (expression.primitive) {
    case "divide": return (b && quotient(expression, a, b, see)) ?? expression;
    case "log": return logarithm(expression, a, see) ?? expression;
    case "log1p": return logarithmPastOne(expression, a, see) ?? expression;
    // The naive form inside was met again, on a later walk: once is enough.
    case "steady": return match(a, "steady", see) ? a : expression;
    default: return expression;
  }
}

function quotient(whole: Call, above: Expression, below: Expression, see: LookThrough): Expression | undefined {
  const { span } = whole;
  const terms = sumOfTwo(below, see);
  if (!terms) return undefined;
  const [u, v] = terms;
  const difference = match(above, "subtract", see)?.args.map((term) => exponentOf(term, see));
  if (difference?.[0] && difference[1]) {
    const half = (from: Expression, to: Expression): Expression => steady(whole, call("tanh", [times(minus(from, to), 0.5)], span));
    if (sameExpression(difference[0], u) && sameExpression(difference[1], v)) return half(u, v);
    if (sameExpression(difference[0], v) && sameExpression(difference[1], u)) return half(v, u);
  }
  const own = exponentOf(above, see);
  // e^u / (e^u + e^v) = σ(u - v); with v = 0 and the 1 above it is 1/(1 + e^u) = σ(-u), bit by bit.
  if (own && sameExpression(own, u)) return call("sigmoid", [minus(u, v)], span);
  if (own && sameExpression(own, v)) return call("sigmoid", [minus(v, u)], span);
  if (isZero(u)) return call("multiply", [above, call("sigmoid", [negate(v)])], span);
  return isZero(v) ? call("multiply", [above, call("sigmoid", [negate(u)])], span) : undefined;
}

function logarithm(whole: Call, of: Expression, see: LookThrough): Expression | undefined {
  const { span } = whole;
  const exponents = sumOfExponentials(of, see);
  if (exponents) return sumInLogarithms(exponents, span);
  const inner = match(of, "sigmoid", see)?.args[0];
  if (inner) return call("logSigmoid", [inner], span);
  const [one, taken] = match(of, "subtract", see)?.args ?? [];
  if (one && taken && isOne(see(one))) return logOfRest(whole, taken, see);
  const [above, below] = match(of, "divide", see)?.args ?? [];
  const exponent = above && exponentOf(above, see);
  const all = below && sumOfExponentials(below, see);
  return exponent && all ? steady(whole, minus(exponent, sumInLogarithms(all, span))) : undefined;
}

function logarithmPastOne(whole: Call, of: Expression, see: LookThrough): Expression | undefined {
  const exponent = match(of, "exp", see)?.args[0];
  if (exponent) return call("softplus", [exponent], whole.span);
  const taken = match(of, "negate", see)?.args[0];
  return taken && logOfRest(whole, taken, see);
}

/** log(1 - taken). */
function logOfRest(whole: Call, taken: Expression, see: LookThrough): Expression | undefined {
  const inner = match(taken, "sigmoid", see)?.args[0];
  if (inner) return steady(whole, call("logSigmoid", [negate(inner)], whole.span));
  const exponent = match(taken, "exp", see)?.args[0];
  return exponent && steady(whole, call("log", [negate(call("expm1", [exponent]))], whole.span));
}

function sumInLogarithms(exponents: readonly Expression[], span: Call["span"]): Expression {
  if (exponents.length === 2) {
    const [a, b] = exponents;
    if (a && b && isZero(a)) return call("softplus", [b], span);
    if (a && b && isZero(b)) return call("softplus", [a], span);
  }
  return exponents.reduce((all, exponent) => call("logAddExp", [all, exponent], span));
}

/** The exponents of a sum of two or more exponentials; numbers among the terms are exponentials too. */
function sumOfExponentials(expression: Expression, see: LookThrough): Expression[] | undefined {
  const exponents: Expression[] = [];
  const collect = (term: Expression, depth: number): boolean => {
    const exponent = exponentOf(term, see);
    if (exponent) return exponents.push(exponent) <= MOST_TERMS;
    const sum = match(term, "add", see);
    return sum !== undefined && depth < MOST_TERMS && sum.args.every((each) => collect(each, depth + 1));
  };
  return collect(expression, 0) && exponents.length > 1 && exponents.some((exponent) => exponent.kind !== "constant") ? exponents : undefined;
}

const MOST_TERMS = 16;

function sumOfTwo(expression: Expression, see: LookThrough): [Expression, Expression] | undefined {
  const [a, b] = match(expression, "add", see)?.args ?? [];
  const u = a && exponentOf(a, see);
  const v = b && exponentOf(b, see);
  return u && v && (u.kind !== "constant" || v.kind !== "constant") ? [u, v] : undefined;
}

/** The u of e^u; of a positive number its logarithm. */
function exponentOf(expression: Expression, see: LookThrough): Expression | undefined {
  const seen = see(expression);
  if (seen.kind === "constant") return seen.value > 0 && Number.isFinite(seen.value) ? float(Math.log(seen.value)) : undefined;
  if (seen.kind !== "call") return undefined;
  const [a, b] = seen.args;
  if (seen.primitive === "exp") return a;
  const base = a && see(a);
  if (seen.primitive === "power") return base?.kind === "constant" && base.value === Math.E ? b : undefined;
  // 1/e^u
  const below = seen.primitive === "divide" && base && isOne(base) && b ? match(b, "exp", see)?.args[0] : undefined;
  return below && negate(below);
}

function match(expression: Expression, primitive: PrimitiveName, see: LookThrough): Call | undefined {
  const seen = see(expression);
  return seen.kind === "call" && seen.primitive === primitive ? seen : undefined;
}

const isOne = (e: Expression): boolean => e.kind === "constant" && e.value === 1;
const isZero = (e: Expression): boolean => e.kind === "constant" && e.value === 0;
const negate = (e: Expression): Expression => fold(call("negate", [e]));
const minus = (a: Expression, b: Expression): Expression => (isZero(a) ? negate(b) : fold(call("subtract", [a, b])));
const times = (a: Expression, factor: number): Expression => call("multiply", [a, float(factor)]);
const steady = (own: Call, better: Expression): Expression => call("steady", [own, better], own.span);
