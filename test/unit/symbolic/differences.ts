/**
 * The slope of a function at a point in one direction, from differences of its values alone: of sixth order after two
 * extrapolations. Undefined where two step sizes disagree: at kinks, at the edge of the domain, and in noise.
 */
export function slopeOf(f: (x: readonly number[]) => number, x: readonly number[], at: number): number | undefined {
  const size = Math.max(0.05, Math.abs(x[at] ?? 0));
  const estimates = [4e-3 * size, 1e-3 * size].map((h) => extrapolated(f, x, at, h));
  const [coarse, fine] = estimates;
  if (coarse === undefined || fine === undefined || !Number.isFinite(coarse) || !Number.isFinite(fine)) return undefined;
  return Math.abs(coarse - fine) <= 5e-7 * Math.max(1, Math.abs(fine)) ? fine : undefined;
}

function extrapolated(f: (x: readonly number[]) => number, x: readonly number[], at: number, h: number): number {
  const central = (step: number): number => (f(moved(x, at, step)) - f(moved(x, at, -step))) / (2 * step);
  const [a, b, c] = [central(h), central(h / 2), central(h / 4)];
  const [ab, bc] = [(4 * b - a) / 3, (4 * c - b) / 3];
  return (16 * bc - ab) / 15;
}

const moved = (x: readonly number[], at: number, by: number): number[] => x.map((entry, k) => (k === at ? entry + by : entry));
