/**
 * Indices of the points worth drawing: the first, the last, and each that lies at least `distance` pixels from the one
 * kept before it. A run of a million steps has only so many pixels.
 */
export function thinned(count: number, toX: (index: number) => number, toY: (index: number) => number, distance: number): number[] {
  const kept: number[] = [];
  let lastX = Infinity;
  let lastY = Infinity;
  for (let index = 0; index < count; index++) {
    const x = toX(index);
    const y = toY(index);
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (index !== count - 1 && Math.abs(x - lastX) < distance && Math.abs(y - lastY) < distance) continue;
    kept.push(index);
    lastX = x;
    lastY = y;
  }
  return kept;
}
