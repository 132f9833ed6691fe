/** What mathjs does with numbers, vectors and matrices of them: read like any module of the user's. */
export const mathjs = `
import * as math from "mathjs";
const mapped = (f) => { const each = (a) => (Array.isArray(a) ? a.map((v) => each(v)) : f(a)); return each; };
const paired = (f) => {
  const each = (a, b) => {
    if (Array.isArray(a)) return Array.isArray(b) ? a.map((v, i) => each(v, b[i])) : a.map((v) => each(v, b));
    return Array.isArray(b) ? b.map((v) => each(a, v)) : f(a, b);
  };
  return each;
};
const all_ = (args) => (args.length === 1 && Array.isArray(args[0]) ? args[0].flat(Infinity) : args);
const total = (list) => { let s = 0; for (let i = 0; i < list.length; i++) s += Array.isArray(list[i]) ? total(list[i]) : list[i]; return s; };
const folded = (f) => (a, b, ...more) => more.reduce((left, right) => f(left, right), f(a, b));
const filled = (value, sizes) => {
  if (Array.isArray(sizes[0])) return filled(value, sizes[0]);
  return sizes.length > 1 ? Array.from({ length: sizes[0] }, () => filled(value, sizes.slice(1))) : new Array(sizes[0]).fill(value);
};
const product = (a, b) => {
  if (!Array.isArray(a) || !Array.isArray(b)) return times(a, b);
  if (!Array.isArray(a[0])) return Array.isArray(b[0]) ? b[0].map((_, j) => { let s = 0; for (let i = 0; i < a.length; i++) s += a[i] * b[i][j]; return s; }) : dot(a, b);
  if (!Array.isArray(b[0])) return a.map((row) => dot(row, b));
  return a.map((row) => b[0].map((_, j) => { let s = 0; for (let k = 0; k < row.length; k++) s += row[k] * b[k][j]; return s; }));
};
const times = paired((a, b) => a * b);
const spread = (list, normalization) => {
  const m = total(list) / list.length;
  let s = 0;
  for (let i = 0; i < list.length; i++) s += (list[i] - m) * (list[i] - m);
  return s / (normalization === "uncorrected" ? list.length : normalization === "biased" ? list.length + 1 : list.length - 1);
};

export const pi = Math.PI, e = Math.E, tau = 2 * Math.PI, phi = (1 + Math.sqrt(5)) / 2, LN2 = Math.LN2, LN10 = Math.LN10, SQRT2 = Math.SQRT2;
export const PI = Math.PI, E = Math.E;
export const all = {};
export const create = () => math;

export const add = folded(paired((a, b) => a + b));
export const subtract = paired((a, b) => a - b);
export const multiply = folded(product);
export const divide = paired((a, b) => a / b);
export const dotMultiply = times;
export const dotDivide = paired((a, b) => a / b);
export const dotPow = paired((a, b) => a ** b);
export const pow = (a, b) => a ** b;
export const mod = paired((a, b) => a - b * Math.floor(a / b));
export const unaryMinus = mapped((a) => -a);
export const unaryPlus = (a) => a;
export const square = (a) => (Array.isArray(a) ? product(a, a) : a * a);
export const cube = (a) => a * a * a;
export const abs = mapped((a) => Math.abs(a));
export const sign = mapped((a) => Math.sign(a));
export const sqrt = mapped((a) => Math.sqrt(a));
export const cbrt = mapped((a) => Math.cbrt(a));
export const exp = mapped((a) => Math.exp(a));
export const expm1 = mapped((a) => Math.expm1(a));
export const log = (a, base) => (base === undefined ? mapped((v) => Math.log(v))(a) : Math.log(a) / Math.log(base));
export const log2 = mapped((a) => Math.log2(a));
export const log10 = mapped((a) => Math.log10(a));
export const log1p = mapped((a) => Math.log1p(a));
export const sin = mapped((a) => Math.sin(a));
export const cos = mapped((a) => Math.cos(a));
export const tan = mapped((a) => Math.tan(a));
export const asin = mapped((a) => Math.asin(a));
export const acos = mapped((a) => Math.acos(a));
export const atan = mapped((a) => Math.atan(a));
export const sinh = mapped((a) => Math.sinh(a));
export const cosh = mapped((a) => Math.cosh(a));
export const tanh = mapped((a) => Math.tanh(a));
export const asinh = mapped((a) => Math.asinh(a));
export const acosh = mapped((a) => Math.acosh(a));
export const atanh = mapped((a) => Math.atanh(a));
export const floor = mapped((a) => Math.floor(a));
export const ceil = mapped((a) => Math.ceil(a));
export const fix = mapped((a) => Math.trunc(a));
export const atan2 = (y, x) => Math.atan2(y, x);
export const hypot = (...args) => Math.hypot(...all_(args));

export const sum = (...args) => total(args.length === 1 && Array.isArray(args[0]) ? args[0] : args);
export const mean = (...args) => { const list = all_(args); return total(list) / list.length; };
export const prod = (...args) => all_(args).reduce((p, v) => p * v);
export const max = (...args) => Math.max(...all_(args));
export const min = (...args) => Math.min(...all_(args));
export const variance = (list, normalization) => spread(list.flat(Infinity), normalization);
export const std = (list, normalization) => Math.sqrt(spread(list.flat(Infinity), normalization));

export const dot = (a, b) => { let s = 0; for (let i = 0; i < a.length; i++) s += a[i] * b[i]; return s; };
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const norm = (a, p) => {
  if (!Array.isArray(a)) return Math.abs(a);
  const list = a.flat(Infinity);
  if (p === 1) return total(list.map((v) => Math.abs(v)));
  if (p === Infinity || p === "inf") return Math.max(...list.map((v) => Math.abs(v)));
  if (typeof p === "number" && p !== 2) return total(list.map((v) => Math.abs(v) ** p)) ** (1 / p);
  return Math.sqrt(total(list.map((v) => v * v)));
};
export const distance = (a, b) => norm(a.map((v, i) => v - b[i]));
export const transpose = (a) => (Array.isArray(a[0]) ? a[0].map((_, j) => a.map((row) => row[j])) : a);
export const trace = (a) => { let s = 0; for (let i = 0; i < a.length; i++) s += a[i][i]; return s; };
export const diag = (a) => (Array.isArray(a[0]) ? a.map((row, i) => row[i]) : a.map((v, i) => a.map((_, j) => (i === j ? v : 0))));
export const identity = (n) => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
export const zeros = (...sizes) => filled(0, sizes);
export const ones = (...sizes) => filled(1, sizes);
export const size = (a) => (Array.isArray(a) ? [a.length, ...size(a[0])] : []);
export const range = (from, to, step) => Array.from({ length: Math.ceil((to - from) / (typeof step === "number" ? step : 1)) }, (_, i) => from + i * (typeof step === "number" ? step : 1));
export const flatten = (a) => a.flat(Infinity);
export const concat = (...lists) => lists[0].concat(...lists.slice(1));
export const row = (a, i) => [a[i]];
export const column = (a, j) => a.map((each) => [each[j]]);
export const squeeze = (a) => (Array.isArray(a) && a.length === 1 ? squeeze(a[0]) : a);
export const map = (a, f) => a.map((v, i) => (Array.isArray(v) ? map(v, f) : f(v, i)));
export const forEach = (a, f) => { a.forEach((v, i) => { f(v, i); }); };
export const filter = (a, f) => a.filter((v) => f(v));
export const matrix = (a) => a;
export const number = (a) => Number(a);
export const clone = (a) => structuredClone(a);
export const det = (a) => {
  if (!Array.isArray(a)) return a;
  const m = a.map((each) => [...each]);
  let d = 1;
  for (let k = 0; k < m.length; k++) {
    d *= m[k][k];
    for (let i = k + 1; i < m.length; i++) {
      const factor = m[i][k] / m[k][k];
      for (let j = k; j < m.length; j++) m[i][j] -= factor * m[k][j];
    }
  }
  return d;
};
`;
