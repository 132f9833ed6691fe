/** The start, and points near it: far enough for a wrong term to show, near enough to stay where the function is defined. */
export function pointsAround(start: Float64Array, count: number, seed: number, size = 0.3): Float64Array[] {
  const random = mulberry32(seed);
  return Array.from({ length: count }, (_, k) => (k === 0 ? start.slice() : start.map((value) => value + size * (2 * random() - 1) * Math.max(size < 1e-3 ? 1 : 0.5, Math.abs(value)))));
}

function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
