import { call, float } from "../../ir/build";
import type { Expression } from "../../ir/types";
import type { Span } from "../positions";

const one = float(1);

export function factorial(operand: Expression, span: Span): Expression {
  if (operand.kind === "constant" && Number.isInteger(operand.value) && operand.value >= 0 && operand.value <= 170) {
    let product = 1;
    for (let n = 2; n <= operand.value; n++) product *= n;
    return float(product, span);
  }
  return call("gamma", [call("add", [operand, one], span)], span);
}

export function binomial(n: Expression, k: Expression, span: Span): Expression {
  if (n.kind === "constant" && k.kind === "constant" && Number.isInteger(k.value) && k.value >= 0 && k.value <= 170) {
    let product = 1;
    for (let i = 1; i <= k.value; i++) product = product * (n.value - k.value + i) / i;
    return float(product, span);
  }
  const below = call("multiply", [factorial(k, span), factorial(call("subtract", [n, k]), span)]);
  return call("divide", [factorial(n, span), below], span);
}

export function logarithm(x: Expression, base: Expression, span: Span): Expression {
  if (base.kind === "constant" && base.value === 10) return call("log10", [x], span);
  if (base.kind === "constant" && base.value === 2) return call("log2", [x], span);
  if (base.kind === "constant" && base.value === Math.E) return call("log", [x], span);
  return call("divide", [call("log", [x], span), call("log", [base], base.span)], span);
}
