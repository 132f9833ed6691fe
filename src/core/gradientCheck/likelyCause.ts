/** Both gradients at one point, in coordinate order; NaN in `theirs` where the derivative says nothing of a coordinate. */
export interface Sample {
  readonly x: Float64Array;
  readonly ours: Float64Array;
  readonly theirs: Float64Array;
}

/** A number of things that the function sums or averages over, by what it is called. */
export interface Count {
  readonly n: number;
  readonly what: string;
}

const closely = 1e-6;

/** What the wrong coordinates have in common, in a sentence; undefined where nothing can be told. */
export function likelyCause(samples: readonly Sample[], wrong: readonly number[], coordinates: readonly string[], counts: readonly Count[]): string | undefined {
  return factor(samples, wrong, counts, subject(wrong, coordinates)) ?? swapped(samples, wrong, coordinates) ?? shifted(samples, wrong, coordinates) ?? offset(samples, wrong, coordinates);
}

function subject(wrong: readonly number[], coordinates: readonly string[]): { it: string; its: string } {
  if (wrong.length > 1 && wrong.length === coordinates.length) return { it: "every partial derivative", its: "All signs are" };
  return { it: wrong.length === 1 ? "it" : "each of the wrong ones", its: wrong.length === 1 ? "Its sign is" : "Their signs are" };
}

function factor(samples: readonly Sample[], wrong: readonly number[], counts: readonly Count[], { it, its }: { it: string; its: string }): string | undefined {
  const ratio = constant(samples.flatMap(({ ours, theirs }) => wrong.map((i) => [ours[i] ?? NaN, theirs[i] ?? NaN] as const)));
  if (ratio === undefined) return undefined;
  const is = (value: number): boolean => Math.abs(ratio - value) <= closely * Math.max(1, Math.abs(value));
  if (is(0)) return `It is 0 everywhere, as if the function did not depend on ${wrong.length === 1 ? "this coordinate" : "these coordinates"}.`;
  if (is(-1)) return `${its} flipped.`;
  if (is(2)) return `A factor of 2 too much: ${it} is twice what it should be.`;
  if (is(0.5)) return `A factor of 2 is missing, as from the derivative of a square: ${it} is half of what it should be.`;
  for (const { n, what } of counts) {
    if (is(n)) return `The 1/${n} of the mean over ${what} is missing: ${it} is ${n} times what it should be.`;
    if (is(1 / n)) return `Divided by ${n}, the length of ${what}, once too often: ${it} is 1/${n} of what it should be.`;
    if (is(n / 2)) return `The factor 2/${n} is missing: a 2 from the square, and the 1/${n} of the mean over ${what}.`;
    if (is(2 * n)) return `A factor of 2 too much, and the 1/${n} of the mean over ${what} is missing.`;
    if (is(1 / (2 * n))) return `A factor of 2 is missing, and it is divided by ${n}, the length of ${what}, once too often.`;
    if (is(-n) || is(-1 / n)) return `${its} flipped, and the 1/${n} of the mean over ${what} is ${is(-n) ? "missing" : "there once too often"}.`;
  }
  if (is(-2) || is(-0.5)) return `${its} flipped, and a factor of 2 is ${is(-2) ? "too much" : "missing"}.`;
  return `At every point ${it} is ${short(ratio)} times what it should be.`;
}

/** The one ratio that all pairs have, if they have one. */
function constant(pairs: readonly (readonly [number, number])[]): number | undefined {
  const telling = pairs.filter(([ours]) => Math.abs(ours) > 1e-9);
  const [first] = telling;
  if (!first || telling.length < 2) return undefined;
  const ratio = first[1] / first[0];
  const same = telling.every(([ours, theirs]) => Math.abs(theirs - ratio * ours) <= closely * Math.max(Math.abs(theirs), Math.abs(ours) * Math.max(1, Math.abs(ratio))));
  return same && Number.isFinite(ratio) ? ratio : undefined;
}

function swapped(samples: readonly Sample[], wrong: readonly number[], coordinates: readonly string[]): string | undefined {
  if (wrong.length < 2) return undefined;
  for (const i of wrong) {
    for (const j of wrong) {
      if (j <= i) continue;
      const crossed = samples.every(({ ours, theirs }) => near(ours[i], theirs[j]) && near(ours[j], theirs[i]));
      if (crossed) return `The derivatives by ${coordinates[i] ?? ""} and by ${coordinates[j] ?? ""} have changed places.`;
    }
  }
  return undefined;
}

/** Each element holds what belongs to its neighbour: an index is off by one. Or all are there, in another order. */
function shifted(samples: readonly Sample[], wrong: readonly number[], coordinates: readonly string[]): string | undefined {
  if (wrong.length < 2) return undefined;
  for (const by of [1, -1]) {
    const along = wrong.filter((i) => wrong.includes(i + by) || (i + by >= 0 && i + by < coordinates.length));
    const isMoved = along.length >= Math.max(2, wrong.length - 1) && samples.every(({ ours, theirs }) => along.every((i) => near(ours[i + by], theirs[i])));
    const [i] = along;
    if (isMoved && i !== undefined) return `An index is off by one: the derivative by ${coordinates[i] ?? ""} is that by ${coordinates[i + by] ?? ""}, and so on.`;
  }
  const sorted = (values: Float64Array): number[] => wrong.map((i) => values[i] ?? NaN).sort((a, b) => a - b);
  const isReordered = samples.every(({ ours, theirs }) => {
    const mine = sorted(ours);
    return sorted(theirs).every((value, k) => near(mine[k], value));
  });
  return isReordered ? `The derivatives by ${wrong.map((i) => coordinates[i] ?? "").join(", ")} are all there, in another order.` : undefined;
}

const near = (a = NaN, b = NaN): boolean => Math.abs(a - b) <= closely * Math.max(1, Math.abs(a));

/** A term that is the same everywhere, or runs with the coordinate as a penalty's does. */
function offset(samples: readonly Sample[], wrong: readonly number[], coordinates: readonly string[]): string | undefined {
  const [i] = wrong;
  if (i === undefined || samples.length < 3) return undefined;
  const differences = samples.map(({ ours, theirs }) => (theirs[i] ?? NaN) - (ours[i] ?? NaN));
  const [first = NaN] = differences;
  if (differences.every((difference) => near(first, difference)) && Math.abs(first) > closely) {
    return first < 0 ? `A term of ${short(-first)} is missing.` : `There is a term of ${short(first)} too much.`;
  }
  const slopes = samples.map(({ x }, k) => (differences[k] ?? NaN) / (x[i] ?? NaN));
  const [slope = NaN] = slopes;
  if (slopes.every((other) => Math.abs(other - slope) <= closely * Math.max(1e-3, Math.abs(slope))) && Math.abs(slope) > closely) {
    const term = `${short(Math.abs(slope))} · ${coordinates[i] ?? ""}`;
    return slope < 0 ? `The term ${term} is missing, as from a penalty on ${coordinates[i] ?? ""}.` : `The term ${term} is there once too often.`;
  }
  return undefined;
}

export const short = (value: number): string => String(Number(value.toPrecision(6)));
