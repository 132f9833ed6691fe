/** What a matrix is raised by at least, relative to its size, once it has to be: β of Nocedal and Wright, algorithm 3.3. */
const leastShift = 1e-3;

/**
 * The Cholesky factor L of A + τI, with the smallest τ of a growing series that makes it positive definite; returns τ,
 * which is 0 where A is positive definite itself. Row-major; of `factor`, only the lower triangle is meant.
 */
export function shiftedCholesky(matrix: Float64Array, n: number, factor: Float64Array): number {
  let size = 0;
  for (let k = 0; k < n * n; k++) size += (matrix[k] ?? 0) ** 2;
  size = Math.sqrt(size) || 1;
  let lowest = Infinity;
  for (let i = 0; i < n; i++) lowest = Math.min(lowest, matrix[i * n + i] ?? 0);
  let shift = lowest > 0 ? 0 : leastShift * size - lowest;
  while (!cholesky(matrix, n, shift, factor)) {
    if (!(shift < Infinity)) return NaN;
    shift = Math.max(2 * shift, leastShift * size, Number.MIN_VALUE);
  }
  return shift;
}

/** Whether A + shift·I is positive definite beyond rounding; `factor` is its L then. */
function cholesky(matrix: Float64Array, n: number, shift: number, factor: Float64Array): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] ?? 0;
      if (i === j) sum += shift;
      const whole = sum;
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] ?? 0) * (factor[j * n + k] ?? 0);
      if (i === j) {
        if (!(sum > Number.EPSILON * n * Math.abs(whole))) return false;
        factor[i * n + i] = Math.sqrt(sum);
      } else {
        factor[i * n + j] = sum / (factor[j * n + j] ?? NaN);
      }
    }
  }
  return true;
}

/** out = (L Lᵀ)⁻¹ v; `out` may be `v`. */
export function solveCholesky(factor: Float64Array, n: number, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = v[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (factor[i * n + k] ?? 0) * (out[k] ?? 0);
    out[i] = sum / (factor[i * n + i] ?? NaN);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = out[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= (factor[k * n + i] ?? 0) * (out[k] ?? 0);
    out[i] = sum / (factor[i * n + i] ?? NaN);
  }
}
