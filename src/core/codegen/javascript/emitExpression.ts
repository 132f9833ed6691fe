import type { ArrayVariable, Expression, Local } from "../../ir/types";
import { ruleOf } from "../../rules/ruleOf";

/** How the text of one kernel refers to its variables. */
export interface Scope {
  local(local: Local): string;
  /** The buffer an array lives in, and where in it. */
  array(array: ArrayVariable): { buffer: string; offset: number };
}

export function emitExpression(expression: Expression, scope: Scope): string {
  switch (expression.kind) {
    case "constant": return constantText(expression.type === "bool", expression.value);
    case "read": return scope.local(expression.local);
    case "load": return elementText(expression.array, expression.indices, scope);
    case "call": return ruleOf(expression.primitive).javascript(expression.args.map((arg) => emitExpression(arg, scope)));
    case "select": {
      const [condition, whenTrue, whenFalse] = [expression.condition, expression.whenTrue, expression.whenFalse].map((e) => emitExpression(e, scope));
      return `(${condition} ? ${whenTrue} : ${whenFalse})`;
    }
  }
}

/** `buffer[flat index]`. All of it is i32 arithmetic that V8 may move out of loops: no overflow checks, no -0. */
export function elementText(array: ArrayVariable, indices: readonly Expression[], scope: Scope): string {
  const { buffer, offset } = scope.array(array);
  let constant = 0;
  let text = "";
  for (const [dimension, index] of indices.entries()) {
    const extent = array.shape[dimension] ?? 1;
    constant *= extent;
    if (text !== "") text = extent === 1 ? text : `Math.imul(${text}, ${extent})`;
    if (index.kind === "constant") constant += index.value;
    else {
      const term = emitExpression(index, scope);
      text = text === "" ? term : `(${text} + ${term} | 0)`;
    }
  }
  constant += offset;
  if (text === "") return `${buffer}[${constant}]`;
  return constant === 0 ? `${buffer}[${text}]` : `${buffer}[${text} + ${constant} | 0]`;
}

/**
 * `NaN` and `Infinity` are names: where V8 has not yet met them it looks them up, and then keeps what they are merged with as
 * an object (an index that is checked at every turn cost half of a loop's time).
 */
function constantText(isBool: boolean, value: number): string {
  if (isBool) return value === 0 ? "false" : "true";
  if (Number.isNaN(value)) return "(0 / 0)";
  if (Math.abs(value) === Infinity) return value > 0 ? "1e999" : "(-1e999)";
  if (Object.is(value, -0)) return "(-0)";
  if (value < 0) return `(${value})`;
  return String(value);
}
