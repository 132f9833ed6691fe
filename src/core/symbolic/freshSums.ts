import { childrenOf, type Node } from "./node";

/** Sums that were made while tidying and have no order of the user's to keep: they are put in order of degree. */
export class FreshSums {
  private readonly fresh = new Set<Node>();
  private readonly settled = new Set<Node>();

  get size(): number {
    return this.fresh.size;
  }

  has(node: Node): boolean {
    return this.fresh.has(node);
  }

  /** What has been shown keeps the order in which it was shown. */
  add(sum: Node): void {
    if (!this.settled.has(sum)) this.fresh.add(sum);
  }

  /** A node that was made, with the sums that stand in it at first sight. */
  addPartsOf(node: Node): void {
    const parts = childrenOf(node);
    for (const part of [node, ...parts, ...parts.flatMap((inner) => (inner.kind === "product" ? inner.factors : []))]) if (part.kind === "sum") this.add(part);
  }

  /** A sum with all its signs turned is as fresh as it was before. */
  turned(from: Node, to: Node): void {
    if (this.has(from)) this.add(to);
  }

  /** From now on the sums of this node keep the order that they have. */
  settle(node: Node): void {
    if (this.settled.has(node)) return;
    this.settled.add(node);
    childrenOf(node).forEach((child) => this.settle(child));
  }
}
