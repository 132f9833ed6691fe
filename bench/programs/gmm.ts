/** Stirling's series, from 8 on; below, by recurrence. */
function logGamma(x: number): number {
  let shift = 0;
  while (x < 8) {
    shift += Math.log(x);
    x += 1;
  }
  const y = 1 / (x * x);
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

function logGammaDistribution(a: number, p: number): number {
  let out = 0.25 * p * (p - 1) * Math.log(Math.PI);
  for (let j = 1; j <= p; j++) out += logGamma(a + 0.5 * (1 - j));
  return out;
}

function logSumExp(v: number[]): number {
  let m = v[0];
  for (let i = 1; i < v.length; i++) if (v[i] > m) m = v[i];
  let s = 0;
  for (let i = 0; i < v.length; i++) s += Math.exp(v[i] - m);
  return m + Math.log(s);
}

/**
 * The log-posterior of a mixture of Gaussians with a Wishart prior (ADBench's GMM). A component has a weight alpha, a mean mu
 * and the inverse square root of a covariance: exp(q) on the diagonal, l below it, column by column.
 */
export function gmm(alpha: number[], mu: number[][], q: number[][], l: number[][], x: number[][], gamma: number, m: number): number {
  const n = x.length, k = alpha.length, d = mu[0].length;
  const sumQ: number[] = new Array(k).fill(0);
  const expQ: number[][] = [];
  for (let c = 0; c < k; c++) {
    const row: number[] = [];
    for (let j = 0; j < d; j++) {
      sumQ[c] += q[c][j];
      row.push(Math.exp(q[c][j]));
    }
    expQ.push(row);
  }
  let likelihood = 0;
  const main: number[] = new Array(k).fill(0);
  const xc: number[] = new Array(d).fill(0);
  const qx: number[] = new Array(d).fill(0);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      for (let j = 0; j < d; j++) xc[j] = x[i][j] - mu[c][j];
      for (let j = 0; j < d; j++) qx[j] = expQ[c][j] * xc[j];
      let t = 0;
      for (let a = 0; a < d; a++) {
        for (let b = a + 1; b < d; b++) {
          qx[b] += l[c][t] * xc[a];
          t++;
        }
      }
      let square = 0;
      for (let j = 0; j < d; j++) square += qx[j] * qx[j];
      main[c] = alpha[c] + sumQ[c] - 0.5 * square;
    }
    likelihood += logSumExp(main);
  }
  const freedom = d + m + 1;
  const constant = freedom * d * (Math.log(gamma) - 0.5 * Math.log(2)) - logGammaDistribution(0.5 * freedom, d);
  let prior = 0;
  for (let c = 0; c < k; c++) {
    let norm = 0;
    for (let j = 0; j < d; j++) norm += expQ[c][j] * expQ[c][j];
    for (let t = 0; t < l[c].length; t++) norm += l[c][t] * l[c][t];
    prior += -0.5 * gamma * gamma * norm + m * sumQ[c];
  }
  return -n * d * 0.5 * Math.log(2 * Math.PI) + likelihood - n * logSumExp(alpha) + prior + k * constant;
}
