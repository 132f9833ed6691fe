import { call } from "../ir/build";
import type { Expression } from "../ir/types";

/** seed · slope, with the slopes that need no multiplication spelt as people do. */
export function product(seed: Expression, slope: Expression): Expression {
  if (slope.kind === "constant") {
    if (slope.value === 0) return slope;
    if (slope.value === 1) return seed;
    if (slope.value === -1) return call("negate", [seed]);
  }
  if (slope.kind === "call") {
    const [first, second] = slope.args;
    if (slope.primitive === "negate" && first) return call("negate", [product(seed, first)]);
    if (slope.primitive === "divide" && first?.kind === "constant" && first.value === 1 && second) return call("divide", [seed, second]);
  }
  return call("multiply", [seed, slope]);
}
