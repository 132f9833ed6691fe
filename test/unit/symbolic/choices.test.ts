import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/objective";

function objectiveOf(text: string): Objective {
  const program = readProgram({ text, language: "typescript" });
  return compile(program, program.target ?? program.functions.at(-1)?.name);
}

const smoothstep = "x < 0 ? 0 : x > 1 ? 1 : x * x * (3 - 2 * x)";

describe("choices in a program", () => {
  const choices: readonly [string, string, string, string][] = [
    ["else-if that returns, without braces", "function f(x: number) { if (x < 0) return 0; else if (x > 1) return 1; return x * x * (3 - 2 * x); }", smoothstep, "x < 0 ? 0 : x > 1 ? 0 : 6 * x * (1 - x)"],
    ["else-if that returns, with braces", "function f(x: number) { if (x < 0) { return 0; } else if (x > 1) { return 1; } return x * x * (3 - 2 * x); }", smoothstep, "x < 0 ? 0 : x > 1 ? 0 : 6 * x * (1 - x)"],
    ["brackets of a tax", "function f(x: number) { if (x < 10) return 0.1 * x; else if (x < 40) return 1 + 0.2 * (x - 10); else if (x < 80) return 7 + 0.3 * (x - 40); return 19 + 0.4 * (x - 80); }",
      "x < 10 ? 0.1 * x : x < 40 ? 1 + 0.2 * (x - 10) : x < 80 ? 7 + 0.3 * (x - 40) : 19 + 0.4 * (x - 80)", "x < 10 ? 0.1 : x < 40 ? 0.2 : x < 80 ? 0.3 : 0.4"],
    ["the last case asked for though nothing else is left", "function f(x: number) { if (x < 0) return -x; else if (x >= 0) return x ** 3; }", "x < 0 ? -x : x^3", "x < 0 ? -1 : 3 * x^2"],
    ["returns from a switch over true", "function f(x: number) { switch (true) { case x < 0: { return x * x; } case x > 2: return 4 * x - 4; } return x ** 3; }", "x < 0 ? x * x : x > 2 ? 4 * x - 4 : x^3", "x < 0 ? 2 * x : x > 2 ? 4 : 3 * x^2"],
    ["a condition asked twice", "function f(x: number, y: number) { let a = 0; if (x > y) a = x * x; else a = y; return x > y ? a * y : a; }", "x > y ? x * x * y : y", "x > y ? 2 * x * y : 0"],
    ["a bound within a bound", "function f(x: number) { let a = x; if (x > 2) a = 3 * x; return x > 5 ? a * a : a; }", "x > 5 ? (3 * x)^2 : x > 2 ? 3 * x : x", "x > 5 ? 18 * x : x > 2 ? 3 : 1"],
  ];
  test.each(choices)("%s", (_, text, value, gradient) => {
    const { formula, noFormula } = objectiveOf(text);
    expect(noFormula).toBeUndefined();
    expect([formula?.value.math(), formula?.gradient[0]?.math()]).toEqual([value, gradient]);
  });

  const derivatives: readonly [string, string, string][] = [
    ["a root of a choice", "function f(x: number, y: number) { let d; if (x > y) d = x * x; else d = y * y * x; return Math.sqrt(d); }", "x > y ? x / sqrt(x^2) : y^2 / (2 * sqrt(y^2 * x))"],
    ["a power of a choice", "function f(x: number) { if (x < 0) x = -x; return x ** 1.5; }", "x < 0 ? -1.5 * (-x)^0.5 : 1.5 * x^0.5"],
    ["a clamped number used twice", "function clamp(x: number, a: number, b: number) { return x < a ? a : x > b ? b : x; } function f(x: number) { const t = clamp(x, 0, 1); return t * t * (3 - 2 * t); }", "x < 0 ? 0 : x > 1 ? 0 : 6 * x * (1 - x)"],
    ["a clamped number squared", "function clamp(x: number, a: number, b: number) { if (x < a) return a; if (x > b) return b; return x; } function f(x: number) { return clamp(x, 0, 1) ** 2; }", "x < 0 ? 0 : x > 1 ? 0 : 2 * x"],
  ];
  test.each(derivatives)("are not asked again in the derivative of %s", (_, text, gradient) => {
    const objective = objectiveOf(text);
    expect(objective.formula?.gradient[0]?.math()).toBe(gradient);
    for (const x of [[-0.7, 0.3], [0.4, 1.7], [2.3, 1.2]].map((point) => Float64Array.from(point.slice(0, objective.dimension)))) {
      const again = objectiveOf(`const [x, y] = [${[...x, 0].join(", ")}]; function g(z: number) { return z + (${objective.formula?.gradient[0]?.typescript() ?? ""}); }`);
      const wanted = objective.gradient(x)[0] ?? NaN;
      if (Number.isFinite(wanted)) expect(again.value(new Float64Array(1))).toBeCloseTo(wanted, 9);
    }
  });

  test("where a case is really missing there is no formula", () => {
    expect(objectiveOf("function f(x: number): any { if (x < 0) return -x; else if (x > 1) return x ** 3; }").noFormula).toBe("There is no short closed form: it holds NaN.");
  });

  test("of a helper called in a loop stand in the sum", () => {
    const { formula } = objectiveOf(`const xs = [0.5, 1.5, 2.5, -1, 4]; function huber(r: number) { if (r < -1) return -r - 0.5; else if (r > 1) return r - 0.5; return r * r / 2; }
      function f(m: number) { let s = 0; for (const x of xs) s += huber(x - m); return s; }`);
    expect(formula?.value.math()).toBe("sum(xs_i - m < (-1) ? -(xs_i - m) - 0.5 : xs_i - m > 1 ? xs_i - m - 0.5 : (xs_i - m) * (xs_i - m) / 2, i = 1..5)");
  });
});
