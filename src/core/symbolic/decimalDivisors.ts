import type { Node, NumberNode, PowerNode } from "./node";
import * as q from "./rational";
import type { Rational } from "./rational";

type Divisor = PowerNode & { readonly base: NumberNode; readonly exponent: NumberNode };

/** 1/0.7, which has no decimals that end. */
export const dividesByDecimal = (node: Node): node is Divisor => node.kind === "power" && node.base.kind === "number" && node.base.value.decimal
  && node.exponent.kind === "number" && q.isInteger(node.exponent.value) && q.isNegative(node.exponent.value);

/** 1.4/0.7² is 2/0.7: as often as the quotient can be written down. Undefined where it cannot once. */
export function divided(dividend: Rational, divisor: Rational, exponent: Rational): { quotient: Rational; exponent: Rational } | undefined {
  const inverse = q.reciprocal(divisor);
  let [quotient, left] = [dividend, exponent];
  for (let next = q.multiply(quotient, inverse); q.isNegative(left) && q.terminates(next); next = q.multiply(next, inverse)) [quotient, left] = [next, q.add(left, q.integer(1))];
  return left === exponent ? undefined : { quotient, exponent: left };
}
