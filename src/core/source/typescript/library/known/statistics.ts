/** What simple-statistics and d3-array do, for their basics: read like any module of the user's. */
export const simpleStatistics = `
export const sum = (list) => { let s = 0; for (let i = 0; i < list.length; i++) s += list[i]; return s; };
export const mean = (list) => sum(list) / list.length;
export const product = (list) => list.reduce((p, v) => p * v, 1);
export const min = (list) => Math.min(...list);
export const max = (list) => Math.max(...list);
export const extent = (list) => [min(list), max(list)];
export const sumNthPowerDeviations = (list, n) => { const m = mean(list); let s = 0; for (let i = 0; i < list.length; i++) s += (list[i] - m) ** n; return s; };
export const variance = (list) => sumNthPowerDeviations(list, 2) / list.length;
export const standardDeviation = (list) => Math.sqrt(variance(list));
export const sampleVariance = (list) => sumNthPowerDeviations(list, 2) / (list.length - 1);
export const sampleStandardDeviation = (list) => Math.sqrt(sampleVariance(list));
export const rootMeanSquare = (list) => Math.sqrt(sum(list.map((v) => v * v)) / list.length);
export const harmonicMean = (list) => list.length / sum(list.map((v) => 1 / v));
export const geometricMean = (list) => product(list) ** (1 / list.length);
export const sampleCovariance = (x, y) => { const a = mean(x), b = mean(y); let s = 0; for (let i = 0; i < x.length; i++) s += (x[i] - a) * (y[i] - b); return s / (x.length - 1); };
export const sampleCorrelation = (x, y) => sampleCovariance(x, y) / sampleStandardDeviation(x) / sampleStandardDeviation(y);
export const zScore = (x, m, s) => (x - m) / s;
export { sum as sumSimple, standardDeviation as rootVariance };
`;

export const d3Array = `
const use = (of) => (of === undefined ? (v) => v : of);
export const sum = (list, of) => { const f = use(of); let s = 0; for (let i = 0; i < list.length; i++) s += f(list[i], i); return s; };
export const mean = (list, of) => sum(list, of) / list.length;
export const min = (list, of) => Math.min(...list.map((v, i) => use(of)(v, i)));
export const max = (list, of) => Math.max(...list.map((v, i) => use(of)(v, i)));
export const extent = (list, of) => [min(list, of), max(list, of)];
export const variance = (list, of) => { const f = use(of); const m = mean(list, of); let s = 0; for (let i = 0; i < list.length; i++) s += (f(list[i], i) - m) ** 2; return s / (list.length - 1); };
export const deviation = (list, of) => Math.sqrt(variance(list, of));
export const range = (from, to, step) => (to === undefined ? range(0, from) : Array.from({ length: Math.max(0, Math.ceil((to - from) / (step || 1))) }, (_, i) => from + i * (step || 1)));
export const zip = (...lists) => Array.from({ length: lists[0].length }, (_, i) => lists.map((list) => list[i]));
export const pairs = (list, f) => Array.from({ length: list.length - 1 }, (_, i) => (f ? f(list[i], list[i + 1]) : [list[i], list[i + 1]]));
export const cumsum = (list) => { const out = []; let s = 0; for (const v of list) { s += v; out.push(s); } return out; };
export const transpose = (rows) => rows[0].map((_, j) => rows.map((row) => row[j]));
export const merge = (lists) => lists.flat();
`;
