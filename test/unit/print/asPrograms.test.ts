import { describe, expect, test } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Printable } from "../../../src/core/symbolic/formula";

function valueOf(text: string, language: "math" | "typescript"): Printable {
  const { formula } = compile(readProgram({ text, language }));
  if (!formula) throw new Error(`${text} has no formula`);
  return formula.value;
}

describe("what a program writes is printed as mathematics", () => {
  test("a product times itself is a square", () => {
    const value = valueOf("export function f(a: number, b: number, x: number) { const y = a*Math.sin(b*x); return y*y; }", "typescript");
    expect([value.latex(), value.math()]).toEqual(["(a \\sin(b x))^2", "(a * sin(b * x))^2"]);
    expect(valueOf("export function f(x: number, y: number) { return x*x*y; }", "typescript").typescript()).toBe("x * x * y");
  });

  test("a root of a counter that is one is none", () => {
    const griewank = "export function f(x: number, y: number) { let p = 1; const v = [x, y]; for (let i = 0; i < 2; i++) p *= Math.cos(v[i]/Math.sqrt(i+1)); return p; }";
    expect(valueOf(griewank, "typescript").math()).toBe("cos(x) * cos(y / sqrt(2))");
    expect(valueOf("x / sqrt(1)", "math").math()).toBe("x / sqrt(1)");
  });
});

describe("names of formulas are names in code", () => {
  test("words of the language have a line below them", () => {
    const value = valueOf("class^2 + new lambda + default", "math");
    expect([value.typescript(), value.python(), value.math()]).toEqual(["class_ * class_ + new_ * lambda + default_", "class_ ** 2 + new * lambda_ + default", "class^2 + new * lambda + default"]);
  });
});

describe("TypeScript that was printed is read again", () => {
  test.each(["sum(i, 1, 10, (x-i)^2)", "sum(i, 3, 20, x^i/i)", "asec(x + 2)", "asec(x/2) + acoth(x y)"])("%s", (text) => {
    const first = compile(readProgram({ text, language: "math" }));
    const printed = first.formula?.value.typescript() ?? "";
    const again = compile(readProgram({ text: `export function f(${first.coordinates.map((name) => `${name}: number`).join(", ")}) { return ${printed}; }`, language: "typescript" }));
    const at = Float64Array.from(first.coordinates, (_, i) => 3.5 + i);
    expect(again.value(at)).toBeCloseTo(first.value(at), 9);
    const second = again.formula?.value.typescript() ?? "";
    expect(second).not.toMatch(/\bdata\b/);
    if (!printed.includes("reduce")) expect(second).toBe(printed);
  });

  test("whole numbers in a row that have no name are no data", () => {
    const value = valueOf("export function f(x: number) { return [...Array(11).keys()].slice(1).reduce((sum, i) => sum + (x - i) ** 2, 0); }", "typescript");
    expect([value.typescript(), value.math()]).toEqual(["[...Array(10).keys()].reduce((sum, i) => sum + (x - (i + 1)) ** 2, 0)", "sum((x - (i + 1))^2, i = 0..9)"]);
  });
});
