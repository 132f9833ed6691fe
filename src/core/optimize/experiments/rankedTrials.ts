import type { Trial } from "./trial";

/** Of the way from the start to the lowest value: what is nearer to it than that has come as far. */
export const asFar = 1e-6;

/**
 * The trials that did not leave, as indices, the best first. Those that came as far as any, by how soon: who has arrived
 * before who has not, then by iterations. The others by how far they came.
 */
export function rankedTrials(trials: readonly Trial[], maximize: boolean): number[] {
  const sign = maximize ? -1 : 1;
  const height = (k: number): number => sign * (trials[k]?.value ?? NaN);
  const stayed = trials.flatMap(({ outcome }, k) => (outcome === "diverged" || Number.isNaN(height(k)) ? [] : k));
  const lowest = stayed.reduce((least, k) => Math.min(least, height(k)), Infinity);
  const way = sign * (trials[0]?.startValue ?? NaN) - lowest;
  const isFar = (k: number): boolean => height(k) <= lowest + asFar * Math.max(way, 0);
  const arrived = (k: number): number => (trials[k]?.outcome === "converged" ? 0 : 1);
  const iterations = (k: number): number => trials[k]?.iterations ?? Infinity;
  return stayed.sort((a, b) => {
    if (isFar(a) !== isFar(b)) return isFar(a) ? -1 : 1;
    if (!isFar(a)) return height(a) - height(b) || a - b;
    return arrived(a) - arrived(b) || iterations(a) - iterations(b) || height(a) - height(b) || a - b;
  });
}
