import { ruleOf } from "../rules/ruleOf";
import type { ArrayVariable, Expression, Local } from "./types";

/** Where an expression finds its locals and array elements. */
export interface Environment {
  local(local: Local): number;
  element(array: ArrayVariable, indices: readonly number[]): number;
}

const closed: Environment = {
  local: (local) => { throw new Error(`"${local.name}" has no value here.`); },
  element: (array) => { throw new Error(`"${array.name}" has no value here.`); },
};

/** The number an expression denotes, by the rule table alone. Booleans are 0 and 1. */
export function evaluate(expression: Expression, environment: Environment = closed): number {
  switch (expression.kind) {
    case "constant": return expression.value;
    case "read": return environment.local(expression.local);
    case "load": return environment.element(expression.array, expression.indices.map((index) => evaluate(index, environment)));
    case "select": return evaluate(evaluate(expression.condition, environment) ? expression.whenTrue : expression.whenFalse, environment);
    case "call": return ruleOf(expression.primitive).value(...expression.args.map((arg) => evaluate(arg, environment)));
  }
}
