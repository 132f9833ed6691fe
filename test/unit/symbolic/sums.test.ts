import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/objective";
import { sumPrograms } from "./sumPrograms";

export function objectiveOf(text: string): Objective {
  const program = readProgram({ text, language: "typescript" });
  return compile(program, program.target ?? program.functions.at(-1)?.name);
}

describe("sums over an index out of loops", () => {
  test.each(sumPrograms)("$title", ({ text, value, gradient }) => {
    const { formula, noFormula } = objectiveOf(text);
    expect(noFormula).toBeUndefined();
    expect(formula?.value.latex()).toBe(value);
    expect(formula?.gradient.slice(0, gradient.length).map((entry) => entry.latex())).toEqual(gradient);
  });
});
