import type { LaneNode } from "./node";

/** How many times the value of each node is asked for. */
export function usesOf(roots: readonly LaneNode[]): ReadonlyMap<LaneNode, number> {
  const uses = new Map<LaneNode, number>();
  const visit = (node: LaneNode): void => {
    const known = uses.get(node) ?? 0;
    uses.set(node, known + 1);
    if (known === 0) node.args.forEach(visit);
  };
  roots.forEach(visit);
  return uses;
}
