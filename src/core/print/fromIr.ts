import type { Call, Expression, PrimitiveName } from "../ir/types";
import { call, name, negate, number, sameWritten, type Written } from "./written";

/** An IR expression as written: the user's own shape and order. `nameOf` names reads and loads; `known` is what it has written so far. */
export function fromIr(expression: Expression, nameOf: (expression: Expression) => string, known = new Map<Expression, Written>()): Written {
  const found = known.get(expression);
  if (found) return found;
  const written = write(expression, nameOf, (part) => fromIr(part, nameOf, known));
  known.set(expression, written);
  return written;
}

function write(expression: Expression, nameOf: (expression: Expression) => string, of: (part: Expression) => Written): Written {
  switch (expression.kind) {
    case "constant": return fromConstant(expression.value, expression.text, expression.type === "bool");
    case "read":
    case "load": return name(nameOf(expression));
    case "select": {
      const otherwise = of(expression.whenFalse);
      const first = { condition: of(expression.condition), value: of(expression.whenTrue) };
      if (otherwise.kind === "cases") return { kind: "cases", branches: [first, ...otherwise.branches], otherwise: otherwise.otherwise };
      return { kind: "cases", branches: [first], otherwise };
    }
    case "call": {
      const args = expression.args.map((arg) => of(arg));
      const [only] = args;
      // y y is the square of what y stands for, where that is a product: (a x)², not a x a x.
      if (expression.primitive === "multiply" && only && args[1] && isProduct(only) && sameWritten(only, args[1])) return call("power", [only, number("2")]);
      if (only && (expression.primitive === "toFloat" || expression.primitive === "fround")) return only;
      return numberInFront(expression, args) ?? call(ofNumbers[expression.primitive] ?? expression.primitive, args);
    }
  }
}

const isProduct = (written: Written): boolean => written.kind === "call" && (written.primitive === "multiply" || written.primitive === "divide");

/** w x with x = 2 is 2w: nobody wrote w · 2, which stays where it was typed. */
function numberInFront({ primitive, args: [, last], span }: Call, [factor, value]: readonly Written[]): Written | undefined {
  const isGiven = last?.kind === "constant" && (last.span === undefined || (span !== undefined && (last.span.end <= span.start || last.span.start >= span.end)));
  return primitive === "multiply" && isGiven && factor && value?.kind === "number" ? before(value, factor) : undefined;
}

function before(value: Written, factor: Written): Written | undefined {
  if (factor.kind === "call" && factor.primitive === "multiply" && factor.args[0] && factor.args[1]) {
    const first = before(value, factor.args[0]);
    return first && call("multiply", [first, factor.args[1]]);
  }
  const isNumber = factor.kind === "number" || factor.kind === "constant" || (factor.kind === "call" && (factor.primitive === "negate" || factor.primitive === "divide" || factor.args.every((arg) => arg.kind === "number")));
  return isNumber ? undefined : call("multiply", [value, factor]);
}

/** On paper, arithmetic of indices is arithmetic. */
const ofNumbers: Partial<Record<PrimitiveName, PrimitiveName>> = { addInt: "add", subtractInt: "subtract", multiplyInt: "multiply" };

function fromConstant(value: number, text: string | undefined, isBoolean: boolean): Written {
  if (isBoolean) return call(value ? "equal" : "notEqual", [number("0"), number("0")]);
  if (value === Math.PI) return { kind: "constant", name: "pi" };
  if (value === 2 * Math.PI) return call("multiply", [number("2"), { kind: "constant", name: "pi" }]);
  if (value === Math.E) return { kind: "constant", name: "e" };
  if (value === Math.LN2) return call("log", [number("2")]);
  if (value === Math.LN10) return call("log", [number("10")]);
  if (value === Math.SQRT2) return call("sqrt", [number("2")]);
  if (value < 0 || Object.is(value, -0)) return negate(fromConstant(-value, undefined, false));
  const plain = text !== undefined && /^[\d.]+(?:[eE][+-]?\d+)?$/.test(text) ? text.replace(/^\./, "0.").replace(/\.$/, "") : String(value);
  return number(plain);
}
