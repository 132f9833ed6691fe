import { bool, call, float, int, select } from "../../../ir/build";
import { sameExpression } from "../../../ir/same";
import type { Block, Expression, Statement } from "../../../ir/types";
import { mapExpression } from "../../../ir/visit";
import { rewriteBlock } from "../../../ir/rewriteBlock";

/** Expressions as a person spells them: signs in front, numbers first and multiplied out. */
export const tidyBlock = (block: Block): Statement[] => rewriteBlock(block, tidy);

type Pair = readonly [Expression, Expression];

/** One step at the root of an expression whose operands are tidy. Values may change in their last digit. */
export function tidy(e: Expression): Expression {
  if (e.kind === "select") return overChoice(e);
  if (e.kind !== "call") return e;
  const [a, b] = e.args;
  if (!a) return e;
  if (e.primitive === "negate") return negated(a) ?? e;
  if (e.primitive === "isNaN" && isNumber(a)) return bool(false);
  if (e.primitive === "not" && a.kind === "constant") return bool(a.value === 0);
  if (!b) return e;
  switch (e.primitive) {
    case "add": return sum(a, b) ?? e;
    case "subtract": return difference(a, b) ?? e;
    case "multiply": return product(a, b) ?? cancelled(e) ?? e;
    case "divide": return quotient(a, b) ?? cancelled(e) ?? e;
    case "addInt": return shifted(a, b) ?? e;
    case "subtractInt": return (b.kind === "constant" && (a.kind === "constant" || a.kind === "call") ? shifted(a, int(-b.value)) : undefined) ?? e;
    case "and": return isTrue(a) ? b : isTrue(b) ? a : e;
    default: return e;
  }
}

const isTrue = (e: Expression): boolean => e.kind === "constant" && e.value === 1;

/** An element of data that are numbers all. */
const isNumber = (e: Expression): boolean => e.kind === "load" && e.array.role.kind === "data" && !e.array.role.values.some(Number.isNaN);

const number = (e: Expression): number | undefined => (e.kind === "constant" && e.type === "f64" ? e.value : undefined);
const binary = (e: Expression, primitive: "subtract" | "multiply" | "divide"): Pair | undefined => {
  if (e.kind !== "call" || e.primitive !== primitive) return undefined;
  const [a, b] = e.args;
  return a && b ? [a, b] : undefined;
};
const again = (primitive: "add" | "subtract" | "multiply" | "divide", a: Expression, b: Expression): Expression => tidy(call(primitive, [a, b]));
const minus = (e: Expression): Expression => tidy(call("negate", [e]));

/** What stands behind a minus sign. */
function behindMinus(e: Expression): Expression | undefined {
  if (e.kind === "call" && e.primitive === "negate") return e.args[0];
  const value = number(e);
  if (value !== undefined && value < 0) return float(-value);
  const factors = binary(e, "multiply");
  const first = factors && number(factors[0]);
  if (factors && first !== undefined && first < 0) return first === -1 ? factors[1] : call("multiply", [float(-first), factors[1]]);
  return undefined;
}

function negated(a: Expression): Expression | undefined {
  const value = number(a);
  if (value !== undefined) return float(-value);
  if (a.kind === "call" && a.primitive === "negate") return a.args[0];
  const difference = binary(a, "subtract");
  if (difference) return call("subtract", [difference[1], difference[0]]);
  const factors = binary(a, "multiply");
  const first = factors && number(factors[0]);
  return factors && first !== undefined ? again("multiply", float(-first), factors[1]) : undefined;
}

function sum(a: Expression, b: Expression): Expression | undefined {
  if (a.kind !== "constant" && sameExpression(a, b)) return again("multiply", float(2), a);
  const behindB = behindMinus(b);
  if (behindB) return again("subtract", a, behindB);
  const behindA = behindMinus(a);
  return behindA && number(a) === undefined ? again("subtract", b, behindA) : undefined;
}

function difference(a: Expression, b: Expression): Expression | undefined {
  const behindB = behindMinus(b);
  return behindB ? again("add", a, behindB) : undefined;
}

