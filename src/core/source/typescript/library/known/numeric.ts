/** What numeric.js does, for its basics: read like any module of the user's. */
export const numeric = `
import * as math from "mathjs";
export { subtract as sub, dotMultiply as mul, dotDivide as div, dotPow as pow, unaryMinus as neg, abs, sqrt, exp, log, sin, cos, tan, asin, acos, atan, floor, ceil, transpose, size as dim, identity, clone, trace, det } from "mathjs";
export const add = math.add, dot = math.multiply, sum = math.sum, prod = math.prod;
export const dotVV = math.dot, dotMV = math.multiply, dotVM = math.multiply, dotMM = math.multiply, dotMMsmall = math.multiply, addVV = math.add, subVV = math.subtract, mulVV = math.dotMultiply, mulSV = math.dotMultiply;
export const norm2Squared = (a) => math.sum(math.dotMultiply(a, a));
export const norm2 = (a) => Math.sqrt(norm2Squared(a));
export const norminf = (a) => math.max(math.abs(a));
export const sup = (a) => math.max(a);
export const inf = (a) => math.min(a);
export const rep = (sizes, value) => (sizes.length > 1 ? Array.from({ length: sizes[0] }, () => rep(sizes.slice(1), value)) : new Array(sizes[0]).fill(value));
export const linspace = (from, to, count) => { const n = count === undefined ? Math.max(Math.round(to - from) + 1, 1) : count; return Array.from({ length: n }, (_, i) => (i * to + (n - 1 - i) * from) / (n - 1)); };
export const diag = (a) => a.map((v, i) => a.map((_, j) => (i === j ? v : 0)));
export const getDiag = (a) => a.map((row, i) => row[i]);
export const tensor = (a, b) => a.map((v) => b.map((u) => v * u));
`;
