import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core";

function formulaOf(body: string, before = ""): { value: string; gradient: string | undefined; shown: number; computed: number } {
  const text = `${before}\nexport function f(x: number) { return ${body}; }`;
  const objective = compile(readProgram({ text, language: "typescript" }), "f");
  if (!objective.formula) throw new Error(`${body} has no formula`);
  const plain = objective.formula.value.math();
  const again = compile(readProgram({ text: plain, language: "math" }));
  return { value: plain, gradient: objective.formula.gradient[0]?.math(), shown: again.value(Float64Array.of(0.7)), computed: objective.value(Float64Array.of(0.7)) };
}

describe("Numbers that a program computes are shown as they were typed", () => {
  test.each([
    ["x / (4 * Math.PI ** 2)", "x / (4 * pi^2)", "1 / (4 * pi^2)"],
    ["Math.sin(3 * Math.PI * x)", "sin(3 * pi * x)", "3 * pi * cos(3 * pi * x)"],
    ["Math.PI / 2 * x", "pi / 2 * x", "pi / 2"],
    ["Math.tanh(Math.sqrt(2 / Math.PI) * x)", "tanh(sqrt(2 / pi) * x)", undefined],
    ["10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x)", "10 * (1 - 1 / (8 * pi)) * cos(x)", "-10 * (1 - 1 / (8 * pi)) * sin(x)"],
    ["1 / 4 * x", "1 / 4 * x", "1 / 4"],
    ["Math.exp(x) / (2 * Math.sqrt(2 * Math.PI))", "exp(x) / (2 * sqrt(2 * pi))", undefined],
  ])("%s", (body, value, gradient) => {
    const formula = formulaOf(body);
    expect(formula.value).toBe(value);
    if (gradient !== undefined) expect(formula.gradient).toBe(gradient);
    expect(formula.shown).toBeCloseTo(formula.computed, 13);
  });

  test("a name for such a number stands for the same", () => {
    expect(formulaOf("k * x", "const k = 1 / (2 * Math.PI);").value).toBe("1 / (2 * pi) * x");
  });

  test("what comes out in a few digits is shown by them", () => {
    expect(formulaOf("0.5 * 0.5 * x").value).toBe("0.25 * x");
    expect(formulaOf("(x - mean) ** 2", "const data = [1.5, 2.25, 3]; const mean = data.reduce((a, b) => a + b, 0) / data.length;").value).toBe("(x - 2.25)^2");
  });

  test("digits that adding up has left are not shown", () => {
    expect(formulaOf("x - total", "const data = [0.1, 0.2, 0.4, 0.7, 1.2, 1.3, 2.1, 0.1, 0.2]; let total = 0; for (const d of data) total += d;").value).toBe("x - 6.3");
  });

  test("data are decimals, also where they are halves and quarters", () => {
    const horner = formulaOf("h(x)", "const c = [1, 0.5, 0.25]; function h(x: number) { let s = 0; for (let i = c.length - 1; i >= 0; i--) s = s * x + c[i]; return s; }");
    expect(horner.gradient).toBe("0.5 * x + 0.5");
    expect(horner.shown).toBeCloseTo(horner.computed, 13);
  });
});
