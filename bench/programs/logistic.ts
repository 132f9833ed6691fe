/** Cross-entropy of a logistic regression: rows of features, labels 0 and 1. */
export function logistic(w: number[], b: number, xs: number[][], ys: number[]): number {
  let loss = 0;
  for (let i = 0; i < xs.length; i++) {
    let z = b;
    for (let j = 0; j < w.length; j++) z += w[j] * xs[i][j];
    const p = 1 / (1 + Math.exp(-z));
    loss -= ys[i] * Math.log(p) + (1 - ys[i]) * Math.log(1 - p);
  }
  return loss / xs.length;
}
