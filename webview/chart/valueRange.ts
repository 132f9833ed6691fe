/** An interval that shows the finite values with some air; never empty. */
export function valueRange(values: ArrayLike<number>, air = 0.06): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [-1, 1];
  const span = high - low;
  if (span <= 1e-12 * Math.max(Math.abs(low), Math.abs(high), 1e-300)) {
    const half = Math.abs(low) > 0 ? Math.abs(low) * 0.5 : 1;
    return [low - half, high + half];
  }
  return [low - air * span, high + air * span];
}

/** The same without the far tails: a pole must not flatten the rest of a curve. What `keep` holds is shown in any case. */
export function robustRange(values: Float64Array, keep: readonly number[] = []): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value)).sort();
  if (finite.length < 20) return valueRange([...finite, ...keep]);
  const quantile = (share: number): number => finite[Math.round(share * (finite.length - 1))] ?? 0;
  const [low, high] = [quantile(0.05), quantile(0.95)];
  const core = high - low;
  const [lowest, highest] = [finite[0] ?? low, finite[finite.length - 1] ?? high];
  return valueRange([Math.max(lowest, low - 1.5 * core), Math.min(highest, high + 1.5 * core), ...keep]);
}

/** A log axis where all values are positive and their range is wide: the end of a descent is in its small values. */
export function wantsLog(values: Float64Array): boolean {
  let low = Infinity;
  let high = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value <= 0) return false;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high / low > 100;
}
