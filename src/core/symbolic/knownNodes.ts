import type { Node, ProductNode, SumNode } from "./node";

type Unborn<T> = T extends Node ? Omit<T, "id"> : never;

/** Beyond this, looking each part up is slower than a set. */
const fewParts = 12;

/** The nodes that have been made: what is the same is one node. */
export class KnownNodes {
  private readonly made = new Map<string, Node>();
  /** Sums and products by a number that does not depend on the order of their parts. */
  private readonly chains = new Map<number, (SumNode | ProductNode)[]>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  of(key: string, unborn: Unborn<Node>): Node {
    const known = this.made.get(key);
    if (known) return known;
    const node: Node = { ...unborn, id: this.count++ };
    this.made.set(key, node);
    return node;
  }

  /** Parts are different from each other, so two chains of one length are equal if each part of one is in the other. */
  chain(kind: "sum" | "product", parts: readonly Node[]): Node {
    let hash = kind === "sum" ? parts.length : -parts.length;
    for (const { id } of parts) hash = (hash + Math.imul(id + 1, 0x9e3779b1) + Math.imul(id ^ (id >>> 7), 0x85ebca6b)) | 0;
    const bucket = this.chains.get(hash);
    const known = bucket?.find((node) => node.kind === kind && sameParts(node.kind === "sum" ? node.terms : node.factors, parts));
    if (known) return known;
    const id = this.count++;
    const node: SumNode | ProductNode = kind === "sum" ? { kind, terms: parts, id } : { kind, factors: parts, id };
    if (bucket) bucket.push(node);
    else this.chains.set(hash, [node]);
    return node;
  }
}

function sameParts(a: readonly Node[], b: readonly Node[]): boolean {
  if (a.length !== b.length) return false;
  if (a.length <= fewParts) return a.every((part) => b.includes(part));
  const known = new Set(b);
  return a.every((part) => known.has(part));
}
