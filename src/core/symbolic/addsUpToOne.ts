import { flatIndex } from "../ir/shape";
import { affineIndex, affineNumber, indexNames, isNumber, looksUp, put } from "./affine";
import type { Element, Sum } from "./meaning";
import type { Sums } from "./sums";

/** Rows of data that are looked at to see whether each adds up to 1. */
const mostRows = 1000;

/** Shares of a whole, like the places of a one in zeros, or probabilities: data that add up to 1. */
export function addsUpToOne(element: Element, { index, from, to }: Pick<Sum, "index" | "from" | "to">, sums: Sums): boolean {
  const { array, at } = element;
  if (array.role.kind !== "data" || at.some(looksUp)) return false;
  const { values } = array.role;
  const others = [...new Set(at.flatMap(indexNames))].filter((name) => name !== index.name);
  const [other, another] = others;
  const [low, high] = other === undefined ? [0, 0] : sums.rangeOf(affineIndex({ kind: "local", name: other, type: "i32" })) ?? [0, mostRows];
  if (another !== undefined || high - low >= mostRows) return false;
  for (let row = low; row <= high; row++) {
    let total = 0;
    for (let k = from.constant; k < to.constant; k++) {
      const places = at.map((place) => put(place, new Map([[index.name, affineNumber(k)], ...(other === undefined ? [] : [[other, affineNumber(row)] as const])])));
      total += places.every(isNumber) ? values[flatIndex(array, places.map(({ constant }) => constant))] ?? NaN : NaN;
    }
    if (!(Math.abs(total - 1) < 1e-12)) return false;
  }
  return true;
}
