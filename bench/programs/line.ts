/** A line through points: two unknowns, however many rows. */
export function line(slope: number, intercept: number, xs: number[], ys: number[]): number {
  let total = 0;
  for (let i = 0; i < xs.length; i++) {
    const error = slope * xs[i] + intercept - ys[i];
    total += error * error;
  }
  return total / xs.length;
}
