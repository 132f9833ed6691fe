import { call } from "../../../ir/build";
import type { Expression, PrimitiveName } from "../../../ir/types";
import type { Machine } from "../state/machine";
import { isNumberLike, known, scalar, type StaticValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { asFloat, asIndex, asNumber, isIntLike } from "./numbers";
import { isText, text } from "./texts";

const comparisons: Record<string, PrimitiveName> = {
  "<": "less", "<=": "lessEqual", ">": "greater", ">=": "greaterEqual", "==": "equal", "===": "equal", "!=": "notEqual", "!==": "notEqual",
};
const intComparisons: Record<string, PrimitiveName> = {
  "<": "lessInt", "<=": "lessEqualInt", ">": "greaterInt", ">=": "greaterEqualInt",
  "==": "equalInt", "===": "equalInt", "!=": "notEqualInt", "!==": "notEqualInt",
};

export const isComparison = (operator: string): boolean => operator in comparisons;

export function comparison(machine: Machine, operator: string, left: Value, right: Value, node: Node): Value {
  const isEquality = operator.length > 1 && operator !== "<=" && operator !== ">=";
  if (left.kind === "static" && right.kind === "static") return known(staticComparison(operator, left, right));
  if (isEquality) {
    const decided = unlikeEquality(machine, left, right, node);
    if (decided !== undefined) return negateIf(operator.startsWith("!"), decided, machine, node);
  }
  if (!isEquality && (isText(left) || isText(right))) return text(machine);
  const a = asNumber(machine, left, node);
  const b = asNumber(machine, right, node);
  const ints = isIntLike(a) && isIntLike(b);
  const primitive = (ints ? intComparisons : comparisons)[operator];
  if (!primitive) throw machine.refuse(node, "E101", `"${operator}" is not supported here.`);
  const condition = call(primitive, ints ? [asIndex(machine, a, node), asIndex(machine, b, node)] : [asFloat(machine, a, node), asFloat(machine, b, node)], machine.spanOf(node));
  return decide(machine, condition);
}

/** A condition that the path already decides is a constant. */
export function decide(machine: Machine, condition: Expression): Value {
  const decided = machine.facts.decide(condition);
  return decided === undefined ? scalar(condition) : known(decided);
}

function staticComparison(operator: string, left: StaticValue, right: StaticValue): boolean {
  const [a, b] = [left.value, right.value];
  switch (operator) {
    case "===": return a === b;
    case "!==": return a !== b;
    // The user's loose equality has JavaScript's meaning.
    case "==": return looselyEqual(a, b);
    case "!=": return !looselyEqual(a, b);
    default: {
      if (typeof a === "string" && typeof b === "string") {
        return operator === "<" ? a < b : operator === "<=" ? a <= b : operator === ">" ? a > b : a >= b;
      }
      const [x, y] = [Number(a), Number(b)];
      return operator === "<" ? x < y : operator === "<=" ? x <= y : operator === ">" ? x > y : x >= y;
    }
  }
}

function looselyEqual(a: StaticValue["value"], b: StaticValue["value"]): boolean {
  if (a === undefined || a === null || b === undefined || b === null) return (a ?? undefined) === (b ?? undefined);
  if (typeof a === typeof b) return a === b;
  return Number(a) === Number(b);
}

/** Equality of things that are not both numbers: of objects by identity, of a number with nothing or with text. */
function unlikeEquality(machine: Machine, left: Value, right: Value, node: Node): boolean | Expression | undefined {
  for (const [one, other] of [[left, right], [right, left]] as const) {
    if (one.kind === "static" && (one.value === undefined || one.value === null)) {
      if (other.kind !== "scalar") return false;
      return other.maybeMissing && other.type === "f64" ? call("isNaN", [other.expression], machine.spanOf(node)) : false;
    }
    if (one.kind === "static" && typeof one.value === "string" && other.kind === "scalar") return false;
    if (!isNumberLike(one) && one.kind !== "hole") return one === other;
  }
  return undefined;
}

function negateIf(negated: boolean, condition: boolean | Expression, machine: Machine, node: Node): Value {
  if (typeof condition === "boolean") return known(condition !== negated);
  return scalar(negated ? call("not", [condition], machine.spanOf(node)) : condition);
}
