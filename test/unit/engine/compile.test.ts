import { selfCheck } from "../../../src/core/selfCheck";
import { describe, expect, it, vi } from "vitest";
import { compile, readProgram, SourceError } from "../../../src/core/index";
import { createObjective } from "../../../src/core/createObjective";
import { assign, bool, float, Names, read, whileLoop } from "../../../src/core/ir/build";
import type { IrFunction } from "../../../src/core/ir/types";
import type { Lowered } from "../../../src/core/source/program";
import { objectiveOf } from "../support/objectiveOf";

const typescript = (text: string) => readProgram({ text, language: "typescript" });

function codesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof SourceError) return error.diagnostics.map((diagnostic) => diagnostic.code);
    throw error;
  }
  return [];
}

describe("compile", () => {
  it("takes the only function where none is named", () => {
    const objective = compile(typescript("export function bowl(x: number, y: number) { return x * x + 3 * y * y; }"));
    expect(objective.name).toBe("bowl");
    expect([...objective.gradient(Float64Array.of(1, 2))]).toEqual([2, 12]);
    expect([...objective.hessian(Float64Array.of(1, 2))]).toEqual([2, 0, 0, 6]);
    expect([...objective.hessianVector(Float64Array.of(1, 2), Float64Array.of(1, -1))]).toEqual([2, -6]);
  });

  it("says which functions there are where the name is not one of them", () => {
    const program = typescript("function f(x: number) { return x; }\nfunction g(x: number) { return x; }");
    expect(codesOf(() => compile(program, "h"))).toEqual(["E120"]);
  });

  it.each(["latex", "python"] as const)("does not read %s yet, and says so", (language) => {
    expect(codesOf(() => readProgram({ text: "x^2", language }))).toEqual(["E101"]);
  });

  it("writes into the array it is given", () => {
    const objective = objectiveOf("x^2 y", ["x", "y"]);
    const out = new Float64Array(2);
    expect(objective.gradient(Float64Array.of(2, 3), out)).toBe(out);
    expect([...out]).toEqual([12, 4]);
    expect(objective.valueAndGradient(Float64Array.of(1, 5), out)).toBe(5);
    expect([...out]).toEqual([10, 1]);
  });

  it("samples a curve without a second direction", () => {
    const objective = objectiveOf("x^2", ["x"]);
    const grid = objective.grid({ origin: Float64Array.of(1), u: Float64Array.of(1), v: new Float64Array(0), s: [-1, 1], t: [0, 0] }, 3, 1);
    expect([...grid]).toEqual([0, 1, 4]);
  });

  it("keeps infinities and NaN of a grid", () => {
    const objective = objectiveOf("log(x) + 0 * y", ["x", "y"]);
    const grid = objective.grid({ origin: Float64Array.of(0, 0), u: Float64Array.of(1, 0), v: Float64Array.of(0, 1), s: [-1, 1], t: [0, 1] }, 3, 2);
    expect([...grid]).toEqual([NaN, -Infinity, 0, NaN, -Infinity, 0]);
  });

  it.each(["javascript", "wasm", "interpreter"] as const)("fills some rows of a grid with the numbers they have among all: %s", (backend) => {
    const objective = compile(readProgram({ text: "exp(sin(3 x) - y^2) / sqrt(1 + x^2)", language: "math" }), undefined, { backend });
    const plane = { origin: Float64Array.of(0.1, 0.2), u: Float64Array.of(1, 0.3), v: Float64Array.of(-0.7, 1), s: [-1.1, 2.3], t: [-0.3, 1.7] } as const;
    const whole = objective.grid(plane, 7, 11);
    for (const [from, to] of [[0, 1], [3, 8], [10, 11], [0, 11]] as const) expect(objective.grid(plane, 7, 11, { from, to })).toEqual(whole.slice(7 * from, 7 * to));
    const into = new Float64Array(77);
    expect(objective.grid(plane, 7, 11, undefined, into)).toBe(into);
    expect(into).toEqual(whole);
  });

  it("runs as WebAssembly where that is asked for", () => {
    const objective = objectiveOf("x^2", ["x"], { backend: "wasm" });
    expect(objective.value(Float64Array.of(3))).toBe(9);
    expect(objective.backend).toBe("wasm-simd");
    expect(objective.warnings).toEqual([]);
  });

  it("runs as JavaScript where there is no WebAssembly, and says so", () => {
    vi.stubGlobal("WebAssembly", undefined);
    try {
      const objective = objectiveOf("x^2", ["x"], { backend: "wasm" });
      expect(objective.value(Float64Array.of(3))).toBe(9);
      expect(objective.backend).toBe("javascript");
      expect(objective.warnings.map(({ code }) => code)).toContain("I301");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("gives the derivative of naive sigmoids, softpluses and their logarithms where the naive form overflows", () => {
    const at = (expression: string, x: number): number => objectiveOf(expression, ["x"]).gradient(Float64Array.of(x))[0] ?? NaN;
    expect(at("1 / (1 + exp(-x))", -800)).toBe(0);
    expect(at("log(1 + exp(x))", 800)).toBe(1);
    expect(at("log(1 / (1 + exp(-x)))", -800)).toBe(1);
    expect(at("log(1 / (1 + exp(-x)))", 800)).toBe(0);
  });
});

describe("warnings at the start", () => {
  const warningsOf = (expression: string, variables: string[], start: number[]) => objectiveOf(expression, variables, { start }).warnings;

  it("W201 where only jumps lead from the unknowns to the result", () => {
    const warnings = warningsOf("floor(x) + sign(y)", ["x", "y"], [1.5, 2]);
    expect(warnings.map(({ code }) => code)).toContain("W201");
  });

  it("W202 on a kink, W203 where the value is not a number; nothing elsewhere", () => {
    expect(warningsOf("abs(x) + y^2", ["x", "y"], [0, 1]).map(({ code }) => code)).toEqual(["W202"]);
    expect(warningsOf("log(x) + y", ["x", "y"], [-1, 1]).map(({ code }) => code)).toEqual(["W203"]);
    expect(warningsOf("abs(x) + log(y)", ["x", "y"], [1, 1])).toEqual([]);
  });

  it("W203 stands where the value breaks", () => {
    const text = "export function f(x: number) {\n  const inner = x - 2;\n  return x + Math.log(inner);\n}";
    const [warning] = compile(typescript(text), "f", { start: [1] }).warnings.filter(({ code }) => code === "W203");
    expect(warning?.range).toEqual({ start: { line: 2, character: 13 }, end: { line: 2, character: 28 } });
  });
});

describe("a loop that never ends", () => {
  it("is refused with its place", () => {
    const names = new Names();
    const x = names.local("f64", "x");
    const a = names.local("f64", "a");
    const fn: IrFunction = {
      name: "endless", dimension: 1, scalars: [{ local: x, offset: 0 }], arrays: [], result: read(a),
      body: [assign(a, read(x)), whileLoop(bool(true), [assign(a, float(1))], 1000, { start: 3, end: 9 })],
    };
    const lowered: Lowered = {
      function: fn, coordinates: ["x"], start: Float64Array.of(1), startOrigin: "inferred", diagnostics: [],
      locate: ({ start, end }) => ({ start: { line: 0, character: start }, end: { line: 0, character: end } }),
    };
    try {
      createObjective(lowered);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      expect(error.diagnostics).toMatchObject([{ code: "E109", range: { start: { character: 3 }, end: { character: 9 } } }]);
    }
  });
});

describe("the self-check", () => {
  it("agrees on a smooth function, and says by how much", () => {
    const check = objectiveOf("sin(x) y + exp(x y)", ["x", "y"], { start: [0.3, 0.7] }).selfCheck?.();
    expect(check?.verdict).toBe("agree");
    expect(check?.reverseForward).toBeLessThan(1e-12);
    expect(check?.reverseDifference).toBeLessThan(1e-7);
  });

  it.each([
    ["where the value is not finite", "log(x)", -1, "value"],
    ["where the derivative is not finite", "sqrt(x)", 0, "derivative"],
    ["on a kink", "max(x, 0)", 0, "kink"],
  ])("does not judge %s", (_name, text, start, reason) => {
    expect(objectiveOf(text, ["x"], { start: [start] }).selfCheck?.()).toMatchObject({ verdict: "unchecked", reason });
  });

  it("finds a wrong gradient, and says which partial derivative is wrong", () => {
    const right = objectiveOf("x^2 + 3 y^2", ["x", "y"], { start: [1, 2] });
    const wrong = Object.assign(Object.create(right) as typeof right, { gradient: () => Float64Array.of(2, 12.5) });
    const slopeAlong = (x: Float64Array, v: Float64Array): number => right.gradient(x).reduce((sum, g, k) => sum + g * (v[k] ?? 0), 0);
    const check = selfCheck(wrong, slopeAlong);
    expect(check).toMatchObject({ verdict: "disagree", reason: "modes", directions: 3, worst: { coordinate: "y", reverse: 12.5, forward: 12 } });
    expect(check.worst?.difference).toBeCloseTo(12, 6);
    const bothWrong = selfCheck(wrong, (_x, v) => 2 * (v[0] ?? 0) + 12.5 * (v[1] ?? 0));
    expect(bothWrong).toMatchObject({ verdict: "disagree", reason: "differences", worst: { coordinate: "y" } });
  });
});
