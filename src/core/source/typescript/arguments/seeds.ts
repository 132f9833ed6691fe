/** Numbers that look drawn but are the same every time (mulberry32). Called with a path, gives that path its own number. */
export interface Seeded {
  (path: string): number;
  /** Uniform in [0, 1). */
  readonly next: () => number;
}

export function seededNumbers(name: string): Seeded {
  const next = generator(hash(name));
  const at = (path: string): number => {
    const draw = generator(hash(`${name} ${path}`))();
    // Modest and positive, since so many functions take a logarithm or a root; two decimals, since people read them.
    return Math.round((0.2 + 0.7 * draw) * 100) / 100;
  };
  return Object.assign(at, { next });
}

function hash(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