function product(a: Expression, b: Expression): Expression | undefined {
  const [x, y] = [number(a), number(b)];
  if (x !== undefined && y !== undefined) return float(x * y);
  if (y !== undefined) return again("multiply", b, a);
  if (x === 1) return b;
  if (x === -1) return minus(b);
  const inner = binary(b, "multiply");
  const innerNumber = inner && number(inner[0]);
  if (x !== undefined && inner && innerNumber !== undefined) return again("multiply", float(x * innerNumber), inner[1]);
  // A number goes to the front of a product: d·(2·x) reads 2·d·x.
  if (inner && innerNumber !== undefined) return again("multiply", inner[0], tidy(call("multiply", [a, inner[1]])));
  const outer = binary(a, "multiply");
  const outerNumber = outer && number(outer[0]);
  if (x === undefined && outer && outerNumber !== undefined) return again("multiply", outer[0], tidy(call("multiply", [outer[1], b])));
  if (a.kind === "call" && a.primitive === "negate" && a.args[0]) return minus(again("multiply", a.args[0], b));
  if (b.kind === "call" && b.primitive === "negate" && b.args[0]) return minus(again("multiply", a, b.args[0]));
  const reciprocal = binary(b, "divide");
  if (reciprocal && number(reciprocal[0]) === 1) return again("divide", a, reciprocal[1]);
  // d · (c ? 0 : x): what is not chosen contributes nothing.
  if (b.kind === "select" && (isIndicator(b) || number(b.whenTrue) === 0 || number(b.whenFalse) === 0)) return tidy(select(b.condition, again("multiply", a, b.whenTrue), again("multiply", a, b.whenFalse)));
  return undefined;
}

/** The same without what stands both above and below the bar. */
function cancelled(e: Expression): Expression | undefined {
  const above: Expression[] = [];
  const below: Expression[] = [];
  const gather = (part: Expression, down: boolean): void => {
    const factors = binary(part, "multiply");
    const fraction = binary(part, "divide");
    if (factors) factors.forEach((factor) => { gather(factor, down); });
    else if (fraction) {
      gather(fraction[0], down);
      gather(fraction[1], !down);
    } else (down ? below : above).push(part);
  };
  gather(e, false);
  const before = above.length;
  for (let i = 0; i < above.length; i++) {
    const j = below.findIndex((other) => other.kind !== "constant" && above[i] !== undefined && sameExpression(other, above[i]));
    if (j < 0) continue;
    above.splice(i--, 1);
    below.splice(j, 1);
  }
  if (above.length === before) return undefined;
  const chain = (parts: readonly Expression[]): Expression => parts.reduce((left, right) => call("multiply", [left, right]), float(1));
  return rewritten(below.length > 0 ? call("divide", [chain(above), chain(below)]) : chain(above));
}

const rewritten = (e: Expression): Expression => mapExpression(e, tidy);

function quotient(a: Expression, b: Expression): Expression | undefined {
  const [x, y] = [number(a), number(b)];
  if (y === 1) return a;
  if (a.kind === "call" && a.primitive === "negate" && a.args[0]) return minus(call("divide", [a.args[0], b]));
  if (x !== undefined && x < 0 && y === undefined) return minus(call("divide", [float(-x), b]));
  const outer = binary(a, "multiply");
  const outerNumber = outer && number(outer[0]);
  if (outer && outerNumber !== undefined && outerNumber < 0) return minus(again("divide", tidy(call("multiply", [float(-outerNumber), outer[1]])), b));
  // (2·d) / (2·s): a number on both sides cancels.
  const under = binary(b, "multiply");
  const underNumber = under && number(under[0]);
  if (outer && under && outerNumber !== undefined && outerNumber !== 0 && outerNumber === underNumber) return again("divide", outer[1], under[1]);
  return undefined;
}

/** Zero times whatever is 0 in both arms of a sign-like choice. */
function isIndicator(e: Expression & { kind: "select" }): boolean {
  const plain = (arm: Expression): boolean => {
    const value = number(arm);
    return value === 0 || value === 1 || (arm.kind === "select" && isIndicator(arm));
  };
  return plain(e.whenTrue) && plain(e.whenFalse);
}

function overChoice(e: Expression & { kind: "select" }): Expression {
  const zeroed = (arm: Expression): Expression => {
    const factors = binary(arm, "multiply");
    return factors && number(factors[0]) === 0 ? float(0) : arm;
  };
  const [whenTrue, whenFalse] = [zeroed(e.whenTrue), zeroed(e.whenFalse)];
  if (sameExpression(whenTrue, whenFalse)) return whenTrue;
  if (whenTrue.kind === "select" && sameExpression(whenTrue.whenFalse, whenFalse)) return select(call("and", [e.condition, whenTrue.condition]), whenTrue.whenTrue, whenFalse);
  return whenTrue === e.whenTrue && whenFalse === e.whenFalse ? e : { ...e, whenTrue, whenFalse };
}

function shifted(a: Expression, b: Expression): Expression | undefined {
  if (b.kind !== "constant") return undefined;
  if (b.value === 0) return a;
  if (a.kind === "constant") return int(a.value + b.value);
  if (a.kind === "call" && (a.primitive === "addInt" || a.primitive === "subtractInt")) {
    const [inner, constant] = a.args;
    if (inner && constant?.kind === "constant") return tidy(call("addInt", [inner, int(b.value + (a.primitive === "addInt" ? constant.value : -constant.value))]));
  }
  return b.value < 0 ? call("subtractInt", [a, int(-b.value)]) : undefined;
}
