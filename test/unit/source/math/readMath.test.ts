import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { interpret } from "../../../../src/core/ir/interpret";
import { SourceError, type Diagnostic } from "../../../../src/core/source/diagnostic";
import { readMath } from "../../../../src/core/source/math/readMath";

interface Plain {
  files: Record<string, string>;
  cases: { file: string; function: string; source: string; samples: { x: number[]; paths: string[]; f: number }[] }[];
}
const plain = JSON.parse(readFileSync(new URL("../../../fixtures/math/plain.json", import.meta.url), "utf8")) as Plain;

interface Outcome {
  name: string;
  coordinates: string[];
  start: number[];
  origin: string;
  notes: Diagnostic[];
  value(...x: number[]): number;
}

function read(text: string, selection: { start: number; end: number } = { start: 0, end: text.length }, uri?: string): Outcome {
  const program = readMath({ text, language: "math", selection, ...(uri === undefined ? {} : { uri }) });
  const lowered = program.lower(program.target ?? "", {});
  return {
    name: program.target ?? "", coordinates: lowered.coordinates, start: [...lowered.start], origin: lowered.startOrigin, notes: lowered.diagnostics,
    value: (...x) => interpret(lowered.function, Float64Array.from(x)).value,
  };
}

function refusal(text: string, selection?: { start: number; end: number }): Diagnostic {
  try {
    read(text, selection);
  } catch (error) {
    if (error instanceof SourceError && error.diagnostics[0]) return error.diagnostics[0];
    throw error;
  }
  throw new Error(`${text} was read`);
}

/** The selection that `[` and `]` mark, or the cursor that `|` marks, in a text. */
function marked(text: string): { text: string; selection: { start: number; end: number } } {
  const cursor = text.indexOf("▮");
  return { text: text.replace("▮", ""), selection: { start: cursor, end: cursor } };
}

describe("formulas as people write them", () => {
  const { files } = plain;
  const textOf = (file: string): string => new Map(Object.entries(files)).get(file) ?? "";

  test.each(plain.cases)("$source, highlighted in its file", ({ file, function: name, source, samples }) => {
    const text = textOf(file);
    const start = text.indexOf(source);
    for (const selection of [{ start, end: start + source.length }, { start: start + 3, end: start + 3 }]) {
      const outcome = read(text, selection);
      if (!name.startsWith("(")) expect(outcome.name).toBe(name);
      for (const sample of samples) {
        const value = outcome.value(...outcome.coordinates.map((coordinate) => sample.x[sample.paths.indexOf(coordinate)] ?? NaN));
        expect(Math.abs(value - sample.f)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(sample.f)));
      }
    }
  });
});

describe("notation", () => {
  test.each<[string, number[], number]>([
    ["x**2+2*x+3", [2], 11],
    ["x² + ½ y³ − |x·y| ÷ 2", [2, 4], 4 + 32 - 4],
    ["√x + √(x + 5) + ∛8", [4], 2 + 3 + 2],
    ["2^x^0.5", [4], 4],
    ["-x^2", [3], -9],
    ["1/2 x", [4], 2],
    ["1/x(1-x)", [3], 1 / (3 * -2)],
    ["x(1-x)", [3], -6],
    ["sin x + sin^2 x + sin(x)^2", [0.4], Math.sin(0.4) + 2 * Math.sin(0.4) ** 2],
    ["2 sin 3x cos x", [0.4], 2 * Math.sin(1.2) * Math.cos(0.4)],
    ["e^-x + exp(-x)", [1], 2 * Math.exp(-1)],
    ["3! / x", [2], 3],
    ["||x|-1|", [-3], 2],
    ["|x| |x - 1|", [-3], 12],
    ["log(x, 10) + ln(x) + log2(x)", [100], 2 + Math.log(100) + Math.log2(100)],
    ["nthRoot(x, 3) + nthRoot(x, 5)", [-32], Math.cbrt(-32) - 2],
    ["mod(x, 3) + x % 3", [-1], 4],
    ["x > 1 ? x : 0 < x < 1 ? 10 : 20", [0.5], 10],
    ["relu(x) + clamp(x, -1, 1)", [5], 6],
    ["Math.exp(x) * np.cos(x) + Math.PI", [0], 1 + Math.PI],
    ["𝑥² + eˣ + x⁻²", [1], 2 + Math.E],
    ["Σ_{i=1}^{4} (x − i²)² / i", [0], 100],
    ["sum((x - i)^2, i = 1..3)", [2], 2],
    ["prod(i, 1, 4, x)", [2], 16],
    ["x_{1}^2 + 2pi x_1", [1], 1 + 2 * Math.PI],
    ["x ↦ x^2 + 1", [3], 10],
    ["(y, x) => y - x", [5, 2], 3],
    ["argmin_x (x-3)^2", [5], 4],
    ["log₂(x) + log_{10}(x)", [100], 2 + Math.log2(100)],
  ])("%s", (text, x, value) => {
    expect(read(text).value(...x)).toBeCloseTo(value, 12);
  });
});

