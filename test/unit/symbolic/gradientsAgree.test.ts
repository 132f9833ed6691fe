import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core";
import { SymbolicFunction } from "../../../src/core/symbolic/symbolicFunction";
import { evaluateNode } from "../../../src/core/symbolic/evaluateNode";
import { evaluateSums } from "../../../src/core/symbolic/evaluateSums";
import { programCases, readCase } from "../source/typescript/fixtures";
import { hostileFormulas } from "./hostileFormulas";

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Around a point, on both sides, as far as it is large itself. */
function around(x: ArrayLike<number>, seed: number): Float64Array[] {
  const next = random(seed);
  return Array.from({ length: 4 }, () => Float64Array.from(x, (value) => value + (next() - 0.5) * 0.4 * (1 + Math.abs(value))));
}

function partialAt(formula: SymbolicFunction, coordinate: number): (x: Float64Array) => number {
  const node = formula.partialNode(coordinate);
  if (!formula.nodes) return (x) => evaluateNode(node, x);
  const sums = evaluateSums(node, formula.nodes);
  return (x) => sums.at(x);
}

interface Compared {
  readonly value: (x: Float64Array) => number;
  readonly gradient: (x: Float64Array) => Float64Array;
}

/** How many of the points have a gradient that could be compared; all that could, agreed. */
function compare(formula: SymbolicFunction, { value, gradient }: Compared, points: readonly Float64Array[], what: string): number {
  const partials = formula.gradient.map((_, k) => partialAt(formula, k));
  return points.filter((x) => {
    if (!Number.isFinite(value(x))) return false;
    const wanted = gradient(x);
    const scale = Math.max(1, Math.abs(value(x)), ...wanted.map(Math.abs));
    if (!wanted.every(Number.isFinite)) return false;
    partials.forEach((partial, k) => {
      expect(Math.abs(partial(x) - (wanted[k] ?? NaN)), `${what}, partial derivative ${k} at ${x.join(", ")}`).toBeLessThanOrEqual(1e-7 * scale);
    });
    return true;
  }).length;
}

describe("the gradient of a formula is the function's own", () => {
  const accepted = programCases.filter(({ expect: answer, samples }) => answer === "accept" && samples?.[0]?.x);
  test.each(accepted.map((one, seed) => [one.id, one, 17 + 31 * seed] as const))("of the program %s", (id, one, seed) => {
    const [sample] = one.samples ?? [];
    const program = readCase(one);
    const objective = compile(program, one.function, { ...(sample ? { start: sample.args } : {}), ...(one.unknowns ? { variables: one.unknowns } : {}) });
    const { formula } = objective;
    if (!(formula instanceof SymbolicFunction)) {
      expect(objective.noFormula, id).toMatch(/^There is no short closed form/);
      return;
    }
    const field = { value: (x: Float64Array) => objective.value(x), gradient: (x: Float64Array) => objective.gradient(x, new Float64Array(x.length)) };
    expect(compare(formula, field, [Float64Array.from(sample?.x ?? []), ...around(sample?.x ?? [], seed)], id)).toBeGreaterThan(0);
  });

  test.each(hostileFormulas.map((one, seed) => [one.title, one, 11 + 7 * seed] as const))("of %s", (title, { text, language, at }, seed) => {
    const program = readProgram({ text, language });
    const objective = compile(program, program.target ?? "");
    const { formula } = objective;
    if (!(formula instanceof SymbolicFunction)) {
      expect(objective.noFormula, title).toMatch(/^There is no short closed form/);
      return;
    }
    const x = Array.from({ length: objective.dimension }, (_, k) => at[k % at.length] ?? 1);
    const field = { value: (p: Float64Array) => objective.value(p), gradient: (p: Float64Array) => objective.gradient(p, new Float64Array(p.length)) };
    expect(compare(formula, field, around(x, seed), title)).toBeGreaterThan(0);
  });
});
