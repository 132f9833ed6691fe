import { describe, expect, test } from "vitest";
import { compile, readProgram, type Formula } from "../../../src/core/index";

function setOut(text: string): Pick<Formula, "value" | "gradient"> {
  const program = readProgram({ text, language: "math" });
  const { formula } = compile(program, program.target ?? "", {});
  if (!formula) throw new Error("There is no formula");
  return formula.setOut?.() ?? formula;
}

const data = "x = [1,2,3,4,5,6,7,8,9,10,11,12]\ny = [2,4,5,6,7,8,9,10,11,12,13,15]\n";

describe("sums over vectors count as mathematics does", () => {
  test.each([
    ["mean((w x + b - y)^2)", "\\frac{1}{n} \\sum_{i=1}^{n} (w x_i + b - y_i)^2", "\\frac{2}{n} \\sum_{i=1}^{n} x_i (w x_i + b - y_i)"],
    ["Σ_{i=1}^{n} (w x_i + b - y_i)²", "\\sum_{i=1}^{n} (w x_i + b - y_i)^2", "2 \\sum_{i=1}^{n} x_i (w x_i + b - y_i)"],
    ["Σ_{i=1}^{12} i (w x_i)^2", "\\sum_{i=1}^{12} i (w x_i)^2", "2w \\sum_{i=1}^{12} i x_i^2"],
  ])("of data: %s", (text, value, slope) => {
    const shown = setOut(data + text);
    expect([shown.value.latex(), shown.gradient[0]?.latex()]).toEqual([value, slope]);
  });
  test("of unknowns", () => {
    expect(setOut("Σ_{i=1}^{30} (x_i - i)²").value.latex()).toBe("\\sum_{i=1}^{30} (x_i - i)^2");
    expect(setOut("Σ_{i=1}^{19} (100 (x_{i+1} - x_i²)² + (1 - x_i)²)").value.latex()).toBe("\\sum_{i=1}^{19} (100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2)");
  });
});
