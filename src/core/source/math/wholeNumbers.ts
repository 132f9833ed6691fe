import { call, int } from "../../ir/build";
import type { Expression, PrimitiveName } from "../../ir/types";
import type { MathTree } from "./tree";

const wholeArithmetic: Partial<Record<PrimitiveName, PrimitiveName>> = { add: "addInt", subtract: "subtractInt", multiply: "multiplyInt" };

/** The whole number that an expression of counters and whole numbers is. */
export function wholeOf(value: Expression): Expression | undefined {
  if (value.kind === "constant") return Number.isInteger(value.value) ? int(value.value) : undefined;
  if (value.kind !== "call") return undefined;
  if (value.primitive === "toFloat") return value.args[0];
  const args = value.args.map(wholeOf).filter((arg) => arg !== undefined);
  if (args.length < value.args.length) return undefined;
  if (value.primitive === "negate" && args[0]) return call("subtractInt", [int(0), args[0]]);
  const primitive = wholeArithmetic[value.primitive];
  return primitive && call(primitive, args);
}

/** A vector or matrix of numbers: its shape and its numbers, row by row. */
export function constantsIn(tree: MathTree): { shape: number[]; values: number[] } | undefined {
  if (tree.kind === "number") return { shape: [], values: [tree.value] };
  if (tree.kind === "unary" && tree.operator === "-" && tree.operand.kind === "number") return { shape: [], values: [-tree.operand.value] };
  if (tree.kind !== "list") return undefined;
  const parts = tree.items.map(constantsIn).filter((part) => part !== undefined);
  const [first] = parts;
  if (!first || parts.length < tree.items.length || parts.some(({ shape }) => shape.join() !== first.shape.join())) return undefined;
  return { shape: [parts.length, ...first.shape], values: parts.flatMap(({ values }) => values) };
}

export function wholeNumber(value: Expression): number | undefined {
  if (value.kind === "constant") return Number.isInteger(value.value) ? value.value : undefined;
  if (value.kind !== "call") return undefined;
  const args = value.args.map(wholeNumber);
  const [a, b] = args;
  if (a === undefined || args.some((arg) => arg === undefined)) return undefined;
  if (value.primitive === "negate") return -a;
  if (b === undefined) return undefined;
  if (value.primitive === "add") return a + b;
  if (value.primitive === "subtract") return a - b;
  return value.primitive === "multiply" ? a * b : undefined;
}

/** The whole number plus another, i + 1 − 1 as i. */
export function shifted(at: Expression, by: number): Expression {
  if (by === 0) return at;
  if (at.kind === "constant") return int(at.value + by);
  const [inner, constant] = at.kind === "call" && (at.primitive === "addInt" || at.primitive === "subtractInt") ? at.args : [];
  if (at.kind === "call" && inner && constant?.kind === "constant") return shifted(inner, by + (at.primitive === "addInt" ? constant.value : -constant.value));
  return by > 0 ? call("addInt", [at, int(by)]) : call("subtractInt", [at, int(-by)]);
}
