import { bool, call, float, int, select } from "../../../ir/build";
import type { Expression, PrimitiveName } from "../../../ir/types";
import { typeOf } from "../../../ir/visit";
import type { Span } from "../../positions";
import { wantNumber } from "../arguments/holes";
import { computed } from "./computedFrom";
import type { Machine } from "../state/machine";
import type { Node } from "../syntax/syntax";
import { describe, isNumberLike, known, missing, scalar, type ScalarValue, type StaticValue, type Value } from "../state/values";

const int32 = 2 ** 31;

export function isInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < int32 && !Object.is(value, -0);
}

/** An operand of arithmetic as JavaScript would convert it; refuses what is no number. */
export function asNumber(machine: Machine, value: Value, node: Node): StaticValue | ScalarValue {
  if (value.kind === "hole") return wantNumber(machine, value);
  if (value.kind === "poison") return value.fail(node);
  if (value.kind === "scalar") return value;
  if (value.kind === "static") {
    if (typeof value.value !== "string" && typeof value.value !== "bigint") return value;
    const converted = Number(value.value);
    if (!Number.isNaN(converted)) return known(converted);
    throw machine.refuse(node, "E107", `A ${typeof value.value} takes part in the arithmetic here.`, "Use numbers only where the result depends on them.");
  }
  throw machine.refuse(node, "E107", `A number is needed here, and this is ${describe(value)}.`, value.kind === "list" ? "Use its elements, or its length." : undefined);
}

export function asFloat(machine: Machine, value: Value, node: Node): Expression {
  const number = asNumber(machine, value, node);
  const span = machine.spanOf(node);
  if (number.kind === "scalar") {
    if (number.type === "i32") return toFloat(number.expression, span);
    if (number.type === "bool") return call("boolToFloat", [number.expression], span);
    return number.expression;
  }
  const plain = Number(number.value);
  const constant = float(plain, number.span ?? span, number.text);
  return number.computedFrom ? { ...constant, computedFrom: number.computedFrom } : constant;
}

export function toFloat(expression: Expression, span?: Span): Expression {
  return expression.kind === "constant" ? float(expression.value, span) : call("toFloat", [expression], span ?? expression.span);
}

/** An index or a count: exact where it is an integer already, truncated otherwise. */
export function asIndex(machine: Machine, value: Value, node: Node): Expression {
  const number = asNumber(machine, value, node);
  if (number.kind === "static") return int(Math.trunc(Number(number.value)), machine.spanOf(node));
  return toInt(asFloatOrInt(machine, number, node));
}

function asFloatOrInt(machine: Machine, value: ScalarValue, node: Node): Expression {
  return value.type === "i32" ? value.expression : asFloat(machine, value, node);
}

export function toInt(expression: Expression): Expression {
  if (expression.kind === "constant") return int(Math.trunc(expression.value), expression.span);
  if (expression.kind === "call" && expression.primitive === "toFloat" && expression.args[0]) return expression.args[0];
  return typeOf(expression) === "i32" ? expression : call("toInt", [expression], expression.span);
}

/** JavaScript's truthiness, known or as a condition. */
export function asCondition(machine: Machine, value: Value, node: Node): boolean | Expression {
  switch (value.kind) {
    case "static": return Boolean(value.value);
    case "scalar": {
      if (value.type === "bool") return value.expression;
      const span = machine.spanOf(node);
      if (value.type === "i32") return call("notEqualInt", [value.expression, int(0)], span);
      const nonZero = call("notEqual", [value.expression, float(0)], span);
      return call("and", [nonZero, call("not", [call("isNaN", [value.expression], span)], span)], span);
    }
    case "hole": return asCondition(machine, wantNumber(machine, value), node);
    case "poison": return value.fail(node);
    default: return true;
  }
}

export function asBool(machine: Machine, value: Value, node: Node): Expression {
  const condition = asCondition(machine, value, node);
  return typeof condition === "boolean" ? bool(condition, machine.spanOf(node)) : condition;
}

const floatOperators: Record<string, PrimitiveName> = {
  "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power", "%": "remainder",
};
const intOperators: Record<string, PrimitiveName> = { "+": "addInt", "-": "subtractInt", "*": "multiplyInt" };
const comparisons: Record<string, PrimitiveName> = {
  "<": "less", "<=": "lessEqual", ">": "greater", ">=": "greaterEqual", "==": "equal", "===": "equal", "!=": "notEqual", "!==": "notEqual",
};
const intComparisons: Record<string, PrimitiveName> = {
  "<": "lessInt", "<=": "lessEqualInt", ">": "greaterInt", ">=": "greaterEqualInt",
  "==": "equalInt", "===": "equalInt", "!=": "notEqualInt", "!==": "notEqualInt",
};

