import type { SymbolicFunction } from "./symbolicFunction";
import { evaluateSums } from "./evaluateSums";
import type { SumNodes } from "./sumNodes";
import { NoClosedForm } from "./canonical";

/** The function itself, compiled. */
export interface Reference {
  readonly start: ArrayLike<number>;
  value(x: Float64Array): number;
  gradient(x: Float64Array): Float64Array;
  /** Row after row. */
  hessian(x: Float64Array): Float64Array;
}

/** Operations that may be spent on comparing; more data make no formula. */
const mostWork = 3_000_000;
/** Partial derivatives that are compared where there are many; they go alike. */
const mostCompared = 24;
const tolerance = 1e-8;
/** Second derivatives that are compared, of the diagonal and of the rest each. */
const mostSecond = 24;
const toleranceOfSecond = 1e-6;

/** Do a formula with sums and its gradient have the function's own values, at the start and away from it? */
export function agreesWith(formula: SymbolicFunction, nodes: SumNodes, dimension: number, reference: Reference): boolean {
  const value = evaluateSums(formula.valueNode, nodes);
  // All of them are made, so that none turns out later to have no formula.
  const partials = Array.from({ length: dimension }, (_, k) => formula.partialNode(k));
  const step = Math.max(1, Math.ceil(dimension / mostCompared));
  const compared = partials.flatMap((node, k) => (k % step === 0 || k === dimension - 1 ? [{ k, partial: evaluateSums(node, nodes) }] : []));
  let left = mostWork;
  let met = 0;
  let undecided = 0;
  for (const x of pointsAround(reference.start)) {
    const work = compared.reduce((sum, { partial }) => sum + partial.work, value.work);
    left -= work;
    if (left < 0) break;
    const own = reference.value(x);
    if (!Number.isFinite(own)) continue;
    if (!close(own, value.at(x))) return false;
    const gradient = reference.gradient(x);
    const pairs = compared.flatMap(({ k, partial }) => (Number.isFinite(gradient[k] ?? NaN) ? [[gradient[k] ?? NaN, partial.at(x)] as const] : []));
    if (pairs.some(([own, told]) => !Number.isNaN(told) && !close(own, told))) return false;
    // At a kink a formula may say 0/0, where the program has a convention.
    if (pairs.some(([, told]) => Number.isNaN(told))) undecided++;
    else met++;
  }
  if (undecided > met) return false;
  if (met === 0) throw new NoClosedForm(left < 0 ? "its data are too many to check one on" : "it has no value where it would be checked");
  return true;
}

/** The same of its second derivatives; false also where one of those has no formula. */
export function curvatureAgrees(formula: SymbolicFunction, nodes: SumNodes, dimension: number, reference: Reference): boolean {
  try {
    return secondsAgree(formula, nodes, dimension, reference);
  } catch (error) {
    if (!(error instanceof NoClosedForm)) throw error;
    return false;
  }
}

function secondsAgree(formula: SymbolicFunction, nodes: SumNodes, dimension: number, reference: Reference): boolean {
  const entries = Array.from({ length: dimension }, (_, row) => Array.from({ length: dimension - row }, (__, off) => [row, row + off] as const)).flat();
  const few = (all: readonly (readonly [number, number])[]): (readonly [number, number])[] => all.filter((_, k) => k % Math.max(1, Math.ceil(all.length / mostSecond)) === 0);
  const compared = [...few(entries.filter(([row, column]) => row === column)), ...few(entries.filter(([row, column]) => row !== column))]
    .map(([row, column]) => ({ place: row * dimension + column, second: evaluateSums(formula.secondNode(row, column), nodes) }));
  let left = mostWork;
  // Not at the start itself, which is often a corner.
  for (const x of pointsAround(reference.start).slice(0, 3)) {
    left -= compared.reduce((sum, { second }) => sum + second.work, 0);
    if (left < 0) break;
    const own = reference.hessian(x);
    const size = own.reduce((most, entry) => (Number.isFinite(entry) ? Math.max(most, Math.abs(entry)) : most), 1);
    const isOff = compared.some(({ place, second }) => {
      const difference = Math.abs((own[place] ?? NaN) - second.at(x));
      return Number.isFinite(difference) && difference > toleranceOfSecond * size;
    });
    if (isOff) return false;
  }
  return true;
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));

/** The start, and points around it that are nobody's special case. */
export function pointsAround(start: ArrayLike<number>): Float64Array[] {
  const own = Array.from(start);
  const moved = (by: number): Float64Array => Float64Array.from(own, (value, i) => value + by * (0.2 + 0.13 * ((i * 7) % 5)) * (i % 2 === 0 ? 1 : -1) * (1 + 0.1 * Math.abs(value)));
  return [moved(0.5), moved(-0.9), moved(2.1), Float64Array.from(own), moved(0.01)];
}
