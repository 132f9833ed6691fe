import { compile } from "../../../src/core/compile";
import { minimize } from "../../../src/core/optimize/minimize";
import type { MethodId } from "../../../src/core/optimize/types";
import { readProgram } from "../../../src/core/source/readProgram";

export interface MinimaFixture {
  problems: {
    id: string;
    vars: string[];
    expr: string;
    start: number[];
    minimum: number;
    scipy: { [method: string]: { f: number; evaluations: number } | null };
  }[];
}

export interface Comparison {
  /** The problems whose minimum was reached. */
  ours: string[];
  theirs: string[];
  /** Our evaluations over SciPy's, where both reached it. */
  ratios: number[];
  /** All evaluations of a value and gradient that we made. */
  evaluations: number;
  /** Of all the runs. */
  milliseconds: number;
}

/** Runs a method over the problems as SciPy's was: the standard start, exact derivatives, a gradient tolerance of 1e-8. */
export function compareWithSciPy({ problems }: MinimaFixture, method: MethodId, peer: string): Comparison {
  const comparison: Comparison = { ours: [], theirs: [], ratios: [], evaluations: 0, milliseconds: 0 };
  for (const { id, vars, expr: text, start, minimum, scipy } of problems) {
    const objective = compile(readProgram({ text, language: "math", selection: { start: 0, end: text.length } }));
    const names = objective.labels ?? objective.coordinates;
    const from = Float64Array.from(names, (name) => start[vars.indexOf(name)] ?? NaN);
    const begin = performance.now();
    const run = minimize(objective, { method, start: from, maxIterations: 20_000, stop: { gradientNorm: 1e-8 } });
    comparison.milliseconds += performance.now() - begin;
    comparison.evaluations += run.evaluations.value;
    const reached = (value: number) => Math.abs(value - minimum) <= 1e-8 * Math.max(1, Math.abs(minimum));
    const isOurs = reached(run.values[run.iterations] ?? NaN);
    const other = scipy[peer] ?? undefined;
    if (isOurs) comparison.ours.push(id);
    if (other && reached(other.f)) comparison.theirs.push(id);
    if (isOurs && other && reached(other.f)) comparison.ratios.push(run.evaluations.value / other.evaluations);
  }
  return comparison;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
