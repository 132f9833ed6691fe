/** Mean squared error of a linear model. */
export function leastSquares(w: number[], b: number, xs: number[][], ys: number[]): number {
  let total = 0;
  for (let i = 0; i < xs.length; i++) {
    let prediction = b;
    for (let j = 0; j < w.length; j++) prediction += w[j] * xs[i][j];
    const error = prediction - ys[i];
    total += error ** 2;
  }
  return total / xs.length;
}