describe("a cursor in a line", () => {
  test.each<[string, number[], number]>([
    ["f(x, y) = 2x + 3xy + y^3▮", [2, 3], 4 + 18 + 27],
    ["4. 다변수 함수▮: f(x, y) = 2x + 3xy + y^3", [2, 3], 4 + 18 + 27],
    ["The product▮ of both is x^2 + xy + y^2 here.", [2, 3], 4 + 6 + 9],
    ["The bowl is▮ x^2 + y^2 as it were.", [2, 3], 13],
  ])("reads the whole of %s", (line, x, value) => {
    const { text, selection } = marked(line);
    expect(read(text, selection).value(...x)).toBe(value);
  });
});

describe("a formula among words, highlighted with them", () => {
  test.each<[string, number[], number]>([
    ["함수 f(x) = x^2", [3], 9],
    ["f(x) = x^2 함수", [3], 9],
    ["문제 3. f(x) = x^3 - 3x 의 극값을 구하시오.", [2], 2],
    ["f(x)=x^2 을(를) 미분하면?", [3], 9],
    ["f(x) = x² (단, x > 0)", [3], 9],
    ["y = 2x + 1 (직선)", [3], 7],
    ["f(x) = x^2 — 포물선", [3], 9],
    ["The loss is x^2 + y^2.", [3, 1], 10],
    ["Find the minimum of f(x, y) = x^2 + xy + y^2", [2, 3], 19],
    ["Here is the loss function:\nx^2 + y^2\nas we all know it", [3, 1], 10],
    ["다음 손실을 보자.\nL(w) = (w - 3)^2\n학습률은 0.1 이다.", [1], 4],
  ])("%j", (text, x, value) => expect(read(text).value(...x)).toBeCloseTo(value, 12));

  test.each(["minimize x^2 subject to x > 1", "the sum of x^2 and y^2", "where x^2 is less than the budget y^2"])("is not chosen among several: %s", (text) => {
    expect(refusal(text).code).toBe("E122");
  });
});

describe("words of other scripts, where a line has them for names only", () => {
  test.each<[string, string[], number[], number]>([
    ["체중(야식, 운동) = 70 + 2*야식 - 1.5*운동 + 야식^2", ["야식", "운동"], [2, 4], 72],
    ["f(야식, 운동) = 3 야식^2 + 운동", ["야식", "운동"], [2, 5], 17],
    ["야식^2 + 운동^2", ["야식", "운동"], [3, 4], 25],
    ["비용 = x^2 + 가중치*y", ["x", "가중치", "y"], [2, 3, 5], 19],
    ["손실(w) = (w - 3)^2", ["w"], [1], 4],
    ["誤差^2 / 2", ["誤差"], [4], 8],
    // A title, a remark, a sentence: words that stay words.
    ["예제 1: x^2 + y^2", ["x", "y"], [3, 4], 25],
    ["x^2 + y^2 (최소)", ["x", "y"], [3, 4], 25],
    ["x^2 + 운동 에너지", ["x"], [3], 9],
  ])("%s", (text, coordinates, x, value) => {
    const program = read(text);
    expect(program.coordinates).toEqual(coordinates);
    expect(program.value(...x)).toBeCloseTo(value, 12);
  });
});

