/** Lanczos' approximation with Godfrey's coefficients (g = 607/128): about 1e-15. */
const G = 607 / 128;
const COEFFICIENTS = [
  57.156235665862923517, -59.597960355475491248, 14.136097974741747174, -0.49191381609762019978, 0.33994649984811888699e-4,
  0.46523628927048575665e-4, -0.98374475304879564677e-4, 0.15808870322491248884e-3, -0.2102644417241048832e-3,
  0.2174396181152126432e-3, -0.16431810653676389022e-3, 0.84418223983852743293e-4, -0.2619083840158140867e-4, 0.36899182659531622704e-5,
];

function lanczosSum(x: number): number {
  let sum = 0.99999999999999709182;
  for (const [k, coefficient] of COEFFICIENTS.entries()) sum += coefficient / (x + k + 1);
  return sum;
}

export function gamma(x: number): number {
  if (Number.isInteger(x) && x > 0 && x < 172) {
    let product = 1;
    for (let k = 2; k < x; k++) product *= k;
    return product;
  }
  if (Number.isInteger(x) && x <= 0) return x === 0 ? 1 / x : NaN;
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const base = x - 1;
  const t = base + G + 0.5;
  // In two halves, so that t^(x-½) does not overflow before e^-t has tamed it.
  const half = t ** ((base + 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * half * Math.exp(-t) * half * lanczosSum(base);
}

/** log |Γ(x)|. */
export function logGamma(x: number): number {
  if (Number.isInteger(x) && x <= 0) return Infinity;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  if (x > 20) return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + stirlingTail(x);
  const base = x - 1;
  const t = base + G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (base + 0.5) * Math.log(t) - t + Math.log(lanczosSum(base));
}

function stirlingTail(x: number): number {
  const r = 1 / (x * x);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / x;
}
