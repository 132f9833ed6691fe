import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Objective } from "../../../src/core/objective";
import { selfCheck } from "../../../src/core/selfCheck";
import { objectiveOf } from "../support/objectiveOf";

const read = (name: string): { cases: unknown[] } => JSON.parse(readFileSync(join(__dirname, "../../fixtures/engine", name), "utf8")) as { cases: unknown[] };

interface ExpressionCase { id: string; vars: string[]; expr: string; points: Record<string, number>[] }
interface Problem { id: string; vars: string[]; expr: string; start: number[] }

type Curve = (x: Float64Array) => number;

/** An objective whose gradient somebody made up. Both modes give it, as they would of one wrong rule. */
function checkOf(value: Curve, gradient: (x: Float64Array) => number[], start: number[]): ReturnType<typeof selfCheck> {
  const fake = {
    ...objectiveOf("x", ["x"]), dimension: start.length, coordinates: start.map((_, k) => `x${k}`), start: Float64Array.from(start), value,
    gradient: (x: Float64Array) => Float64Array.from(gradient(x)),
  } as Objective;
  return selfCheck(fake, (x, v) => gradient(x).reduce((sum, g, k) => sum + g * (v[k] ?? 0), 0));
}

describe("the self-check", () => {
  it.each((read("expressionDerivatives.json").cases as ExpressionCase[]).map((c) => [`${c.id}: ${c.expr}`, c] as const))("agrees on %s", (_name, c) => {
    for (const point of c.points) expect(objectiveOf(c.expr, c.vars, { start: c.vars.map((name) => point[name] ?? NaN) }).selfCheck?.().verdict).toBe("agree");
  });

  it.each((read("problems.json").cases as Problem[]).map((c) => [c.id, c] as const))("agrees on %s at its standard start", (_name, c) => {
    expect(objectiveOf(c.expr, c.vars, { start: c.start }).selfCheck?.().verdict).toBe("agree");
  }, 30_000);

  it.each([
    ["10^12 (x - 1)^2 + 10^12", 1.5], ["10^(-12) sin(x)", 0.3], ["sin(1000 x)", 0.2], ["exp(200 x)", 1], ["log(x)", 1e-8], ["x^2", 1e8], ["x^5", 0], ["x^4 + 10^6", 0],
    ["1000000 + x", 1], ["(x - 1)^2 + 10^9", 1], ["sqrt(x)", 1e-6], ["1 / x", 1e-5], ["x^2 + floor(x)", 1.5], ["abs(x)", 1e-4], ["tanh(50 x)", 1], ["erf(x)", 3], ["(x + 10^8) - 10^8", 1],
    ["3", 2],
  ])("agrees on %s at %d, however large or small, steep or flat", (expression, start) => {
    expect(objectiveOf(expression, ["x"], { start: [start] }).selfCheck?.()).toMatchObject({ verdict: "agree" });
  });

  it.each([
    ["max(x, 0)", 0, "kink"], ["x > 0 ? x : 0", 0, "kink"], ["x >= 0 ? x : -x", 0, "kink"], ["x > 0 ? x + 1 : x", 0, "kink"], ["x == 0 ? 1 : x + 1", 0, "kink"],
    ["0^x", 0, "kink"], ["sqrt(x)", 0, "derivative"], ["sqrt(x)^2", 0, "derivative"], ["log(x)", -1, "value"], ["1 / x", 0, "value"],
  ])("judges nothing of %s at %d: %s", (expression, start, reason) => {
    expect(objectiveOf(expression, ["x"], { start: [start] }).selfCheck?.()).toMatchObject({ verdict: "unchecked", reason });
  });

  it("judges nothing where the value is noise", () => {
    const noisy: Curve = (x) => (x[0] ?? 0) + 1e-3 * (Math.sin(1e17 * (x[0] ?? 0)) > 0 ? 1 : 0);
    expect(checkOf(noisy, () => [1], [0.3]).verdict).not.toBe("disagree");
  });

  it.each([
    ["a slope off by a thousandth", (x: Float64Array) => [1.001 * Math.cos(x[0] ?? 0)], [0.4]],
    ["a slope with the wrong sign", (x: Float64Array) => [-Math.cos(x[0] ?? 0)], [0.4]],
    ["a slope that is always 0", () => [0], [0.4]],
    ["a wrong slope at a start whose own slope is right", (x: Float64Array) => [1 + 30 * Math.abs(x[0] ?? 0)], [1.5]],
  ])("finds %s in both modes", (_name, gradient, start) => {
    expect(checkOf((x) => Math.sin(x[0] ?? 0), gradient, start)).toMatchObject({ verdict: "disagree", reason: "differences" });
  });

  it("finds a wrong rule beside a start that is a kink", () => {
    const relu: Curve = (x) => Math.max(0, x[0] ?? 0) + Math.sin(x[1] ?? 0);
    const right = (x: Float64Array): number[] => [(x[0] ?? 0) > 0 ? 1 : 0, Math.cos(x[1] ?? 0)];
    expect(checkOf(relu, right, [0, 0.4])).toMatchObject({ verdict: "unchecked", reason: "kink" });
    const wrong = (x: Float64Array): number[] => [(x[0] ?? 0) > 0 ? 1 : 0, 1.1 * Math.cos(x[1] ?? 0)];
    expect(checkOf(relu, wrong, [0, 0.4])).toMatchObject({ verdict: "disagree", worst: { coordinate: "x1" } });
  });

  it("finds the one wrong partial derivative among a thousand", () => {
    const start = Array.from({ length: 1000 }, (_, k) => Math.sin(k));
    const check = checkOf((x) => x.reduce((sum, xk) => sum + xk * xk, 0), (x) => Array.from(x, (xk, k) => 2 * xk + (k === 17 ? 0.01 : 0)), start);
    expect(check).toMatchObject({ verdict: "disagree", worst: { coordinate: "x17" } });
  });

  it("takes few evaluations, however many rows a value has", () => {
    let evaluations = 0;
    const counted: Curve = (x) => {
      evaluations++;
      return Math.exp(x[0] ?? 0) * Math.cos(x[1] ?? 0);
    };
    const gradient = ([a = 0, b = 0]: Float64Array): number[] => [Math.exp(a) * Math.cos(b), -Math.exp(a) * Math.sin(b)];
    expect(checkOf(counted, gradient, [0.3, 0.7]).verdict).toBe("agree");
    expect(evaluations).toBeLessThanOrEqual(3 * 6 + 1);
    evaluations = 0;
    checkOf((x) => counted(x) + Math.abs((x[0] ?? 0) - 0.3), gradient, [0.3, 0.7]);
    expect(evaluations).toBeLessThanOrEqual(5 * 26 + 2);
  });
});