const longestText = 1e6;

export function binary(machine: Machine, operator: string, left: Value, right: Value, node: Node): Value {
  if (left.kind === "poison") return left.fail(node);
  if (right.kind === "poison") return right.fail(node);
  if (operator in comparisons) return comparison(machine, operator, left, right, node);
  if (left.kind === "static" && right.kind === "static") {
    if (typeof left.value === "bigint" || typeof right.value === "bigint") throw machine.refuse(node, "E107", "A BigInt cannot be computed with here.", "Leave out the n: use a plain number.");
    const result = staticBinary(operator, left, right);
    if (typeof result === "string" && result.length > longestText) throw machine.refuse(node, "E108", "This text is too long.", "Compute with numbers.");
    return computed(result, floatOperators[operator], [left, right], machine.spanOf(node));
  }
  if (operator === "+" && (isText(left) || isText(right))) return text(machine);
  const arithmetic = floatOperators[operator];
  if (!arithmetic) return bitwise(machine, operator, left, right, node);
  const a = asNumber(machine, left, node);
  const b = asNumber(machine, right, node);
  if (a.kind === "static" && b.kind === "static") return computed(staticBinary(operator, a, b), arithmetic, [a, b], machine.spanOf(node));
  return integer(machine, operator, a, b, node) ?? scalar(call(arithmetic, [asFloat(machine, a, node), asFloat(machine, b, node)], machine.spanOf(node)));
}

const isText = (value: Value): boolean => (value.kind === "static" && typeof value.value === "string") || (value.kind === "poison" && value.what === "a string");

/** Text made of run-time numbers: harmless in a log or a message, an error where it would matter. */
export function text(machine: Machine): Value {
  return {
    kind: "poison",
    what: "a string",
    fail: (node) => {
      throw machine.refuse(node, "E107", "A string takes part in the result here.", "Compute with the number itself.");
    },
  };
}

function staticBinary(operator: string, left: StaticValue, right: StaticValue): number | string | boolean {
  const [a, b] = [left.value, right.value];
  if (operator === "+" && (typeof a === "string" || typeof b === "string")) return String(a) + String(b);
  const [x, y] = [Number(a), Number(b)];
  switch (operator) {
    case "+": return x + y;
    case "-": return x - y;
    case "*": return x * y;
    case "/": return x / y;
    case "%": return x % y;
    case "**": return x ** y;
    case "|": return x | y;
    case "&": return x & y;
    case "^": return x ^ y;
    case "<<": return x << y;
    case ">>": return x >> y;
    case ">>>": return x >>> y;
    default: return NaN;
  }
}

function isIntLike(value: StaticValue | ScalarValue): boolean {
  return value.kind === "scalar" ? value.type === "i32" : typeof value.value === "number" && isInteger(value.value);
}

/** Integer arithmetic where it is exact, so that indices stay indices. */
function integer(machine: Machine, operator: string, a: StaticValue | ScalarValue, b: StaticValue | ScalarValue, node: Node): Value | undefined {
  if (!isIntLike(a) || !isIntLike(b)) return undefined;
  const [x, y] = [asIndex(machine, a, node), asIndex(machine, b, node)];
  const span = machine.spanOf(node);
  if (operator === "%") {
    const [low] = machine.facts.rangeOf(x);
    if (y.kind !== "constant" || y.value <= 0 || low < 0) return undefined;
    return scalar(call("remainderInt", [x, y], span));
  }
  const primitive = intOperators[operator];
  if (!primitive) return undefined;
  const result = call(primitive, [x, y], span);
  const [low, high] = machine.facts.rangeOf(result);
  return low > -int32 && high < int32 ? scalar(result) : undefined;
}

function bitwise(machine: Machine, operator: string, left: Value, right: Value, node: Node): Value {
  const a = asNumber(machine, left, node);
  const b = asNumber(machine, right, node);
  const primitives: Record<string, PrimitiveName> = { "|": "bitOr", "&": "bitAnd", "^": "bitXor", "<<": "shiftLeft", ">>": "shiftRight" };
  const primitive = primitives[operator];
  const numbers = [a, b].filter((value) => value.kind === "scalar");
  if (!primitive || numbers.some((value) => !dependsOnIntegersOnly(machine, value.expression))) {
    throw machine.refuse(node, "E101", `"${operator}" cuts a number to 32 bits, which has no derivative.`, "Use Math.floor or Math.trunc if a step is meant.");
  }
  const [x, y] = [asIndex(machine, a, node), asIndex(machine, b, node)];
  if (operator === "|" && y.kind === "constant" && y.value === 0) return scalar(x);
  return scalar(call(primitive, [x, y], machine.spanOf(node)));
}

