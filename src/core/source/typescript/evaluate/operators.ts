import { call, int } from "../../../ir/build";
import type { Expression, PrimitiveName } from "../../../ir/types";
import type { Machine } from "../state/machine";
import { known, missing, scalar, type ScalarValue, type StaticValue, type Value } from "../state/values";
import type { Node } from "../syntax/syntax";
import { comparison, decide, isComparison } from "./comparisons";
import { computed } from "./computedFrom";
import { asCondition, asFloat, asIndex, asNumber, int32, isIntLike } from "./numbers";
import { isText, text } from "./texts";

const floatOperators: Record<string, PrimitiveName> = {
  "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power", "%": "remainder",
};
const intOperators: Record<string, PrimitiveName> = { "+": "addInt", "-": "subtractInt", "*": "multiplyInt" };

const longestText = 1e6;

export function binary(machine: Machine, operator: string, left: Value, right: Value, node: Node): Value {
  if (left.kind === "poison") return left.fail(node);
  if (right.kind === "poison") return right.fail(node);
  if (isComparison(operator)) return comparison(machine, operator, left, right, node);
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
    case "read": return expression.local.type !== "f64" || machine.dependence.isInactive(expression.local);
    case "load": return expression.array.element === "i32" || expression.array.role.kind === "data";
    case "call": return expression.args.every((arg) => dependsOnIntegersOnly(machine, arg));
    case "select": return dependsOnIntegersOnly(machine, expression.whenTrue) && dependsOnIntegersOnly(machine, expression.whenFalse);
  }
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
