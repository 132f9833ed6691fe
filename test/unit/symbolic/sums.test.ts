import { describe, expect, test } from "vitest";
import { compile, printGradient, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/objective";
import { sumPrograms } from "./sumPrograms";

function objectiveOf(text: string): Objective {
  const program = readProgram({ text, language: "typescript" });
  return compile(program, program.target ?? program.functions.at(-1)?.name);
}

describe("sums over an index out of loops", () => {
  test.each(sumPrograms)("$title", ({ text, value, gradient }) => {
    const { formula, noFormula } = objectiveOf(text);
    expect(noFormula).toBeUndefined();
    expect(formula?.value.latex()).toBe(value);
    expect(formula?.gradient.slice(0, gradient.length).map((entry) => entry.latex())).toEqual(gradient);
  });
});

describe("sums in code", () => {
  const inCode: readonly [string, string, readonly string[]][] = [
    ["run over the list itself", `const xs = [0.5, 1, 2.5, 3, 4.5], ys = [1, 2, 2.5, 4, 5];
      function loss(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return s / xs.length; }`,
    ["xs.reduce((sum, _, i) => sum + (w * xs[i] + b - ys[i]) ** 2, 0) / xs.length", "2 * sum(xs[i] * (w * xs[i] + b - ys[i]) for i in range(len(xs))) / len(xs)", "sum((w * xs_i + b - ys_i)^2, i = 1..5) / 5"]],
    ["read fields of records", `const points = [{ x: 1, y: 2 }, { x: 2, y: 3.5 }, { x: 3, y: 4 }, { x: 4.5, y: 6 }];
      function loss(w: number, b: number) { let s = 0; for (const p of points) s += (w * p.x + b - p.y) ** 2; return s; }`,
    ["points.reduce((sum, _, i) => sum + (w * points[i].x + b - points[i].y) ** 2, 0)", "2 * sum(points[i][\"x\"] * (w * points[i][\"x\"] + b - points[i][\"y\"]) for i in range(len(points)))", "sum((w * x_i + b - y_i)^2, i = 1..4)"]],
    ["count through the fields of an object", `const w = { a: 0.5, b: 1, c: 2.5, d: 3, e: 4.5, f: 1.5, g: 0.2, h: 3.1, k: 2.2, l: 0.9, m: 1.1, n: 2.8, o: 3.3 };
      function loss(p: number) { let s = 0; for (const v of Object.values(w)) s += (p - v) ** 2; return s; }`,
    ["[...Array(13).keys()].reduce((sum, i) => sum + (p - Object.values(w)[i]) ** 2, 0)", "2 * sum(p - list(w.values())[i] for i in range(13))", "sum((p - w_i)^2, i = 1..13)"]],
    ["begin where the loop begins", `const xs = [0.5, 1, 2.5, 3, 4.5];
      function f(a: number) { let s = 0; for (let i = 1; i < xs.length; i++) s += (xs[i] - a * xs[i - 1]) ** 2; return s; }`,
    ["[...Array(5).keys()].slice(1).reduce((sum, i) => sum + (xs[i] - a * xs[i - 1]) ** 2, 0)", "-2 * sum(xs[i - 1] * (xs[i] - a * xs[i - 1]) for i in range(1, 5))", "sum((xs_i - a * xs[i - 1])^2, i = 2..5)"]],
  ];
  test.each(inCode)("%s", (_, text, [typescript, python, math]) => {
    const { formula } = objectiveOf(text);
    expect([formula?.value.typescript(), formula?.gradient[0]?.python(), formula?.value.math()]).toEqual([typescript, python, math]);
  });

  const alone = sumPrograms.filter(({ text }) => /^const (?!loss|f)/.test(text) && !text.includes("params") && !text.includes("number[]"));
  test.each(alone)("mean what the program means: $title", ({ text }) => {
    const objective = objectiveOf(text);
    const { formula, coordinates, start } = objective;
    const data = text.split("\n").find((line) => line.startsWith("const")) ?? "";
    const again = objectiveOf(`${data.replace(/; const sigmoid.*/, ";")}\nfunction again(${coordinates.map((name) => `${name}: number`).join(", ")}) { return ${formula?.gradient[0]?.typescript() ?? ""}; }`);
    for (const moved of [0.3, 0.9, -0.4]) {
      const x = start.map((value, k) => value + moved * (1 + 0.3 * k));
      expect(again.value(x)).toBeCloseTo(objective.gradient(x)[0] ?? NaN, 8);
    }
  });
});

describe("sums in plain mathematics", () => {
  // A bound that another index tells, the reader does not know.
  const readable = sumPrograms.filter(({ text, value }) => !value.includes("^{i}") && /^const \w+ = \[[\d., -]+\](?:, \w+ = \[[\d., -]+\])*;$/m.test(text) && !/params|number\[\]|=> data/.test(text));
  test.each(readable)("are read again as the same function: $title", ({ text }) => {
    const objective = objectiveOf(text);
    const { formula, coordinates, start } = objective;
    const data = [...(text.split("\n")[0] ?? "").matchAll(/(\w+) = (\[[\d., -]+\])/g)].map(([line]) => line);
    const lines = [...data, `f(${coordinates.join(", ")}) = ${formula?.value.math() ?? ""}`].join("\n");
    const again = compile(readProgram({ text: lines, language: "math" }), "f");
    for (const moved of [0.3, 0.9]) {
      const x = start.map((value, k) => value + moved * (1 + 0.3 * k));
      expect(again.value(x)).toBeCloseTo(objective.value(x), 8);
    }
  });
});

test("the gradient is printed as formulas with sums where these are asked for", () => {
  const program = readProgram({ text: "const xs = [0.5, 1, 2.5, 3], ys = [1, 2, 2.5, 4]; function f(a: number) { let s = 0; for (let i = 0; i < xs.length; i++) s += (a * xs[i] - ys[i]) ** 2; return s; }", language: "typescript" });
  expect(printGradient(program, "f", "latex")).toBe("\\frac{d f}{d a} = 2 \\sum_{i=1}^{n} x_i (a x_i - y_i)");
  expect(printGradient(program, "f", "math")).toBe("df/da = 2 * sum(xs_i * (a * xs_i - ys_i), i = 1..4)");
});

describe("what has no sum says why", () => {
  const hundred = "const xs = Array.from({ length: 100 }, (_, i) => i / 10);";
  test.each([
    [`${hundred} function f(a: number) { let s = 0; for (const x of xs) s = a * s * s + x; return s; }`, "There is no short closed form: each turn of its loop over 100 rows needs what the one before it made."],
    ["function f(lr: number, beta: number) { let x = 1, v = 0; for (let t = 0; t < 10; t++) { v = beta * v + 2 * x; x = x - lr * v; } return x * x; }", "There is no short closed form: each turn of its loop over 10 rows needs what the one before it made."],
    ["function f(a: number) { let x = 1; for (let t = 0; t < 6; t++) x = (x + a / x) / 2; return x; }", "There is no short closed form: each turn of its loop over 6 rows needs what the one before it made."],
    [`${hundred} function f(a: number) { let m = 0; for (const x of xs) m = Math.max(m, a * x); return m; }`, "There is no short closed form: each turn of its loop over 100 rows needs what the one before it made."],
  ])("%s", (text, reason) => {
    const { formula, noFormula } = objectiveOf(text);
    expect([formula, noFormula]).toEqual([undefined, reason]);
  });

  test("an enormous program is given up in good time", () => {
    const deep = Array.from({ length: 7 }, (_, k) => `for (let i${k} = 0; i${k} < 9; i${k}++)`).join(" ");
    const objective = objectiveOf(`function f(a: number) { let s = 1; ${deep} s = a * s * s + ${Array.from({ length: 7 }, (_, k) => `i${k}`).join(" + ")}; return s; }`);
    const begun = performance.now();
    expect(objective.formula).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe("gradients of sums", () => {
  const alike: readonly [string, string, readonly string[]][] = [
    ["keep the residual as the user wrote it, for every unknown", `const xs = [1, 2, 3, 4, 5], ys = [3, 2, 1, 1, 1];
      function f(w: number, b: number) { let s = 0; for (let i = 0; i < xs.length; i++) { const e = ys[i] - (w * xs[i] + b); s += 0.5 * e * e; } return s; }`,
    ["-sum(xs_i * (ys_i - (w * xs_i + b)), i = 1..5)", "-sum(ys_i - (w * xs_i + b), i = 1..5)"]],
    ["keep the user's factors where an index picks terms", "function f(x = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) { let s = 0; for (let i = 0; i + 1 < x.length; i++) s += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2; return s; }",
      ["-400 * x_0 * (x_1 - x_0^2) - 2 * (1 - x_0)", "200 * (x_1 - x_0^2) - 400 * x_1 * (x_2 - x_1^2) - 2 * (1 - x_1)"]],
    ["are one sum where two indices say the same", "function f(x = [1, 2, 3, 4, 5]) { let s = 0; for (let i = 0; i < x.length; i++) for (let j = 0; j < x.length; j++) s += (x[i] - x[j]) ** 2; return s; }",
      ["4 * sum(x_0 - x_j, j = 0..4)", "4 * sum(x_1 - x_j, j = 0..4)"]],
  ];
  test.each(alike)("%s", (_, text, gradient) => {
    expect(objectiveOf(text).formula?.gradient.slice(0, 2).map((entry) => entry.math())).toEqual(gradient);
  });
});
