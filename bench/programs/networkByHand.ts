/** Value and gradient of `network` as one writes them: plain loops over flat arrays. */
export function networkByHand(args: [number[][], number[], number[][], number[], number[][], number[]]): () => number {
  const [W1, b1, W2, b2, X, Y] = args;
  const [H, C, N, I] = [b1.length, b2.length, X.length, X[0].length];
  const w1 = Float64Array.from(W1.flat()), w2 = Float64Array.from(W2.flat()), x = Float64Array.from(X.flat());
  const gw1 = new Float64Array(H * I), gb1 = new Float64Array(H), gw2 = new Float64Array(C * H), gb2 = new Float64Array(C);
  const h = new Float64Array(H), dh = new Float64Array(H), z = new Float64Array(C);
  return () => {
    for (const each of [gw1, gb1, gw2, gb2]) each.fill(0);
    let total = 0;
    for (let n = 0; n < N; n++) {
      for (let j = 0; j < H; j++) {
        let s = b1[j];
        for (let i = 0; i < I; i++) s += w1[j * I + i] * x[n * I + i];
        h[j] = 1 / (1 + Math.exp(-s));
        dh[j] = 0;
      }
      let m = -Infinity, se = 0;
      for (let k = 0; k < C; k++) {
        let s = b2[k];
        for (let j = 0; j < H; j++) s += w2[k * H + j] * h[j];
        z[k] = s;
        if (s > m) m = s;
      }
      for (let k = 0; k < C; k++) se += Math.exp(z[k] - m);
      total += Math.log(se) + m - z[Y[n]];
      for (let k = 0; k < C; k++) {
        const d = (Math.exp(z[k] - m) / se - (k === Y[n] ? 1 : 0)) / N;
        gb2[k] += d;
        for (let j = 0; j < H; j++) {
          gw2[k * H + j] += d * h[j];
          dh[j] += d * w2[k * H + j];
        }
      }
      for (let j = 0; j < H; j++) {
        const d = dh[j] * h[j] * (1 - h[j]);
        gb1[j] += d;
        for (let i = 0; i < I; i++) gw1[j * I + i] += d * x[n * I + i];
      }
    }
    return total / N;
  };
}
