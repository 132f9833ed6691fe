/** What lodash and underscore do, for numbers: read like any module of the user's. */
export const lodash = `
const identity = (value) => value;
const field = (path) => (item) => path.split(".").reduce((at, key) => at[key], item);
const use = (key) => key === undefined ? identity : typeof key === "function" ? key : typeof key === "number" ? (item) => item[key] : field(key);
const listOf = (data) => Array.isArray(data) ? data : Object.values(data);

export { identity };
export function sum(list) { let total = 0; for (let i = 0; i < list.length; i++) total += list[i]; return total; }
export function sumBy(list, key) { const of = use(key); let total = 0; for (let i = 0; i < list.length; i++) total += of(list[i]); return total; }
export const mean = (list) => sum(list) / list.length;
export const meanBy = (list, key) => sumBy(list, key) / list.length;
export const max = (list) => Math.max(...list);
export const min = (list) => Math.min(...list);
export function maxBy(list, key) { const of = use(key); let best = list[0]; for (let i = 1; i < list.length; i++) if (of(list[i]) > of(best)) best = list[i]; return best; }
export function minBy(list, key) { const of = use(key); let best = list[0]; for (let i = 1; i < list.length; i++) if (of(list[i]) < of(best)) best = list[i]; return best; }

export function range(from, to, step) {
  if (to === undefined) return range(0, from, 1);
  const by = step === undefined ? (to < from ? -1 : 1) : step;
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / by)) }, (_, i) => from + i * by);
}
export const times = (count, make) => Array.from({ length: count }, (_, i) => (make === undefined ? i : make(i)));
export const zip = (...lists) => Array.from({ length: lists[0].length }, (_, i) => lists.map((list) => list[i]));
export const unzip = (rows) => rows[0].map((_, j) => rows.map((row) => row[j]));
export function zipWith(...args) {
  const combine = args[args.length - 1];
  const lists = args.slice(0, -1);
  return lists[0].map((_, i) => combine(...lists.map((list) => list[i])));
}
export const zipObject = (names, values) => Object.fromEntries(names.map((name, i) => [name, values[i]]));

export function map(data, key) {
  const of = use(key);
  if (!Array.isArray(data)) return Object.keys(data).map((name) => of(data[name], name));
  return data.map((item, i) => of(item, i));
}
export const flatMap = (list, key) => { const of = use(key); return list.flatMap((item, i) => of(item, i)); };
export function reduce(data, combine, ...first) {
  const list = listOf(data);
  return first.length > 0 ? list.reduce(combine, first[0]) : list.reduce(combine);
}
export const reduceRight = (list, combine, ...first) => (first.length > 0 ? list.reduceRight(combine, first[0]) : list.reduceRight(combine));
export function forEach(data, run) {
  if (Array.isArray(data)) data.forEach((item, i) => { run(item, i); });
  else for (const name of Object.keys(data)) run(data[name], name);
  return data;
}
export const filter = (list, key) => { const of = use(key); return list.filter((item, i) => of(item, i)); };
export const reject = (list, key) => { const of = use(key); return list.filter((item, i) => !of(item, i)); };
export const every = (list, key) => { const of = use(key); return list.every((item, i) => of(item, i)); };
export const some = (list, key) => { const of = use(key); return list.some((item, i) => of(item, i)); };
export const find = (list, key) => { const of = use(key); return list.find((item, i) => of(item, i)); };
export const findIndex = (list, key) => { const of = use(key); return list.findIndex((item, i) => of(item, i)); };
export const countBy = (list, key) => { const of = use(key); const counts = {}; for (const item of list) counts[of(item)] = (counts[of(item)] || 0) + 1; return counts; };
export const groupBy = (list, key) => { const of = use(key); const groups = {}; for (const item of list) (groups[of(item)] = groups[of(item)] || []).push(item); return groups; };

export const head = (list) => list[0];
export const last = (list) => list[list.length - 1];
export const initial = (list) => list.slice(0, -1);
export const tail = (list) => list.slice(1);
export const nth = (list, n) => list.at(n === undefined ? 0 : n);
export const take = (list, n) => list.slice(0, n === undefined ? 1 : n);
export const takeRight = (list, n) => list.slice(list.length - (n === undefined ? 1 : n));
export const drop = (list, n) => list.slice(n === undefined ? 1 : n);
export const dropRight = (list, n) => list.slice(0, list.length - (n === undefined ? 1 : n));
export const slice = (list, from, to) => list.slice(from, to);
export const concat = (first, ...others) => (Array.isArray(first) ? first : [first]).concat(...others);
export const flatten = (list) => list.flat();
export const flattenDeep = (list) => list.flat(Infinity);
export const chunk = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
export const reverse = (list) => list.reverse();
export const fill = (list, value) => list.fill(value);
export const includes = (list, value) => list.includes(value);
export const indexOf = (list, value) => list.indexOf(value);
export const size = (data) => listOf(data).length;
export const isEmpty = (data) => size(data) === 0;

export const keys = (data) => Object.keys(data);
export const values = (data) => Object.values(data);
export const toPairs = (data) => Object.entries(data);
export const fromPairs = (pairs) => Object.fromEntries(pairs);
export const mapValues = (data, key) => { const of = use(key); return Object.fromEntries(Object.keys(data).map((name) => [name, of(data[name], name)])); };
export const pick = (data, names) => Object.fromEntries(names.map((name) => [name, data[name]]));
export function get(data, path, fallback) {
  let at = data;
  for (const key of Array.isArray(path) ? path : path.split(".")) { if (at === undefined || at === null) return fallback; at = at[key]; }
  return at === undefined ? fallback : at;
}
export const has = (data, name) => Object.keys(data).includes(name);
export const assign = (target, ...sources) => Object.assign(target, ...sources);
export const clone = (data) => (Array.isArray(data) ? [...data] : { ...data });
export const cloneDeep = (data) => structuredClone(data);
export const constant = (value) => () => value;
export const property = (path) => use(path);
export const partial = (f, ...first) => (...rest) => f(...first, ...rest);

export const add = (a, b) => a + b;
export const subtract = (a, b) => a - b;
export const multiply = (a, b) => a * b;
export const divide = (a, b) => a / b;
export const floor = (x) => Math.floor(x);
export const ceil = (x) => Math.ceil(x);
export const clamp = (x, low, high) => (high === undefined ? Math.min(x, low) : Math.min(Math.max(x, low), high));
export const inRange = (x, from, to) => (to === undefined ? x >= 0 && x < from : x >= from && x < to);
export const isArray = (value) => Array.isArray(value);
export const isNumber = (value) => typeof value === "number";
export const isUndefined = (value) => value === undefined;
export const isNil = (value) => value === undefined || value === null;
export const isFunction = (value) => typeof value === "function";

export { forEach as each, head as first, tail as rest, toPairs as pairs, map as collect, reduce as inject, filter as select, assign as extend, property as iteratee };
`;
