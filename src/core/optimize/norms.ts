/** ‖v‖₂ over v[offset … offset + length). NaN or ∞ exactly where a component is: squares that overflow are scaled first. */
export function euclideanNorm(v: Float64Array, offset = 0, length = v.length): number {
  let sum = 0;
  for (let i = offset; i < offset + length; i++) {
    const vi = v[i] ?? 0;
    sum += vi * vi;
  }
  if (sum < Infinity && sum > 1e-290) return Math.sqrt(sum);
  const largest = maximumNorm(v, offset, length);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let scaled = 0;
  for (let i = offset; i < offset + length; i++) scaled += ((v[i] ?? 0) / largest) ** 2;
  return largest * Math.sqrt(scaled);
}

/** ‖v‖∞, NaN where a component is. */
export function maximumNorm(v: Float64Array, offset = 0, length = v.length): number {
  let largest = 0;
  for (let i = offset; i < offset + length; i++) largest = Math.max(largest, Math.abs(v[i] ?? 0));
  return largest;
}

/** ‖a − b‖₂ of two rows of one matrix. */
export function rowDistance(rows: Float64Array, dimension: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < dimension; i++) {
    const difference = (rows[a * dimension + i] ?? 0) - (rows[b * dimension + i] ?? 0);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
