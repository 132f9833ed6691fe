import { bool, call, float, int } from "../ir/build";
import type { Call, Constant, Expression } from "../ir/types";
import { typeOf } from "../ir/visit";
import { ruleOf } from "../rules/ruleOf";

/**
 * One step of simplification at the root of an expression whose operands are simple already. Folding is exact; the
 * identities keep every value but the sign of a zero, NaN included: 0·x stays, because x may be infinite.
 */
export function fold(expression: Expression): Expression {
  if (expression.kind === "select") {
    const { condition, whenTrue, whenFalse } = expression;
    return condition.kind === "constant" ? (condition.value === 0 ? whenFalse : whenTrue) : expression;
  }
  if (expression.kind !== "call") return expression;
  if (expression.args.every((arg): arg is Constant => arg.kind === "constant")) {
    return constantOf(expression, ruleOf(expression.primitive).value(...expression.args.map((arg) => arg.value)));
  }
  return identity(expression) ?? expression;
}

function constantOf(expression: Expression, value: number): Constant {
  const type = typeOf(expression);
  return type === "f64" ? float(value, expression.span) : type === "i32" ? int(value, expression.span) : bool(value !== 0, expression.span);
}

const is = (expression: Expression | undefined, value: number): boolean => expression?.kind === "constant" && expression.value === value;
const negated = (expression: Expression | undefined): Expression | undefined =>
  (expression?.kind === "call" && expression.primitive === "negate" ? expression.args[0] : undefined);

function identity(expression: Call): Expression | undefined {
  const [a, b] = expression.args;
  if (!a) return undefined;
  const again = (primitive: Call["primitive"], ...args: Expression[]): Expression => fold(call(primitive, args, expression.span));
  switch (expression.primitive) {
    case "add":
      if (is(a, 0)) return b;
      if (is(b, 0)) return a;
      if (negated(b)) return again("subtract", a, negated(b) ?? a);
      return undefined;
    case "subtract":
      if (is(b, 0)) return a;
      if (negated(b)) return again("add", a, negated(b) ?? a);
      return undefined;
    case "multiply":
      if (is(a, 1)) return b;
      if (is(b, 1)) return a;
      if (is(a, -1) && b) return again("negate", b);
      if (is(b, -1)) return again("negate", a);
      return scale(a, b, expression) ?? scale(b, a, expression);
    case "divide": return is(b, 1) ? a : undefined;
    case "negate": return negated(a);
    case "power": return is(b, 1) ? a : is(b, 0.5) ? again("sqrt", a) : is(b, -1) ? again("divide", float(1), a) : undefined;
    case "addInt":
      if (is(a, 0)) return b;
      if (is(b, 0)) return a;
      return regroup(expression);
    case "subtractInt":
      if (is(b, 0)) return a;
      return b?.kind === "constant" ? again("addInt", a, int(-b.value)) : undefined;
    case "multiplyInt": return is(a, 1) ? b : is(b, 1) ? a : is(a, 0) ? a : is(b, 0) ? b : undefined;
    case "toInt": return a.kind === "call" && a.primitive === "toFloat" ? a.args[0] : undefined;
    case "not": return a.kind === "call" && a.primitive === "not" ? a.args[0] : undefined;
    case "and": return is(a, 0) ? a : is(a, 1) ? b : is(b, 1) ? a : undefined;
    case "or": return is(a, 1) ? a : is(a, 0) ? b : is(b, 0) ? a : undefined;
    default: return undefined;
  }
}

/** 100·(2·x) → 200·x where one of the two is a power of two: multiplying by that one rounds nothing. */
function scale(constant: Expression | undefined, product: Expression | undefined, { span }: Call): Expression | undefined {
  if (constant?.kind !== "constant" || product?.kind !== "call" || product.primitive !== "multiply") return undefined;
  const [c, d] = product.args;
  const [inner, rest] = c?.kind === "constant" ? [c, d] : d?.kind === "constant" ? [d, c] : [];
  if (!inner || !rest || !(isPowerOfTwo(constant.value) || isPowerOfTwo(inner.value))) return undefined;
  return fold(call("multiply", [float(constant.value * inner.value), rest], span));
}

const isPowerOfTwo = (value: number): boolean => Number.isFinite(value) && value !== 0 && Number.isInteger(Math.log2(Math.abs(value)));

/** (i + 2) + 3 → i + 5; constants stand last. */
function regroup({ args: [a, b], span }: Call): Expression | undefined {
  if (!a || !b) return undefined;
  if (a.kind === "constant") return fold(call("addInt", [b, a], span));
  if (b.kind !== "constant" || a.kind !== "call" || a.primitive !== "addInt") return undefined;
  const [inner, constant] = a.args;
  return inner && constant?.kind === "constant" ? fold(call("addInt", [inner, int((constant.value + b.value) | 0)], span)) : undefined;
}
