import { partsOf, type MathTree } from "./tree";

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

/** Is the index a number in the formula, too? */
export function standsAlone(body: MathTree, index: string): boolean {
  if (body.kind === "name") return body.name === index;
  return body.kind === "element" ? standsAlone(body.of, index) : partsOf(body).some((part) => standsAlone(part, index));
}

/** Does it count through the elements of vectors? */
export function indexesFromOne(body: MathTree, index: string): boolean {
  const mentions = (part: MathTree): boolean => (part.kind === "name" && part.name === index) || partsOf(part).some(mentions);
  if (body.kind === "element" && !body.fromZero && body.indices.some(mentions)) return true;
  return partsOf(body).some((part) => indexesFromOne(part, index));
}
