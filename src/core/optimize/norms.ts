/** ‖v‖₂ over v[offset … offset + length). NaN or ∞ exactly where a component is: squares that overflow are scaled first. */
export function euclideanNorm(v: Float64Array, offset = 0, length = v.length): number {
  const end = offset + length;
  // Four sums: an addition takes four cycles, and none is to wait for the one before it.
  let sum = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let i = offset;
  for (; i + 3 < end; i += 4) {
    const a = v[i] ?? 0;
    const b = v[i + 1] ?? 0;
    const c = v[i + 2] ?? 0;
    const d = v[i + 3] ?? 0;
    sum += a * a;
    second += b * b;
    third += c * c;
    fourth += d * d;
  }
  for (; i < end; i++) {
    const vi = v[i] ?? 0;
    sum += vi * vi;
  }
  sum += second + third + fourth;
  if (sum < Infinity && sum > 1e-290) return Math.sqrt(sum);
  const largest = maximumNorm(v, offset, length);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let scaled = 0;
  for (let k = offset; k < end; k++) scaled += ((v[k] ?? 0) / largest) ** 2;
  return largest * Math.sqrt(scaled);
}

/** ‖v‖∞, NaN where a component is. */
export function maximumNorm(v: Float64Array, offset = 0, length = v.length): number {
  let largest = 0;
  for (let i = offset; i < offset + length; i++) {
    const size = Math.abs(v[i] ?? 0);
    if (size <= largest) continue;
    if (Number.isNaN(size)) return NaN;
    largest = size;
  }
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
