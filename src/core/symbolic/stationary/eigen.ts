export interface Eigen {
  value: number;
  vector: readonly number[];
}

/** Of a symmetric matrix of one or two rows, row-major; ascending. Sums of squares are scaled, so nothing overflows early. */
export function eigenOf(matrix: ArrayLike<number>, dimension: number): Eigen[] {
  const a = matrix[0] ?? NaN;
  if (dimension === 1) return [{ value: a, vector: [1] }];
  const [b, d] = [((matrix[1] ?? NaN) + (matrix[2] ?? NaN)) / 2, matrix[3] ?? NaN];
  const [mean, half] = [a / 2 + d / 2, a / 2 - d / 2];
  const radius = Math.hypot(half, b);
  // The larger one in size is safe to add up; the other follows from the determinant, which keeps its digits.
  const large = mean >= 0 ? mean + radius : mean - radius;
  const small = large === 0 ? 0 : a * (d / large) - b * (b / large);
  // Of the larger half of the turn, so that neither component comes from a difference.
  const angle = 0.5 * Math.atan2(b, half);
  const [upper, lower] = mean >= 0 ? [large, small] : [small, large];
  return [
    { value: lower, vector: [-Math.sin(angle), Math.cos(angle)] },
    { value: upper, vector: [Math.cos(angle), Math.sin(angle)] },
  ];
}