describe("the unknowns", () => {
  test.each([
    ["y^2 + x^2", ["x", "y"]],
    ["(w x + b - y)^2", ["w", "x", "b", "y"]],
    ["x10 + x2 + x1", ["x1", "x2", "x10"]],
    ["θ₀ + θ₁ x", ["θ_0", "θ_1", "x"]],
    ["f(y, x) = x y", ["y", "x"]],
  ])("of %s are %j", (text, coordinates) => expect(read(text).coordinates).toEqual(coordinates));

  test("xy is a product of declared parameters, and says so", () => {
    const outcome = read("f(x, y) = 2x+3xy + y^3");
    expect(outcome.value(2, 3)).toBe(4 + 18 + 27);
    expect(outcome.notes).toMatchObject([{ code: "I302", message: "xy is read as x·y.", range: { start: { character: 14 }, end: { character: 16 } } }]);
  });
  test("xy is a product where x and y occur by themselves, and one name where they do not", () => {
    expect(read("x^2+2xy+3+cos(x+2y)").coordinates).toEqual(["x", "y"]);
    expect(read("yx tan(y)").coordinates).toEqual(["yx", "y"]);
  });
  test("a start is finite where the function is defined only near 0", () => {
    const outcome = read("asin(x) + log(1 - y^2)");
    expect(Number.isFinite(outcome.value(...outcome.start))).toBe(true);
    expect(outcome.origin).toBe("inferred");
  });
  test("values given to all of them are where to start", () => {
    const outcome = read("x = 4.0\ny = -3\nx**2 + y**2");
    expect([outcome.coordinates, outcome.start, outcome.origin]).toEqual([["x", "y"], [4, -3], "initializer"]);
  });
  test("variables and start can be chosen", () => {
    const program = readMath({ text: "f(a, x) = a x^2", language: "math" });
    const lowered = program.lower("f", { variables: ["x"], start: [3, 5] });
    expect([lowered.coordinates, [...lowered.start], interpret(lowered.function, Float64Array.of(2)).value]).toEqual([["x"], [5], 12]);
  });
});

describe("definitions around a formula", () => {
  test.each<[string, string[], number[], number]>([
    ["a = 2\nf(x) = a x^2", ["x"], [3], 18],
    ["s(z) = 1/(1+e^-z)\n(s(w x) - y)^2", ["w", "x", "y"], [0, 1, 2], 2.25],
    ["minimise (x-a)^2 where a = 3", ["x"], [5], 4],
    ["k (x-1)^2, k = 3", ["x"], [2], 3],
    ["y = 3 x + c   (c = 2)", ["x"], [1], 5],
    ["u = x - 1\nu^2 + y^2", ["x", "y"], [3, 1], 5],
    ["f(x) = a x + b   # a = 4, b = 1", ["x"], [2], 9],
    ["a = 3\nf(x) = a x   # a = 4", ["x"], [2], 6],
    ["기울기 a = 2, 절편 b = 1 일 때\nf(x) = a x + b", ["x"], [3], 7],
    ["함수 g(x) = x^2 를 쓰자\nf(x) = g(x) + 1", ["x"], [3], 10],
    ["x = 1에서 보자\na x^2", ["a", "x"], [2, 3], 18],
    ["const xs = [1, 2, 3]; const ys = [2, 4, 5];\nsum((w xs_i - ys_i)^2, i=1..3)", ["w"], [1], 9],
  ])("%j", (text, coordinates, x, value) => {
    const outcome = read(text);
    expect(outcome.coordinates).toEqual(coordinates);
    expect(outcome.value(...x)).toBeCloseTo(value, 12);
  });
});

