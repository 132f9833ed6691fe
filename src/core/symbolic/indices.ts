import { call, float, int } from "../ir/build";
import { evaluate } from "../ir/evaluate";
import type { Call, Expression } from "../ir/types";
import { operands, typeOf } from "../ir/visit";
import { affineOf, minus, toExpression } from "./affine";
import type { Sums } from "./sums";

/** The length of data by its name, 2n, n² and ±1/n too; undefined for other numbers. */
export function lengthNamed(value: number, sizes: ReadonlySet<number>, sums: Sums): Expression | undefined {
  for (const size of sizes) {
    if (value === size) return sums.size(size);
    if (value === 2 * size) return call("multiply", [float(2), sums.size(size)]);
    if (value === size * size) return call("power", [sums.size(size), float(2)]);
    if (value === 1 / size) return call("divide", [float(1), sums.size(size)]);
    if (value === -1 / size) return call("negate", [call("divide", [float(1), sums.size(size)])]);
  }
  return undefined;
}

/** Arithmetic of indices in its simplest form, and questions about them that their ranges answer: is i below n? */
export function ofIndices(part: Call, sums: Sums): Expression | undefined {
  if (!/Int$/.test(part.primitive)) return undefined;
  const [a, b] = part.args.map(affineOf);
  if (!a || !b) return undefined;
  if (typeOf(part) === "i32") {
    const whole = affineOf(part);
    return whole && toExpression(whole);
  }
  const range = sums.rangeOf(minus(a, b));
  if (!range) return undefined;
  const answers = range.map((difference) => evaluate(call(part.primitive, [int(difference), int(0)])));
  const straddles = range[0] < 0 && range[1] > 0 && /^(?:equal|notEqual)Int$/.test(part.primitive);
  return answers[0] !== answers[1] || straddles ? undefined : { kind: "constant", type: "bool", value: answers[0] ?? 0 };
}

/** What data and constants answer by themselves: that an element is a number at all, and what follows from it. */
export function answered(part: Call): Expression | undefined {
  const [a, b] = part.args;
  const truth = (value: boolean): Expression => ({ kind: "constant", type: "bool", value: value ? 1 : 0 });
  if (part.primitive === "isNaN" && a?.kind === "load" && a.array.role.kind === "data" && !a.array.role.values.some(Number.isNaN)) return truth(false);
  // Where programs begin to look for the greatest or the least.
  if (a && b && /^(?:less|greater)(?:Equal)?$/.test(part.primitive) && [a, b].filter(isInfinite).length === 1) {
    const isLess = part.primitive.startsWith("less");
    return truth(isInfinite(a) ? (a.kind === "constant" && a.value < 0) === isLess : (b.kind === "constant" && b.value > 0) === isLess);
  }
  if (!a || !b || (part.primitive !== "and" && part.primitive !== "or")) return undefined;
  // What leaves the other side to decide.
  const neutral = part.primitive === "and" ? 1 : 0;
  for (const [one, other] of [[a, b], [b, a]] as const) if (one.kind === "constant") return one.value === neutral ? other : one;
  return undefined;
}

const isInfinite = (expression: Expression): boolean => expression.kind === "constant" && Math.abs(expression.value) === Infinity;

/** What an index comes to where a condition holds, or where it does not: `i + 1 < n`. */
export function narrowing(condition: Expression, holds: boolean): { readonly index: string; readonly low: number; readonly high: number }[] {
  if (condition.kind !== "call") return [];
  if (condition.primitive === "not" && condition.args[0]) return narrowing(condition.args[0], !holds);
  if (condition.primitive === (holds ? "and" : "or")) return condition.args.flatMap((arg) => narrowing(arg, holds));
  const [a, b] = condition.args.map(affineOf);
  if (!a || !b) return [];
  const difference = minus(a, b);
  const [term, ...others] = [...difference.terms];
  if (!term || others.length > 0 || Math.abs(term[1].times) !== 1 || term[1].found) return [];
  // The difference is at most `most`, or at least `least`.
  const bounds: Partial<Record<string, readonly [number, number]>> = {
    lessInt: holds ? [-Infinity, -1] : [0, Infinity], lessEqualInt: holds ? [-Infinity, 0] : [1, Infinity],
    greaterInt: holds ? [1, Infinity] : [-Infinity, 0], greaterEqualInt: holds ? [0, Infinity] : [-Infinity, -1],
  };
  const bound = bounds[condition.primitive];
  if (!bound) return [];
  const [least, most] = [bound[0] - difference.constant, bound[1] - difference.constant];
  return [term[1].times === 1 ? { index: term[0], low: least, high: most } : { index: term[0], low: -most, high: -least }];
}

/** Distinct nodes, those inside sums included: what is shared counts once. */
export function countNodes(expression: Expression, sums: Sums | undefined): number {
  const seen = new Set<Expression>();
  const visit = (part: Expression): void => {
    if (seen.has(part)) return;
    seen.add(part);
    operands(part).forEach(visit);
    const sum = sums?.of(part);
    if (sum) visit(sum.body);
  };
  visit(expression);
  return seen.size;
}

/** Nodes as they would be written: what is shared counts each time. */
export function writtenLength(expression: Expression, sums: Sums | undefined): number {
  const known = new Map<Expression, number>();
  const length = (part: Expression): number => {
    const found = known.get(part);
    if (found !== undefined) return found;
    const body = sums?.of(part)?.body;
    const total = operands(part).reduce((sum, operand) => sum + length(operand), 1) + (body ? length(body) : 0);
    known.set(part, total);
    return total;
  };
  return length(expression);
}
