import { describe, expect, it } from "vitest";
import { compile, readProgram, SourceError } from "../../../../src/core";
import type { CompileOptions, Objective } from "../../../../src/core";
import { Random } from "../../support/random";
import { runCode } from "../../support/runCode";
import { flatten, wildPrograms } from "./fixtures";

function refill(shape: unknown, numbers: number[]): unknown {
  if (typeof shape === "number") return numbers.shift();
  if (Array.isArray(shape)) return shape.map((each) => refill(each, numbers));
  if (typeof shape !== "object" || shape === null) return shape;
  return Object.fromEntries(Object.entries(shape).map(([key, each]) => [key, refill(each, numbers)]));
}

/** Central differences, extrapolated. */
function slope(f: (x: number[]) => number, x: readonly number[], i: number, step: number): number {
  const shifted = (by: number): number => f(x.map((each, k) => (k === i ? each + by : each)));
  const [wide = NaN, middle = NaN, narrow = NaN] = [step, step / 2, step / 4].map((h) => (shifted(h) - shifted(-h)) / (2 * h));
  const [a, b] = [(4 * middle - wide) / 3, (4 * narrow - middle) / 3];
  return (16 * b - a) / 15;
}

describe.each(["language", "models", "data"])("programs as strangers write them: %s", (file) => {
  it.each(wildPrograms(file).map((each) => [each.name, each] as const))("%s", async (_name, program) => {
    const read = (backend?: CompileOptions["backend"]): Objective =>
      compile(readProgram({ text: program.text, language: "typescript" }), program.function, { start: program.args, strictOrder: true, ...(backend ? { backend } : {}) });
    if (program.refusal !== undefined) {
      const problems = (() => {
        try {
          read();
          return [];
        } catch (problem) {
          if (problem instanceof SourceError) return problem.diagnostics;
          throw problem;
        }
      })();
      expect(problems[0]?.code).toBe(program.refusal);
      expect(problems[0]?.hint).toBeTruthy();
      return;
    }
    const objective = read();
    const others = (["interpreter", "wasm"] as const).map(read);
    const run = await runCode("", program.function, `const console = { log() {}, debug() {}, assert() {} };\n${program.text}`);
    const own = (x: readonly number[]): number => Number(run(...(refill(program.args, [...x]) as unknown[])));
    const draw = new Random(7);
    for (const spread of [0, 0.1]) {
      const x = flatten(program.args).map((each) => each + spread * draw.between(-1, 1) * (Math.abs(each) + 0.5));
      const at = Float64Array.from(x);
      const expected = own(x);
      expect(Math.abs(objective.value(at) - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1e-3, Math.abs(expected)));
      const gradient = objective.gradient(at);
      for (const other of others) {
        expect(Object.is(other.value(at), objective.value(at)), other.backend).toBe(true);
        expect([...other.gradient(at)], other.backend).toEqual([...gradient]);
      }
      gradient.forEach((derivative, i) => {
        const scale = Math.max(1, Math.abs(expected), Math.abs(derivative));
        const differences = [1e-3, 3e-4, 2e-5].map((h) => slope(own, x, i, h * Math.max(0.1, Math.abs(x[i] ?? 1))));
        const settled = Math.abs((differences[0] ?? NaN) - (differences[1] ?? NaN)) < 1e-6 * scale;
        // Beside a jump the differences do not settle, and tell nothing.
        if (settled) expect(Math.min(...differences.map((each) => Math.abs(each - derivative))), objective.coordinates[i]).toBeLessThan(3e-8 * scale);
      });
    }
    expect(objective.selfCheck?.().verdict).not.toBe("disagree");
  });
});
