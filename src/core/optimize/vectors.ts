export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** out = x + factor·v; `out` may be either. */
export function addScaled(x: Float64Array, factor: number, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < x.length; i++) out[i] = (x[i] ?? 0) + factor * (v[i] ?? 0);
}

export function negate(v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < v.length; i++) out[i] = -(v[i] ?? 0);
}

export function subtract(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0; i < a.length; i++) out[i] = (a[i] ?? 0) - (b[i] ?? 0);
}

/** ‖v‖₁ */
export function sumOfSizes(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += Math.abs(v[i] ?? 0);
  return sum;
}

/** out = A v, A row-major n × n. */
export function multiply(matrix: Float64Array, v: Float64Array, out: Float64Array): void {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] ?? 0) * (v[j] ?? 0);
    out[i] = sum;
  }
}
