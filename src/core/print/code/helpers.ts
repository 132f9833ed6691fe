import type { CodeLanguage } from "./parameters";

/**
 * Functions that neither `Math` nor NumPy has, as text, printed below the code that calls them. The same algorithms as
 * `rules/numeric`, which a test holds them to.
 */
const helpers: Readonly<Record<string, string>> = {
  erf: `/** The error function. */
function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size >= 2.5) {
    let tail = size;
    for (let k = 60; k >= 1; k--) tail = size + k / 2 / tail;
    return Math.sign(x) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail));
  }
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}`,
  gamma: `/** The gamma function, after Lanczos. */
function gamma(x: number): number {
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const half = (x + 4.2421875) ** ((x - 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * half * Math.exp(-(x + 4.2421875)) * half * lanczos(x - 1);
}`,
  lgamma: `/** log |Γ(x)|. */
function lgamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(x + 4.2421875) - (x + 4.2421875) + Math.log(lanczos(x - 1));
}`,
  lanczos: `function lanczos(x: number): number {
  const coefficients = [
    57.156235665862923517, -59.597960355475491248, 14.136097974741747174, -0.49191381609762019978, 0.33994649984811888699e-4,
    0.46523628927048575665e-4, -0.98374475304879564677e-4, 0.15808870322491248884e-3, -0.2102644417241048832e-3,
    0.2174396181152126432e-3, -0.16431810653676389022e-3, 0.84418223983852743293e-4, -0.2619083840158140867e-4, 0.36899182659531622704e-5,
  ];
  return coefficients.reduce((sum, c, k) => sum + c / (x + k + 1), 0.99999999999999709182);
}`,
  digamma: `/** ψ(x), the derivative of log Γ. */
function digamma(x: number): number {
  if (x < 0) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let sum = 0;
  for (; x < 12; x++) sum -= 1 / x;
  const r = 1 / (x * x);
  return sum + Math.log(x) - 0.5 / x - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * (691 / 32760 - r / 12))))));
}`,
  trigamma: `/** ψ′(x), the second derivative of log Γ. */
function trigamma(x: number): number {
  if (x < 0) return (Math.PI / Math.sin(Math.PI * x)) ** 2 - trigamma(1 - x);
  let sum = 0;
  for (; x < 12; x++) sum += 1 / (x * x);
  const r = 1 / (x * x);
  return sum + 1 / x + r / 2 + (r * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - r * (691 / 2730 - (r * 7) / 6))))))) / x;
}`,
};

/** The helpers that a piece of code calls, and those that they call. */
export function helpersFor(code: string, language: CodeLanguage): string[] {
  if (language === "python") return [];
  const found: string[] = [];
  const look = (text: string): void => {
    for (const [name, helper] of Object.entries(helpers)) {
      if (found.includes(name) || !new RegExp(`(?<![\\w.$])${name}\\(`).test(text)) continue;
      found.push(name);
      look(helper.slice(helper.indexOf("{")));
    }
  };
  look(code);
  return found.map((name) => (language === "javascript" ? (helpers[name] ?? "").replace(/: number/g, "") : helpers[name] ?? ""));
}

/** What Python code has to import. */
export function importsFor(code: string): string[] {
  return [...(/\bmath\./.test(code) ? ["import math"] : []), ...(/\bnp\./.test(code) ? ["import numpy as np"] : []), ...(/\bscipy\.special\./.test(code) ? ["import scipy.special"] : [])];
}
