import type { MathTree } from "./tree";

export interface Binder {
  operator: "sum" | "prod";
  index: string;
  from: MathTree;
  to: MathTree;
  body: MathTree;
}

/** sum(i, 1, 4, body), or sum(body, i, 1, 4). */
export function binderOf(call: Extract<MathTree, { kind: "call" }>): Binder | undefined {
  if ((call.name !== "sum" && call.name !== "prod") || call.args.length !== 4) return undefined;
  const [first, second, third, fourth] = call.args;
  if (!first || !second || !third || !fourth) return undefined;
  // sum(y, 1, 4, z) counts with y; where both could, the one whose neighbours are numbers does.
  const countsSecond = second.kind === "name" && (first.kind !== "name" || (third.kind === "number" && fourth.kind === "number"));
  if (countsSecond) return { operator: call.name, index: second.name, from: third, to: fourth, body: first };
  if (first.kind === "name") return { operator: call.name, index: first.name, from: second, to: third, body: fourth };
  return undefined;
}
