import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core";
import { NoClosedForm } from "../../../src/core/symbolic/canonical";
import { SymbolicFunction } from "../../../src/core/symbolic/symbolicFunction";
import { execute } from "../../../src/core/symbolic/execute";
import type { DerivationStep } from "../../../src/core/symbolic/formula";
import { hostileFormulas } from "./hostileFormulas";

/** Nodes made while everything the formula view can show was worked out: what has been tried, whatever the machine. */
const mostNodes = 30_000;
/** Partial derivatives that are looked at. */
const looked = 3;

function formulaOf(text: string, language: "math" | "typescript"): SymbolicFunction | undefined {
  const program = readProgram({ text, language, ...(language === "math" ? { selection: { start: 0, end: text.length } } : {}) });
  const { function: fn, coordinates } = program.lower(program.target ?? "", {});
  try {
    return new SymbolicFunction(execute(fn), fn, coordinates);
  } catch (error) {
    if (error instanceof NoClosedForm) return undefined;
    throw error;
  }
}

const stepsIn = (step: DerivationStep): number => step.children.reduce((sum, child) => sum + stepsIn(child), 1);

/** What a formula keeps to itself. */
const nodesMade = (formula: object): number => (formula as { algebra: { size: number } }).algebra.size;

describe("however long a formula, what is tried has an end", () => {
  test.each(hostileFormulas.map((one) => [one.title, one] as const))("%s", (_, { text, language }) => {
    const formula = formulaOf(text, language);
    if (!formula) {
      // Refused before anything was differentiated.
      expect(compile(readProgram({ text, language })).noFormula).toMatch(/it would be \d+ terms long/);
      return;
    }
    const some = formula.gradient.slice(0, looked).map((__, k) => k);
    some.forEach((k) => formula.partialNode(k));
    some.forEach((i) => { some.slice(i).forEach((j) => formula.secondNode(i, j)); });
    expect(nodesMade(formula)).toBeLessThan(mostNodes);
    some.forEach((k) => { expect(stepsIn(formula.steps(k))).toBeLessThan(1000); });
  });

  test.each(hostileFormulas.map((one) => [one.title, one] as const))("%s has its limit and its sweep told", (_, { text, language, at }) => {
    const objective = compile(readProgram({ text, language }));
    const x = Float64Array.from({ length: objective.dimension }, (__, k) => at[k % at.length] ?? 1);
    expect(objective.differenceQuotients?.(x, 0).rows).toHaveLength(16);
    if (language === "typescript") expect(objective.sweep?.().length).toBeGreaterThan(0);
  });

  test("and is the same from one run to the next", () => {
    const counts = [0, 1].map(() => hostileFormulas.slice(4, 8).map(({ text, language }) => {
      const formula = formulaOf(text, language);
      formula?.gradient.slice(0, looked).forEach((__, k) => formula.partialNode(k));
      return formula ? nodesMade(formula) : 0;
    }));
    expect(counts[1]).toEqual(counts[0]);
  });
});
