import { call, float } from "../../../ir/build";
import type { Expression, PrimitiveName } from "../../../ir/types";
import type { Span } from "../../positions";
import { known, type Primitive, type StaticValue } from "../state/values";

/** Arithmetic of more operations than this is a computation, and what a person would write is its result; */
const mostOperations = 8;
/** so is what comes out in a few digits, if it was not typed as a fraction (1/4). */
const fewDigits = 8;
/** Whole numbers beyond this are as well told by how they came about. */
const largestWhole = 1e6;

/**
 * The result of arithmetic on known numbers, which remembers how it came about (4 π²), so that a formula can show what
 * was typed instead of its digits. Whole numbers tell themselves.
 */
export function computed(value: Primitive, primitive: PrimitiveName | undefined, operands: readonly StaticValue[], span?: Span): StaticValue {
  const result = known(value, span);
  if (!primitive || typeof value !== "number" || !Number.isFinite(value) || Number.isInteger(value)) return result;
  const parts = operands.flatMap((operand) => written(operand) ?? []);
  if (parts.length < operands.length || parts.reduce((sum, part) => sum + operations(part), 1) > mostOperations) return result;
  const isTypedFraction = primitive === "divide" && operands.every(({ text }) => text !== undefined);
  if (String(value).length < fewDigits && !isTypedFraction) return result;
  return { ...result, computedFrom: call(primitive, parts) };
}

/** How a number was typed or came about, where that is known. */
function written({ value, text, computedFrom }: StaticValue): Expression | undefined {
  if (computedFrom) return computedFrom;
  if (typeof value !== "number") return undefined;
  if (text !== undefined) return float(value, undefined, text);
  return Number.isInteger(value) && Math.abs(value) <= largestWhole ? float(value) : undefined;
}

function operations(expression: Expression): number {
  return expression.kind === "call" ? expression.args.reduce((sum, arg) => sum + operations(arg), 1) : 0;
}
