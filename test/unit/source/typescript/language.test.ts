import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../../src/core";

interface FeatureCase {
  id: string;
  text: string;
  name: string;
  args: unknown[];
  variables?: string[];
  files?: Record<string, string>;
  value: number;
}

const fixture = new URL("../../../fixtures/typescript/language.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as { cases: FeatureCase[] };

describe("the language, a feature at a time", () => {
  it.each(cases.map((each) => [each.id, each] as const))("%s", (_id, { text, name, args, variables, files, value }) => {
    const resolve = (specifier: string): { uri: string; text: string } | undefined => {
      const found = files?.[specifier];
      return found === undefined ? undefined : { uri: `file:///${specifier}`, text: found };
    };
    const program = readProgram({ text, language: "typescript", resolve });
    const objective = compile(program, name, { ...(args.length > 0 ? { start: args } : {}), ...(variables ? { variables } : {}) });
    expect(Math.abs(objective.value(objective.start) - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
    const gradient = objective.gradient(objective.start);
    const step = 1e-5;
    objective.start.forEach((x, i) => {
      const at = (shift: number): number => objective.value(objective.start.map((each, k) => (k === i ? x + shift : each)));
      const difference = (at(step) - at(-step)) / (2 * step);
      expect(Math.abs((gradient[i] ?? NaN) - difference), objective.coordinates[i]).toBeLessThan(1e-5 * Math.max(1, Math.abs(difference)));
    });
  });
});
