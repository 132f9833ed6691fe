const mostSweeps = 50;

/** A = Q Λ Qᵀ. */
export interface Eigen {
  readonly values: Float64Array;
  /** Row-major, n × n; column k belongs to value k. */
  readonly vectors: Float64Array;
}

/**
 * All eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, §8.5): slower than
 * what large matrices want, and of full relative accuracy on badly scaled ones, which are the ones that matter here.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = Float64Array.from(matrix);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotated = rotate(a, vectors, n, p, q) || rotated;
    }
    if (!rotated) break;
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i] ?? NaN), vectors };
}

/** Makes a[p, q] zero; false where it is as good as zero already. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): boolean {
  const app = a[p * n + p] ?? 0;
  const aqq = a[q * n + q] ?? 0;
  const apq = a[p * n + q] ?? 0;
  if (!(Math.abs(apq) > Number.EPSILON * Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq)) && Math.abs(apq) > 1e-300)) return false;
  const theta = (aqq - app) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    if (k === p || k === q) continue;
    const akp = a[k * n + p] ?? 0;
    const akq = a[k * n + q] ?? 0;
    a[k * n + p] = a[p * n + k] = c * akp - s * akq;
    a[k * n + q] = a[q * n + k] = s * akp + c * akq;
  }
  a[p * n + p] = app - t * apq;
  a[q * n + q] = aqq + t * apq;
  a[p * n + q] = a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    const vkp = vectors[k * n + p] ?? 0;
    const vkq = vectors[k * n + q] ?? 0;
    vectors[k * n + p] = c * vkp - s * vkq;
    vectors[k * n + q] = s * vkp + c * vkq;
  }
  return true;
}