/** Counters and constants only: nothing a derivative could flow through. */
function dependsOnIntegersOnly(machine: Machine, expression: Expression): boolean {
  switch (expression.kind) {
    case "constant": return true;
    case "read": return expression.local.type !== "f64" || machine.isInactive(expression.local);
    case "load": return expression.array.element === "i32" || expression.array.role.kind === "data";
    case "call": return expression.args.every((arg) => dependsOnIntegersOnly(machine, arg));
    case "select": return dependsOnIntegersOnly(machine, expression.whenTrue) && dependsOnIntegersOnly(machine, expression.whenFalse);
  }
}

function comparison(machine: Machine, operator: string, left: Value, right: Value, node: Node): Value {
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

export function unary(machine: Machine, operator: string, value: Value, node: Node): Value {
  const span = machine.spanOf(node);
  switch (operator) {
    case "-": {
      const number = asNumber(machine, value, node);
      if (number.kind === "static") {
        if (typeof number.value === "bigint") return known(-number.value);
        return number.text === undefined ? computed(-Number(number.value), "negate", [number], span) : known(-Number(number.value), span, `-${number.text}`);
      }
      if (number.type === "i32" && machine.facts.rangeOf(number.expression)[0] > -int32) return scalar(call("subtractInt", [int(0), number.expression], span));
      return scalar(call("negate", [asFloat(machine, number, node)], span));
    }
    case "+": {
      if (value.kind === "static") return known(Number(value.value), span);
      const number = asNumber(machine, value, node);
      return number.kind === "scalar" && number.type === "bool" ? scalar(asFloat(machine, number, node)) : number;
    }
    case "!": {
      const condition = asCondition(machine, value, node);
      return typeof condition === "boolean" ? known(!condition) : decide(machine, call("not", [condition], span));
    }
    case "~": {
      if (value.kind === "static") return known(~Number(value.value));
      return bitwise(machine, "^", value, known(-1), node);
    }
    case "typeof": return known(typeName(value));
    case "void": return missing;
    default: throw machine.refuse(node, "E101", `"${operator}" is not supported.`);
  }
}

function typeName(value: Value): string {
  switch (value.kind) {
    case "static": return value.value === null ? "object" : typeof value.value;
    case "scalar": return value.type === "bool" ? "boolean" : "number";
    case "function":
    case "native": return "function";
    case "hole": return "number";
    case "poison": return value.what === "a string" ? "string" : "object";
    default: return "object";
  }
}

/** `condition ? a : b` of two numbers, without control flow. */
export function choose(machine: Machine, condition: Expression, whenTrue: Value, whenFalse: Value, node: Node): Value | undefined {
  if (!isNumberLike(whenTrue) || !isNumberLike(whenFalse)) return undefined;
  const span = machine.spanOf(node);
  const isTruth = (value: StaticValue | ScalarValue): boolean => (value.kind === "scalar" ? value.type === "bool" : typeof value.value === "boolean");
  if (isTruth(whenTrue) && isTruth(whenFalse)) {
    if (whenTrue.kind === "static" && whenFalse.kind === "static") return scalar(whenTrue.value ? condition : call("not", [condition], span));
    return scalar(select(condition, asBool(machine, whenTrue, node), asBool(machine, whenFalse, node), span));
  }
  const someInt = [whenTrue, whenFalse].some((value) => value.kind === "scalar" && value.type === "i32");
  if (someInt && isIntLike(whenTrue) && isIntLike(whenFalse)) {
    return scalar(select(condition, asIndex(machine, whenTrue, node), asIndex(machine, whenFalse, node), span));
  }
  const chosen = scalar(select(condition, asFloat(machine, whenTrue, node), asFloat(machine, whenFalse, node), span));
  return isAbsent(whenTrue) || isAbsent(whenFalse) ? { ...chosen, maybeMissing: true } : chosen;
}

export function isAbsent(value: Value): boolean {
  return value.kind === "static" ? value.value === undefined || value.value === null : value.kind === "scalar" && value.maybeMissing === true;
}
