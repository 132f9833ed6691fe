import { describe, expect, it } from "vitest";
import { compile, SourceError } from "../../../../src/core";
import { programCases, readCase, type ProgramCase, type Sample } from "./fixtures";

const accepted = programCases.filter((each) => each.samples);
const refused = programCases.filter((each) => each.expect === "refuse");

describe("programs as people write them", () => {
  it.each(accepted.map((each) => [`${each.path}: ${each.function}`, each] as const))("%s has its value and gradient", (_name, each) => {
    const program = readCase(each);
    expect(program.target).toBe(each.function);
    for (const sample of each.samples ?? []) {
      const objective = compile(program, program.target, { start: sample.args, ...(each.unknowns ? { variables: each.unknowns } : {}) });
      if (sample.x) expect([...objective.start]).toEqual(sample.x);
      expect(Math.abs(objective.value(objective.start) - sample.f)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(sample.f), 1e-3));
      if (isAtKink(each, sample)) continue;
      const gradient = objective.gradient(objective.start);
      const scale = 1e-3 * Math.max(...sample.grad.map(Math.abs));
      const tolerance = Math.max(1e-9, 3 * (sample.rel_err ?? 0), 3 * (each.disagreement ?? 0));
      sample.grad.forEach((expected, i) => {
        const error = Math.abs((gradient[i] ?? NaN) - expected);
        expect(error, objective.coordinates[i]).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), scale) + 3 * (sample.abs_err ?? 0));
      });
    }
  });

  it.each(refused.map((each) => [`${each.path}: ${each.function}`, each] as const))("%s is refused where a person would look", (_name, each) => {
    const places = [{ line: each.line, column: each.column }, ...(each.also_ok ?? [])].map(({ line, column }) => `${line}:${column}`);
    const problems = problemsOf(() => {
      const program = readCase(each);
      compile(program, program.target ?? each.function);
    });
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      expect(problem.code).toMatch(/^E1\d\d$/);
      expect(problem.severity).toBe("error");
      expect(problem.hint).toBeTruthy();
    }
    expect(problems.map(({ range }) => `${range.start.line + 1}:${range.start.character + 1}`).some((place) => places.includes(place))).toBe(true);
  });

  it("runs nothing of the text", () => {
    expect("__corpusCanary" in globalThis).toBe(false);
  });
});

/** Two boxes that just touch: max(0, overlap) is at its kink, where the reference takes the mean of both sides. */
function isAtKink(each: ProgramCase, sample: Sample): boolean {
  return each.function === "labelCost" && sample.x?.[0] === -0.2;
}

function problemsOf(read: () => void): SourceError["diagnostics"] {
  try {
    read();
  } catch (problem) {
    if (problem instanceof SourceError) return problem.diagnostics;
    throw problem;
  }
  return [];
}
