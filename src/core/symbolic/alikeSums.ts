import type { ArrayVariable, Local } from "../ir/types";
import { type Affine, affineIndex, affineKey, put } from "./affine";
import type { Algebra } from "./algebra";
import type { Sum } from "./meaning";
import { childrenOf, type Node } from "./node";
import type { SumNodes } from "./sumNodes";

/** Sums over one range among which the same one is looked for. */
const mostAlike = 24;

/** The same sum by another index, where there has been one: Σᵢ (xᵢ − x₀) is −Σⱼ (x₀ − xⱼ). */
export class AlikeSums {
  private readonly byRange = new Map<string, { readonly sum: Sum; readonly node: Node }[]>();

  constructor(private readonly algebra: Algebra, private readonly nodes: Pick<SumNodes, "meaningOf" | "mentions">) {}

  /** The one there has been; else what `make` makes of it, to be found by those that come after. */
  of(sum: Sum, make: () => Node): Node {
    const range = `${sum.operator}${affineKey(sum.from)}:${affineKey(sum.to)}:${(sum.except ?? []).map(affineKey).sort().join(":")}`;
    const others = this.byRange.get(range) ?? [];
    this.byRange.set(range, others);
    for (const { sum: { index, body }, node } of others) {
      if (index.name !== sum.index.name && this.nodes.mentions(sum.body, index.name)) continue;
      if (this.isAlike(sum.body, body, sum.index, index)) return node;
      if (sum.operator !== "sum" || sum.body.kind !== "sum" || body.kind !== "sum") continue;
      const turned = sum.body.terms.map((term) => this.algebra.negate(term));
      if (this.areAlike(turned, body.terms, (a, b) => this.isAlike(a, b, sum.index, index))) return this.algebra.negate(node);
    }
    const node = make();
    if (others.length < mostAlike) others.push({ sum, node });
    return node;
  }

  /** Is it the same with one index for the other? Looked at without making anything: what is made counts as part of the formula. */
  private isAlike(a: Node, b: Node, index: Local, other: Local): boolean {
    if (!this.nodes.mentions(a, index.name)) return a === b;
    const [mine, theirs] = [this.nodes.meaningOf(a), this.nodes.meaningOf(b)];
    if (mine?.kind === "index" && theirs?.kind === "index") return mine.local.name === index.name && theirs.local.name === other.name;
    if (mine?.kind === "element" && theirs?.kind === "element") {
      const values = new Map([[index.name, affineIndex(other)]]);
      const isAt = (places: readonly Affine[]): boolean => mine.at.every((at, d) => affineKey(put(at, values)) === affineKey(places[d] ?? at));
      // Of a symmetric matrix, S₀ⱼ is Sⱼ₀: x′Sx has the slope 2 Σ S₀ⱼ xⱼ.
      return mine.array === theirs.array && (isAt(theirs.at) || (isSymmetric(mine.array) && isAt([...theirs.at].reverse())));
    }
    if (mine || theirs || a.kind !== b.kind || (a.kind === "apply" && b.kind === "apply" && a.primitive !== b.primitive)) return false;
    const same = (one: Node, another: Node): boolean => this.isAlike(one, another, index, other);
    const [parts, others] = [childrenOf(a), childrenOf(b)];
    if (a.kind === "sum" || a.kind === "product") return this.areAlike(parts, others, same);
    return parts.length === others.length && parts.every((part, k) => same(part, others[k] ?? part));
  }

  private areAlike(parts: readonly Node[], others: readonly Node[], same: (a: Node, b: Node) => boolean): boolean {
    return parts.length === others.length && parts.every((part) => others.some((another) => same(part, another)));
  }
}

const symmetric = new WeakMap<ArrayVariable, boolean>();

function isSymmetric(array: ArrayVariable): boolean {
  const known = symmetric.get(array);
  if (known !== undefined) return known;
  const { role, shape: [size = 0, width] } = array;
  const answer = role.kind === "data" && width === size && role.values.every((value, k) => value === role.values[(k % size) * size + Math.floor(k / size)]);
  symmetric.set(array, answer);
  return answer;
}
