export interface DifferenceSlope {
  readonly slope: number;
  /** How far off it may be: what is left between neighbouring step sizes, and the rounding of the values. */
  readonly error: number;
  /** The slope over a stretch, where the function moves though its slope here may be 0. */
  readonly reach: number;
  /** The slopes to either side differ, and go on doing so closer by; or the value itself jumps. */
  readonly isKink: boolean;
}

const LEVELS = 13;
const FIRST = 2 ** -8;
const EPSILON = 2 ** -52;

/**
 * The slope of `at` at 0 by central differences, each step a quarter of the one before and each pair extrapolated
 * (Richardson): down from steps that rounding cannot touch to steps that no curvature can, and the most trustworthy of them. It stops
 * as soon as one is as expected beyond doubt, after six values.
 */
export function slopeByDifferences(at: (h: number) => number, value: number, expected: number, tolerance: number): DifferenceSlope {
  const bends: { bend: number; noise: number }[] = [];
  let [best, previous, central, reach] = [{ slope: NaN, error: Infinity }, NaN, NaN, 0];
  for (let level = 0; level < LEVELS; level++) {
    const h = FIRST * 4 ** -level;
    const [after, before] = [at(h), at(-h)];
    const noise = (8 * EPSILON * Math.max(Math.abs(after), Math.abs(before), Math.abs(value))) / h;
    bends.push({ bend: Math.abs(after - value + (before - value)) / h, noise });
    const difference = (after - before) / (2 * h);
    const slope = (16 * difference - central) / 15;
    const error = Math.abs(slope - previous) + noise;
    if (level === 2) reach = Math.max(Math.abs(after - value), Math.abs(before - value)) / h || 0;
    if (error < best.error) best = { slope, error };
    [previous, central] = [slope, difference];
    if (level >= 2 && best.error <= tolerance && Math.abs(best.slope - expected) <= tolerance) break;
  }
  return { ...best, reach, isKink: isKink(bends, best.slope) };
}

/** (f(h) - 2f(0) + f(-h)) / h goes to 0 with h where f is smooth, and to the difference of the two slopes at a kink. */
function isKink(bends: readonly { bend: number; noise: number }[], slope: number): boolean {
  for (let k = bends.length - 1; k >= 4; k--) {
    const [far, near] = [bends[k - 3], bends[k]];
    if (!far || !near) return false;
    if (!Number.isFinite(near.bend)) return true;
    // Too close to tell from rounding; farther away it may be clear.
    if (near.bend < 8 * near.noise) continue;
    return near.bend > 0.3 * far.bend && near.bend > 1e-4 * Math.abs(slope);
  }
  return false;
}