describe("a formula in other text", () => {
  test.each([
    ["// loss: x^2 + y^2 ▮", ["x", "y"]],
    ["  # minimise (x - 1)^2▮", ["x"]],
    ["* `x^2 + 3x`▮ is a parabola", ["x"]],
    ["The bowl $u^2 + ▮v^2$ and the line $x + y$.", ["u", "v"]],
    ["The function f(x, y) = x^2▮ + y^2 has its minimum at the origin.", ["x", "y"]],
    ["<!-- x^2 + ▮y^2 -->", ["x", "y"]],
    ["const loss = (x - 1) ** 2▮;", ["x"]],
    ["f(x) = (x +\n  1)^2▮", ["x"]],
    ["a x² + b x + c▮", ["a", "x", "b", "c"]],
    ["sin x cos y▮", ["x", "y"]],
    ["def f(x, y): return x**2 + ▮y**2", ["x", "y"]],
  ])("%s", (line, coordinates) => {
    const { text, selection } = marked(line);
    expect(read(text, selection).coordinates).toEqual(coordinates);
  });

  test("places are those of the whole text", () => {
    const text = "first line\n// loss = x^2 + foo(y)";
    const start = text.indexOf("loss");
    expect(refusal(text, { start, end: text.length })).toMatchObject({ code: "E102", range: { start: { line: 1, character: 16 }, end: { line: 1, character: 19 } } });
  });
  test("a dash begins a list item in Markdown, and a negative number elsewhere", () => {
    expect(read("- x^2", undefined, "file:///notes.md").value(3)).toBe(9);
    expect(read("- x^2").value(3)).toBe(-9);
  });
});

describe("what is refused", () => {
  test.each<[string, string, number, number]>([
    ["", "E120", 0, 0],
    ["the quick brown fox", "E122", 0, 9],
    ["hello", "E122", 0, 5],
    ["x^2 + y^2 = 1", "E121", 10, 11],
    ["x^2 == 1", "E121", 4, 6],
    ["x + * 3", "E100", 4, 5],
    ["x + ", "E100", 3, 3],
    ["(x + 1", "E100", 6, 6],
    ["x + 1)", "E100", 5, 6],
    ["foo(x) + 1", "E102", 0, 3],
    ["f(x) = k x", "E102", 7, 8],
    ["3 + 4", "E113", 0, 5],
    ["[x, y]", "E105", 0, 6],
    ["x > 1", "E105", 0, 5],
    ["3 + 2i", "E105", 5, 6],
    ["\"x\" + 1", "E107", 0, 1],
    ["f(x) = f(x) + 1", "E106", 7, 8],
    ["x & 3", "E101", 2, 3],
    ["5 x to 3", "E101", 4, 6],
    ["\\frac{x}{2}", "E101", 0, 1],
    ["sin(x, y)", "E100", 0, 9],
  ])("%j with %s", (text, code, start, end) => {
    expect(refusal(text)).toMatchObject({ code, severity: "error", range: { start: { character: start }, end: { character: end } } });
  });

  test.each(["This is just a sentence▮ with no formula.", "import numpy as np▮", "▮", "hello▮"])("a cursor where there is no formula: %s", (line) => {
    const { text, selection } = marked(line);
    expect(refusal(text, selection).code).toBe("E120");
  });
  test.each(["5% x + 3%", "x%< y"])("a percent sign that is no remainder: %s", (text) => expect(refusal(text).code).toBe("E101"));
  test("an unknown function comes with the one that was probably meant", () => {
    expect(refusal("sine(x)").hint).toBe("Did you mean sin?");
  });
  test("a helper with a mistake does not spoil the formula that does not use it", () => {
    const program = readMath({ text: "g(x) = x +\n\nf(x) = x^2", language: "math" });
    expect(program.target).toBe("f");
    expect(program.functions.find((info) => info.name === "g")?.refusal?.code).toBe("E100");
  });
  test.each([
    ["brackets", `${"(".repeat(3000)}x${")".repeat(3000)}`],
    ["signs", `${"-".repeat(3000)}x`],
    ["powers", Array.from({ length: 3000 }, () => "x").join("^")],
    ["terms", Array.from({ length: 9000 }, () => "x").join("+")],
  ])("thousands of %s are refused, and overflow nothing", (_, text) => {
    expect(refusal(text).code).toBe("E101");
  });
  test("a long sum is read", () => {
    expect(read(Array.from({ length: 900 }, () => "x").join("+")).value(1)).toBe(900);
  });
});
