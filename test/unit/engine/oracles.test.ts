import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/objective";
import { objectiveOf } from "../support/objectiveOf";

const read = (name: string): { cases: unknown[] } => JSON.parse(readFileSync(join(__dirname, "../../fixtures/engine", name), "utf8")) as { cases: unknown[] };

interface Convention { id: string; expr: string; point: Record<string, number>; recommended: (number | string)[] }
interface ExpressionCase { id: string; vars: string[]; expr: string; wrt: string; order: number; points: Record<string, number>[]; values: number[] }
interface Problem { id: string; vars: string[]; expr: string; ts?: string; start: number[]; f0: number; g0: number[]; h0: number[][] | null }

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

const problems = read("problems.json").cases as Problem[];

function expectProblem(objective: Objective, c: Problem): void {
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
  for (const [k, expected] of flat.entries()) close(hessian[k], expected, largest);
  const direction = x.map((_, k) => Math.cos(3 * k));
  const product = objective.hessianVector(x, direction);
  for (const [row, each] of c.h0.entries()) close(product[row], each.reduce((sum, h, k) => sum + h * (direction[k] ?? 0), 0), largest);
}

describe("test problems at their standard starts", () => {
  it.each(problems.map((c) => [c.id, c] as const))("%s: value, gradient, Hessian and its products", (_name, c) => {
    expectProblem(objectiveOf(c.expr, c.vars), c);
    // Sums of 65 exponentials, written out.
  }, 30_000);

  it.each(problems.filter(({ ts }) => ts !== undefined).map((c) => [c.id, c] as const))("%s, written with loops: the same, and the self-check agrees", (_name, c) => {
    const objective = compile(readProgram({ text: c.ts ?? "", language: "typescript" }), undefined, { start: [c.start] });
    expectProblem(objective, c);
    expect(objective.selfCheck?.().verdict).toBe("agree");
  });
});

describe("the Rosenbrock function as SciPy documents it", () => {
  const rosenbrock = (start: number[]): Objective => compile(readProgram({
    text: "function rosen(x: number[]) {\n  let sum = 0;\n  for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;\n  return sum;\n}",
    language: "typescript",
  }), "rosen", { start: [start] });
  const tenths = (n: number): number[] => Array.from({ length: n }, (_, k) => 0.1 * k);
  const expectEach = (found: Float64Array, expected: readonly number[]): void => {
    expect(found).toHaveLength(expected.length);
    for (const [k, each] of expected.entries()) expect(found[k]).toBeCloseTo(each, 11);
  };

  it("rosen_der, rosen_hess and rosen_hess_prod", () => {
    const nine = rosenbrock(tenths(9));
    expectEach(nine.gradient(nine.start), [-2, 10.6, 15.6, 13.4, 6.4, -3, -12.4, -19.4, 62]);
    const four = rosenbrock(tenths(4));
    expectEach(four.hessian(four.start), [-38, 0, 0, 0, 0, 134, -40, 0, 0, -40, 130, -80, 0, 0, -80, 200]);
    expectEach(nine.hessianVector(nine.start, Float64Array.from({ length: 9 }, (_, k) => 0.5 * k)), [0, 27, -10, -95, -192, -265, -278, -195, -180]);
  });
});
