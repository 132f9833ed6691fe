import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { objectiveOf } from "../support/objectiveOf";

const read = (name: string): { cases: unknown[] } => JSON.parse(readFileSync(join(__dirname, "../../fixtures/engine", name), "utf8")) as { cases: unknown[] };

interface Convention { id: string; expr: string; point: Record<string, number>; recommended: (number | string)[] }
interface ExpressionCase { id: string; vars: string[]; expr: string; wrt: string; order: number; points: Record<string, number>[]; values: number[] }
interface Problem { id: string; vars: string[]; expr: string; start: number[]; f0: number; g0: number[]; h0: number[][] | null }

const numberOf = (value: number | string): number => (typeof value === "number" ? value : value === "nan" ? NaN : value === "-inf" ? -Infinity : Infinity);

/** The same in the notation that is read as mathematics. */
const spelt: Record<string, string> = { "JS x % y": "x - y * fix(x / y)", "clip(x,0,1)": "min(max(x, 0), 1)" };

describe("derivatives at kinks", () => {
  it.each((read("conventions.json").cases as Convention[]).map((c) => [`${c.id}: ${c.expr} at ${JSON.stringify(c.point)}`, c] as const))("%s", (_name, c) => {
    const variables = Object.keys(c.point);
    const gradient = objectiveOf(spelt[c.expr] ?? c.expr, variables).gradient(Float64Array.from(Object.values(c.point)));
    expect([...gradient].map((g) => g + 0)).toEqual(c.recommended.map(numberOf));
  });
});

describe("derivatives of expressions", () => {
  it.each((read("expressionDerivatives.json").cases as ExpressionCase[]).map((c) => [`${c.id}: d${c.order}/d${c.wrt} ${c.expr}`, c] as const))("%s", (_name, c) => {
    const objective = objectiveOf(c.expr, c.vars);
    const k = c.vars.indexOf(c.wrt);
    for (const [index, point] of c.points.entries()) {
      const x = Float64Array.from(c.vars, (name) => point[name] ?? NaN);
      const found = c.order === 1 ? objective.gradient(x)[k] : objective.hessian(x)[k * c.vars.length + k];
      const expected = c.values[index] ?? NaN;
      expect(Math.abs((found ?? NaN) - expected), `${found} against ${expected}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
    }
  });
});

describe("test problems at their standard starts", () => {
  it.each((read("problems.json").cases as Problem[]).map((c) => [c.id, c] as const))("%s: value, gradient and Hessian", (_name, c) => {
    const objective = objectiveOf(c.expr, c.vars);
    const x = Float64Array.from(c.start);
    const close = (found: number | undefined, expected: number, scale: number): void =>
      expect(Math.abs((found ?? NaN) - expected) / Math.max(1, scale), `${found} against ${expected}`).toBeLessThan(1e-9);
    close(objective.value(x), c.f0, Math.abs(c.f0));
    const gradient = objective.gradient(x);
    const size = Math.max(...c.g0.map(Math.abs));
    for (const [k, expected] of c.g0.entries()) close(gradient[k], expected, size);
    if (!c.h0) return;
    const hessian = objective.hessian(x);
    const flat = c.h0.flat();
    const largest = Math.max(...flat.map(Math.abs));
    for (const [k, expected] of flat.entries()) close(hessian[k], expected, largest * 10);
    expect(objective.selfCheck?.().verdict).not.toBe("disagree");
  });
});
