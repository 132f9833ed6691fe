import type { Node } from "./node";
import { isNegative } from "./cost";

/** Pairs of neighbours that are looked at; programs of a thousand letters are printed in the order of their text. */
const mostPairs = 400;

/**
 * Where each letter stands among factors: as in the user's own products (k x of ½ k x²), else by first appearance in
 * the text. Undefined where no product of the user's says anything else than that.
 */
export function letterOrder(written: Iterable<Node>): ReadonlyMap<number, number> | undefined {
  const pairs: (readonly [number, number])[] = [];
  const weaker: (readonly [number, number])[] = [];
  for (const node of written) {
    if (node.kind !== "product") continue;
    let last: number | undefined;
    for (const factor of node.factors) {
      const letter = letterOf(factor);
      if (last !== undefined && letter !== undefined) pairs.push([last, letter]);
      // b before the x of b (y − x²)².
      else if (last !== undefined) for (const inside of lettersIn(factor)) weaker.push([last, inside]);
      last = letter ?? last;
    }
    if (pairs.length > mostPairs) return undefined;
  }
  const after = new Map<number, Set<number>>();
  const comesBefore = (from: number, to: number, seen = new Set<number>()): boolean => from === to || [...after.get(from) ?? []].some((next) => {
    if (seen.has(next)) return false;
    seen.add(next);
    return comesBefore(next, to, seen);
  });
  for (const [first, second] of [...pairs, ...weaker.slice(0, mostPairs)]) {
    // What was written first both ways, x y and y x, goes by the first of them.
    if (after.get(first)?.has(second) || comesBefore(second, first)) continue;
    after.set(first, (after.get(first) ?? new Set()).add(second));
  }
  return [...after].some(([first, others]) => [...others].some((second) => second < first)) ? sorted(after, 1 + Math.max(...[...after].flatMap(([first, others]) => [first, ...others]))) : undefined;
}

/** Each letter in the order of the text, put off until after those that go before it. */
function sorted(after: ReadonlyMap<number, ReadonlySet<number>>, count: number): ReadonlyMap<number, number> {
  const blocked = new Map<number, number>();
  for (const others of after.values()) for (const second of others) blocked.set(second, (blocked.get(second) ?? 0) + 1);
  const waiting = Array.from({ length: count }, (_, letter) => letter);
  const places = new Map<number, number>();
  while (waiting.length > 0) {
    const [letter] = waiting.splice(Math.max(0, waiting.findIndex((candidate) => !blocked.get(candidate))), 1);
    if (letter === undefined) break;
    places.set(letter, places.size);
    for (const second of after.get(letter) ?? []) blocked.set(second, (blocked.get(second) ?? 1) - 1);
  }
  return places;
}

/** A letter that stands above the fraction bar. */
function letterOf(factor: Node): number | undefined {
  if (factor.kind === "symbol") return factor.index;
  return factor.kind === "power" && factor.base.kind === "symbol" && !isNegative(factor.exponent) ? factor.base.index : undefined;
}

/** The letters that are terms of a sum, or of a power of one. */
function lettersIn(factor: Node): number[] {
  const base = factor.kind === "power" ? factor.base : factor;
  if (base.kind !== "sum") return [];
  return base.terms.flatMap((term) => {
    const [sign, only, more] = term.kind === "product" ? term.factors : [undefined, term];
    return more || (sign && sign.kind !== "number") || !only ? [] : letterOf(only) ?? [];
  });
}
