import { call, type Written } from "../print/written";

/** Σ at the end of its product, and what it is divided by before it: (2/n) Σ. */
export function arranged(written: Extract<Written, { kind: "call" }>): Written {
  const [a, b] = written.args;
  if (written.primitive === "divide" && a && b && !isOrHasSum(b)) {
    if (a.kind === "call" && a.primitive === "negate" && a.args[0] && endsInSum(a.args[0])) return call("negate", [arranged(call("divide", [a.args[0], b]))]);
    if (a.kind === "sum") return call("multiply", [call("divide", [{ kind: "number", text: "1" }, b]), a]);
    if (a.kind === "call" && a.primitive === "multiply" && a.args[0] && a.args[1]?.kind === "sum") return call("multiply", [call("divide", [a.args[0], b]), a.args[1]]);
  }
  if (written.primitive === "multiply" && a && b) {
    if (a.kind === "sum" && b.kind !== "sum") return call("multiply", [b, a]);
    if (a.kind === "call" && a.primitive === "multiply" && a.args[0] && a.args[1]?.kind === "sum" && b.kind !== "sum") return call("multiply", [arranged(call("multiply", [a.args[0], b])), a.args[1]]);
    if (b.kind === "call" && b.primitive === "multiply" && b.args[0] && b.args[1]?.kind === "sum") return call("multiply", [arranged(call("multiply", [a, b.args[0]])), b.args[1]]);
  }
  return written;
}

/** A fraction of sums is one fraction. */
const isOrHasSum = (written: Written): boolean => written.kind === "sum" || (written.kind === "call" && /^(?:multiply|power)$/.test(written.primitive) && written.args.some(isOrHasSum));
const endsInSum = (written: Written): boolean => written.kind === "sum" || (written.kind === "call" && written.primitive === "multiply" && written.args[1]?.kind === "sum");
