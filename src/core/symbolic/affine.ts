import { call, int, load, read } from "../ir/build";
import { flatIndex } from "../ir/shape";
import type { ArrayVariable, Expression, Local } from "../ir/types";

/** A whole number that rises and falls with loop indices: constant + Σ coefficient · index. */
export interface Affine {
  readonly constant: number;
  /** By the index's name; never 0. */
  readonly terms: ReadonlyMap<string, AffineTerm>;
}

interface AffineTerm {
  readonly local: Local;
  readonly times: number;
  /** Where the number is looked up in data: `labels[i]`. */
  readonly found?: Lookup;
}

/** An element of data that are whole numbers. */
export interface Lookup {
  readonly array: ArrayVariable;
  readonly at: readonly Affine[];
}

export const affineNumber = (constant: number): Affine => ({ constant, terms: new Map() });
export const affineIndex = (local: Local): Affine => ({ constant: 0, terms: new Map([[local.name, { local, times: 1 }]]) });
export const isNumber = ({ terms }: Affine): boolean => terms.size === 0;

/** Undefined where the expression is no such number. */
export function affineOf(expression: Expression): Affine | undefined {
  if (expression.kind === "constant") return Number.isInteger(expression.value) ? affineNumber(expression.value) : undefined;
  if (expression.kind === "read") return expression.local.type === "i32" ? affineIndex(expression.local) : undefined;
  if (expression.kind === "load") return lookedUp(expression);
  if (expression.kind !== "call") return undefined;
  if (expression.primitive === "toInt" && expression.args[0]?.kind === "load") return lookedUp(expression.args[0]);
  const [a, b] = expression.args.map(affineOf);
  if (!a || !b) return undefined;
  if (expression.primitive === "addInt") return plus(a, b);
  if (expression.primitive === "subtractInt") return plus(a, times(b, -1));
  if (expression.primitive !== "multiplyInt") return undefined;
  return isNumber(a) ? times(b, a.constant) : isNumber(b) ? times(a, b.constant) : undefined;
}

function lookedUp({ array, indices }: Expression & { kind: "load" }): Affine | undefined {
  if (array.role.kind !== "data" || !rangeOfWhole(array)) return undefined;
  const at = indices.map(affineOf);
  const whole = at.flatMap((index) => index ?? []);
  return whole.length === at.length ? lookup({ array, at: whole }) : undefined;
}

function lookup({ array, at }: Lookup): Affine {
  const values = array.role.kind === "data" ? array.role.values : [];
  if (at.every(isNumber)) return affineNumber(values[flatIndex(array, at.map(({ constant }) => constant))] ?? NaN);
  // 0, 1, 2 …: the number is its own place.
  const [first = 0, second = 0] = values;
  const [only] = at;
  if (only && at.length === 1 && values.every((value, i) => value === first + i * (second - first))) return plus(times(only, second - first), affineNumber(first));
  const local: Local = { kind: "local", name: `${array.name}[${at.map(affineKey).join(",")}]`, type: "i32" };
  return { constant: 0, terms: new Map([[local.name, { local, times: 1, found: { array, at } }]]) };
}

const ranges = new WeakMap<ArrayVariable, readonly [number, number] | null>();

/** The least and the greatest of data that are whole numbers; undefined for others. */
function rangeOfWhole(array: ArrayVariable): readonly [number, number] | undefined {
  const known = ranges.get(array);
  if (known !== undefined) return known ?? undefined;
  const values = array.role.kind === "data" ? Array.from(array.role.values) : [];
  const range = values.length > 0 && values.every(Number.isInteger) ? [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))] as const : null;
  ranges.set(array, range);
  return range ?? undefined;
}

/** The indices that it depends on, those inside what it looks up too. */
export function indexNames({ terms }: Affine): string[] {
  return [...terms].flatMap(([name, { found }]) => (found ? found.at.flatMap(indexNames) : [name]));
}

/** Does it look something up? Then two values of an index may give one number. */
export const looksUp = ({ terms }: Affine): boolean => [...terms.values()].some(({ found }) => found !== undefined);

export function plus(a: Affine, b: Affine): Affine {
  const terms = new Map(a.terms);
  for (const [name, term] of b.terms) {
    const sum = (terms.get(name)?.times ?? 0) + term.times;
    if (sum === 0) terms.delete(name);
    else terms.set(name, { ...term, times: sum });
  }
  return { constant: a.constant + b.constant, terms };
}

export function times(a: Affine, by: number): Affine {
  if (by === 0) return affineNumber(0);
  return { constant: a.constant * by, terms: new Map([...a.terms].map(([name, term]) => [name, { ...term, times: term.times * by }])) };
}

export const minus = (a: Affine, b: Affine): Affine => plus(a, times(b, -1));

export function put(into: Affine, values: ReadonlyMap<string, Affine>): Affine {
  let result = affineNumber(into.constant);
  for (const [name, { local, times: by, found }] of into.terms) {
    const value = found && !values.has(name) ? lookup({ array: found.array, at: found.at.map((index) => put(index, values)) }) : values.get(name) ?? affineIndex(local);
    result = plus(result, times(value, by));
  }
  return result;
}

export function affineKey({ constant, terms }: Affine): string {
  const parts = [...terms].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { times: by }]) => `${by}${name}`);
  return parts.length === 0 ? String(constant) : `${parts.join("+")}+${constant}`;
}

/** As a person writes it: 5 − i rather than −i + 5. */
export function toExpression({ constant, terms }: Affine): Expression {
  const parts = [...terms.values()].map(({ local, times: by, found }) => {
    const element = found && load(found.array, found.at.map(toExpression));
    const one = element ? (element.array.element === "i32" ? element : call("toInt", [element])) : read(local);
    return { by, size: Math.abs(by) === 1 ? one : call("multiplyInt", [int(Math.abs(by)), one]) };
  });
  const added = parts.filter(({ by }) => by > 0).map(({ size }) => size);
  const numberFirst = constant !== 0 && added.length === 0;
  const [first, ...rest] = numberFirst ? [int(constant), ...added] : added;
  const start = rest.reduce<Expression>((sum, term) => call("addInt", [sum, term]), first ?? int(0));
  const whole = parts.filter(({ by }) => by < 0).reduce((sum, { size }) => call("subtractInt", [sum, size]), start);
  if (numberFirst || constant === 0) return whole;
  return constant < 0 ? call("subtractInt", [whole, int(-constant)]) : call("addInt", [whole, int(constant)]);
}

/** The least and the greatest it can be, given those of the indices. */
export function rangeOf(affine: Affine, of: (name: string) => readonly [number, number] | undefined): [number, number] | undefined {
  let [low, high] = [affine.constant, affine.constant];
  for (const [name, { times: by, found }] of affine.terms) {
    const range = found ? rangeOfWhole(found.array) : of(name);
    if (!range) return undefined;
    low += by * (by > 0 ? range[0] : range[1]);
    high += by * (by > 0 ? range[1] : range[0]);
  }
  return [low, high];
}
