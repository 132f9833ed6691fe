import { type Affine, indexNames } from "./affine";
import type { Meaning } from "./meaning";
import { childrenOf, type Node } from "./node";

/** Stands among the indices where a delta or its like is, which has no short form of its own. */
export const deltaName = "delta";

/** The indices that formulas leave open, looked for once. */
export class FreeIndices {
  private readonly known = new Map<Node, ReadonlySet<string>>();

  constructor(private readonly meaningOf: (node: Node) => Meaning | undefined) {}

  in(node: Node): ReadonlySet<string> {
    const known = this.known.get(node);
    if (known) return known;
    const free = new Set<string>();
    const add = (affine: Affine): void => { for (const name of [...indexNames(affine), ...affine.terms.keys()]) free.add(name); };
    const meaning = this.meaningOf(node);
    if (meaning?.kind === "index") free.add(meaning.local.name);
    else if (meaning?.kind === "element") meaning.at.forEach(add);
    else if (meaning?.kind === "chosen") add(meaning.of);
    else if (meaning?.kind === "delta" || meaning?.kind === "atLeast" || meaning?.kind === "differs") {
      free.add(deltaName);
      add(meaning.of);
    } else if (meaning?.kind === "sum") {
      for (const name of this.in(meaning.body)) if (name !== meaning.index.name) free.add(name);
      add(meaning.from);
      add(meaning.to);
      meaning.except?.forEach(add);
    }
    for (const child of childrenOf(node)) for (const name of this.in(child)) free.add(name);
    this.known.set(node, free);
    return free;
  }
}
