import { call, int, read } from "../ir/build";
import type { Expression, Local } from "../ir/types";

/** A whole number that rises and falls with loop indices: constant + Σ coefficient · index. */
export interface Affine {
  readonly constant: number;
  /** By the index's name; never 0. */
  readonly terms: ReadonlyMap<string, { readonly local: Local; readonly times: number }>;
}

export const affineNumber = (constant: number): Affine => ({ constant, terms: new Map() });
export const affineIndex = (local: Local): Affine => ({ constant: 0, terms: new Map([[local.name, { local, times: 1 }]]) });
export const isNumber = ({ terms }: Affine): boolean => terms.size === 0;

/** Undefined where the expression is no such number. */
export function affineOf(expression: Expression): Affine | undefined {
  if (expression.kind === "constant") return Number.isInteger(expression.value) ? affineNumber(expression.value) : undefined;
  if (expression.kind === "read") return expression.local.type === "i32" ? affineIndex(expression.local) : undefined;
  if (expression.kind !== "call") return undefined;
  const [a, b] = expression.args.map(affineOf);
  if (!a || !b) return undefined;
  if (expression.primitive === "addInt") return plus(a, b);
  if (expression.primitive === "subtractInt") return plus(a, times(b, -1));
  if (expression.primitive !== "multiplyInt") return undefined;
  return isNumber(a) ? times(b, a.constant) : isNumber(b) ? times(a, b.constant) : undefined;
}

export function plus(a: Affine, b: Affine): Affine {
  const terms = new Map(a.terms);
  for (const [name, { local, times: more }] of b.terms) {
    const sum = (terms.get(name)?.times ?? 0) + more;
    if (sum === 0) terms.delete(name);
    else terms.set(name, { local, times: sum });
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
  for (const [name, { local, times: by }] of into.terms) result = plus(result, times(values.get(name) ?? affineIndex(local), by));
  return result;
}

export function affineKey({ constant, terms }: Affine): string {
  const parts = [...terms].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { times: by }]) => `${by}${name}`);
  return parts.length === 0 ? String(constant) : `${parts.join("+")}+${constant}`;
}

export function toExpression({ constant, terms }: Affine): Expression {
  let sum: Expression | undefined;
  for (const { local, times: by } of terms.values()) {
    const term = by === 1 ? read(local) : call("multiplyInt", [int(by), read(local)]);
    sum = sum ? call("addInt", [sum, term]) : term;
  }
  if (!sum) return int(constant);
  return constant === 0 ? sum : call("addInt", [sum, int(constant)]);
}

/** The least and the greatest it can be, given those of the indices. */
export function rangeOf(affine: Affine, of: (name: string) => readonly [number, number] | undefined): [number, number] | undefined {
  let [low, high] = [affine.constant, affine.constant];
  for (const [name, { times: by }] of affine.terms) {
    const range = of(name);
    if (!range) return undefined;
    low += by * (by > 0 ? range[0] : range[1]);
    high += by * (by > 0 ? range[1] : range[0]);
  }
  return [low, high];
}
