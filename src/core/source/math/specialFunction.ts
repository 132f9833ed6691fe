import { call, float, select } from "../../ir/build";
import type { Expression } from "../../ir/types";
import type { Span } from "../positions";
import { binomial, factorial, logarithm } from "./combinations";
import { refuse } from "./refuse";
import type { MathTree } from "./tree";

type CallTree = Extract<MathTree, { kind: "call" }>;

const one = float(1);

/** A function that is no primitive, of numbers. `shared`: an expression that is used more than once. */
export function specialFunction(tree: Pick<CallTree, "name" | "span">, args: readonly Expression[], shared: (value: Expression) => Expression): Expression {
  const { span } = tree;
  const [x, second, third] = args;
  if (!x) return refuse("E100", span, `${tree.name} needs an argument.`);
  switch (tree.name) {
    case "log": return second ? logarithm(x, second, span) : call("log", [x], span);
    case "square": return call("power", [x, float(2)], span);
    case "cube": return call("power", [x, float(3)], span);
    case "root":
    case "nthRoot": return root(x, second, span, shared);
    case "relu":
    case "ReLU": return call("max", [float(0), x], span);
    case "erfc": return call("subtract", [one, call("erf", [x], span)], span);
    case "factorial": return factorial(x, span);
    // norm(x, 1) is of a kind; norm(x, y) is of numbers.
    case "norm": return second && (third || second.kind !== "constant") ? call("hypot", args, span) : call("abs", [x], span);
    case "heaviside": return select(call("greaterEqual", [x, float(0)]), one, float(0), span);
    case "binomial":
    case "combinations": return binomial(x, second ?? one, span);
    case "clamp":
    case "clip": return call("min", [call("max", [x, second ?? one], span), third ?? one], span);
    default: throw new Error(`No lowering for ${tree.name}`);
  }
}

function root(x: Expression, n: Expression | undefined, span: Span, shared: (value: Expression) => Expression): Expression {
  if (!n || (n.kind === "constant" && n.value === 2)) return call("sqrt", [x], span);
  if (n.kind === "constant" && n.value === 3) return call("cbrt", [x], span);
  const power = (base: Expression): Expression => call("power", [base, call("divide", [one, n], span)], span);
  if (n.kind !== "constant" || Math.abs(n.value % 2) !== 1) return power(x);
  // Odd roots of negative numbers are negative.
  const base = shared(x);
  return call("multiply", [call("sign", [base], span), power(call("abs", [base], span))], span);
}
