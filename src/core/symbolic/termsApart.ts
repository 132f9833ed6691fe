import type { Node } from "./node";

const apart = new WeakSet<Node>();

/** x² + y², where the user wrote e^(−x² − y²) and not e^(−(x² + y²)): canonically both are the same power. */
export function noteTermsApart(sum: Node): void {
  apart.add(sum);
}

export const areTermsApart = (sum: Node): boolean => apart.has(sum);
