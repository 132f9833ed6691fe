import { call, float } from "../ir/build";
import { sameExpression } from "../ir/same";
import type { Call, Expression } from "../ir/types";

/**
 * Numbers that stand where the user wrote a name. Nobody writes w·1, 0·x, x⁰ or a + (−2): where such a number was put
 * in, the formula is what is left. Numbers that the user wrote stay as they are.
 */
export class PutIn {
  private readonly numbers = new WeakSet<Expression>();

  mark(expression: Expression): Expression {
    if (expression.kind !== "constant") return expression;
    const copy = { ...expression };
    this.numbers.add(copy);
    return copy;
  }

  without(part: Call): Expression {
    const [a, b] = part.args;
    if (!a) return part;
    const is = (operand: Expression, value: number): boolean => operand.kind === "constant" && operand.value === value && (this.has(operand) || standsElsewhere(operand, part));
    switch (part.primitive) {
      case "add":
        if (b && is(b, 0)) return a;
        // Where a sum began, which is nobody's term.
        if (b && isZero(a)) return b;
        return b ? this.added(part, a, b) : part;
      case "subtract":
        if (b && is(b, 0)) return a;
        return b && isZero(a) ? call("negate", [b], part.span) : part;
      case "multiply":
        if (!b) return part;
        if (is(a, 0) || is(b, 0)) return this.mark(float(0));
        if (is(b, 1)) return a;
        return is(a, 1) ? b : part;
      case "divide":
        if (b && is(b, 1)) return a;
        return is(a, 0) ? this.mark(float(0)) : part;
      case "power":
        if (b && is(b, 1)) return a;
        return b && is(b, 0) ? this.mark(float(1)) : part;
      case "sqrt":
      case "cbrt": return is(a, 0) || is(a, 1) ? this.mark(a) : part;
      case "negate": return is(a, 0) ? a : part;
      case "gamma": {
        const product = factorial(wholeIn(a) - 1);
        return product === undefined ? part : this.mark(float(product, part.span));
      }
      case "min":
      case "max": return unbounded(flat(part));
      default: return part;
    }
  }

  /** Computed by the reader, or put in by us. */
  private has(operand: Expression): boolean {
    return this.numbers.has(operand) || (operand.kind === "constant" && operand.text === undefined);
  }

  /** a + (−2) as a − 2. */
  private added(part: Call, a: Expression, b: Expression): Expression {
    return b.kind === "constant" && b.value < 0 && this.has(b) ? call("subtract", [a, this.mark(float(-b.value, b.span))], part.span) : part;
  }
}

/** The greatest of the greatest and another is the greatest of all. */
function flat(part: Call): Call {
  const isSame = (arg: Expression): arg is Call => arg.kind === "call" && arg.primitive === part.primitive;
  return part.args.some(isSame) ? call(part.primitive, part.args.flatMap((arg) => (isSame(arg) ? arg.args : [arg])), part.span) : part;
}

/** `if (v > most) most = v`, in a loop: the greatest so far. Undefined where the choice is another. */
export function extreme(condition: Expression, chosen: Expression, before: Expression): Expression | undefined {
  if (condition.kind !== "call" || !/^(?:less|greater)(?:Equal)?$/.test(condition.primitive)) return undefined;
  const [a, b] = condition.args;
  const asked = sameExpression(chosen, a) && sameExpression(before, b) ? 1 : sameExpression(chosen, b) && sameExpression(before, a) ? -1 : 0;
  if (asked === 0) return undefined;
  const isGreatest = condition.primitive.startsWith("greater") === (asked === 1);
  return flat(call(isGreatest ? "max" : "min", [before, chosen], condition.span));
}

/** Written in another place than the arithmetic that it takes part in: by way of a name. */
function standsElsewhere({ span }: Expression, whole: Call): boolean {
  return span !== undefined && whole.span !== undefined && (span.start < whole.span.start || span.end > whole.span.end);
}

/** The least of ∞ and a is a: how programs begin to look for the least. */
function unbounded(part: Call): Expression {
  const nothing = part.primitive === "min" ? Infinity : -Infinity;
  const left = part.args.filter((arg) => !(arg.kind === "constant" && arg.value === nothing));
  if (left.length === part.args.length || !left[0]) return part;
  return left.length === 1 ? left[0] : call(part.primitive, left, part.span);
}

/** What a value is when more is added: without the zero it began with, and less where what is added is negative. */
export function added(before: Expression, more: Expression, span?: Call["span"]): Expression {
  if (isZero(before)) return more;
  // 0·ln p of a target that is 0.
  if (isZero(more)) return before;
  if (more.kind === "call" && more.primitive === "negate" && more.args[0]) return call("subtract", [before, more.args[0]], span);
  return call("add", [before, more], span);
}

/** The whole number that a sum of numbers is; NaN for anything else. */
function wholeIn(part: Expression): number {
  if (part.kind === "constant") return Number.isInteger(part.value) ? part.value : NaN;
  const [a, b] = part.kind === "call" ? part.args : [];
  if (part.kind !== "call" || !a) return NaN;
  if (part.primitive === "toFloat") return wholeIn(a);
  return (part.primitive === "add" || part.primitive === "addInt") && b ? wholeIn(a) + wholeIn(b) : NaN;
}

/** n!, as long as anybody reads it. */
export function factorial(n: number): number | undefined {
  if (!Number.isInteger(n) || n < 0 || n > 12) return undefined;
  return n < 2 ? 1 : n * (factorial(n - 1) ?? 1);
}

export const isZero = (expression: Expression): boolean => expression.kind === "constant" && expression.value === 0;
