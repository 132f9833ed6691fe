/** A sigmoid layer, a softmax layer, and the cross-entropy of a batch. */
export function network(W1: number[][], b1: number[], W2: number[][], b2: number[], X: number[][], Y: number[]): number {
  let total = 0;
  for (let n = 0; n < X.length; n++) {
    const h: number[] = [];
    for (let j = 0; j < b1.length; j++) {
      let s = b1[j];
      for (let i = 0; i < X[n].length; i++) s += W1[j][i] * X[n][i];
      h.push(1 / (1 + Math.exp(-s)));
    }
    const z: number[] = [];
    let m = -Infinity;
    for (let k = 0; k < b2.length; k++) {
      let s = b2[k];
      for (let j = 0; j < h.length; j++) s += W2[k][j] * h[j];
      z.push(s);
      if (s > m) m = s;
    }
    let se = 0;
    for (let k = 0; k < z.length; k++) se += Math.exp(z[k] - m);
    total += Math.log(se) + m - z[Y[n]];
  }
  return total / X.length;
}
