import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../src/core/index";

interface Case { id: string; ts: string; args: unknown[]; wrt_args: number[]; value: number; grad: unknown[] }

const { cases } = JSON.parse(readFileSync(join(__dirname, "../../fixtures/engine/programs.json"), "utf8")) as { cases: Case[] };

const flatten = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flatten) : [Number(value)]);

describe("small programs, differentiated", () => {
  it.each(cases.map((c) => [c.id, c] as const))("%s", (_id, c) => {
    const program = readProgram({ text: c.ts, language: "typescript" });
    const info = program.functions.find(({ name }) => name === "f");
    const variables = c.wrt_args.map((k) => info?.parameters[k]?.name ?? "");
    for (const backend of ["javascript", "interpreter"] as const) {
      const objective = compile(program, "f", { start: c.args, variables, backend });
      expect(Math.abs(objective.value(objective.start) - c.value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(c.value)));
      const expected = c.grad.flatMap(flatten);
      const found = [...objective.gradient(objective.start)];
      expect(found.length).toBe(expected.length);
      for (const [k, slope] of expected.entries()) expect(Math.abs((found[k] ?? NaN) - slope), `${k}: ${found[k]} against ${slope}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(slope)));
      expect(objective.selfCheck?.().verdict).not.toBe("disagree");
    }
  });
});
