import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../../src/core";
import { readTypeScript } from "../../../../src/core/source/typescript/readTypeScript";
import { SourceError, type Diagnostic } from "../../../../src/core/source/diagnostic";
import type { CompileOptions } from "../../../../src/core/source/program";
import { walkBlock } from "../../../../src/core/ir/visit";

const loss = "function loss(w: number, b: number, xs: number[], ys: number[]) { let s = 0; for (let i = 0; i < xs.length; i++) s += (w * xs[i] + b - ys[i]) ** 2; return s; }";

function lower(text: string, name: string, options: CompileOptions = {}) {
  return readTypeScript({ text, language: "typescript" }).lower(name, options);
}

function problems(text: string, name: string, options: CompileOptions = {}): Diagnostic[] {
  try {
    lower(text, name, options);
  } catch (problem) {
    if (problem instanceof SourceError) return problem.diagnostics;
    throw problem;
  }
  return [];
}

describe("what to descend on, and where from", () => {
  const cases: [string, string, string, string[], number[], string][] = [
    ["a call in the file gives the data and the start", `const xs = [1, 2], ys = [2, 4];\n${loss}\nconsole.log(loss(0.5, 1, xs, ys));`, "loss", ["w", "b"], [0.5, 1], "call"],
    ["a tag lists the start", "/** @start 0.25, -1 */\nfunction f(x, y) { return x * y; }", "f", ["x", "y"], [0.25, -1], "tag"],
    ["tags name their parameters", "/**\n * @start x 0.25\n * @start w [1, 2]\n */\nfunction f(x, w) { return x * w[0] * w[1]; }", "f", ["x", "w[0]", "w[1]"], [0.25, 1, 2], "tag"],
    ["default values are a start", "function f(x = 1.5, y = -2) { return x * y; }", "f", ["x", "y"], [1.5, -2], "default"],
    ["a default beside plain parameters is a constant", "/** @start 3 */ function f(x, decay = 0.1) { return x * decay; }", "f", ["x"], [3], "tag"],
    ["a constant named for it is the start", "const w0 = [1, 2, 3]; function f(w: number[]) { return w.reduce((a, b) => a + b * b, 0); }", "f", ["w[0]", "w[1]", "w[2]"], [1, 2, 3], "initializer"],
  ];
  it.each(cases)("%s", (_name, text, name, coordinates, start, origin) => {
    const lowered = lower(text, name);
    expect(lowered.coordinates).toEqual(coordinates);
    expect([...lowered.start]).toEqual(start);
    expect(lowered.startOrigin).toBe(origin);
  });

  it.each([
    ["typeof k === 'undefined'", "if (typeof k === 'undefined') k = 3;"], ["k === undefined", "if (k === undefined) { k = 3; }"],
    ["k == null", "if (k == null) k = 3;"], ["k || 3", "k = k || 3;"], ["k ?? 3", "k = k ?? 3;"], ["k ??= 3", "k ??= 3;"],
  ])("what the function supplies itself is left out where nothing is given for it: %s", (_name, line) => {
    const text = `function f(p, k) { ${line} return k * p * p; }`;
    expect(compile(readProgram({ text, language: "javascript" }), "f", { start: [2] }).value(Float64Array.of(2))).toBe(12);
    expect(lower(`${text}\nf(2);`, "f").coordinates).toEqual(["p"]);
    expect(lower(text, "f", { start: [2, 5] }).coordinates).toEqual(["p", "k"]);
  });

  it("a rest parameter is empty where the start, or the call, ends before it", () => {
    const text = "function f(a, ...rest) { return rest.reduce((s, r) => s + r, a * a); }";
    for (const lowered of [lower(text, "f", { start: [2] }), lower(`${text}\nf(2);`, "f")]) {
      expect([lowered.coordinates, [...lowered.start]]).toEqual([["a"], [2]]);
    }
    expect(lower(text, "f", { start: [2, 3, 4] }).coordinates).toEqual(["a", "rest[0]", "rest[1]"]);
  });

  it("the parts of a pattern have ways to them, by the parameter's place, and labels, as people call them", () => {
    const text = "const f = ([x, y], { a, b: { c } }, w) => x * y + a * c + w[0] * w[1];";
    const objective = compile(readProgram({ text, language: "javascript" }), "f", { start: [[1, 2], { a: 1, b: { c: 4 } }, [5, 6]] });
    expect(objective.coordinates).toEqual(["arg0[0]", "arg0[1]", "arg1.a", "arg1.b.c", "w[0]", "w[1]"]);
    expect(objective.labels).toEqual(["x", "y", "a", "c", "w[0]", "w[1]"]);
    expect(objective.formula?.gradient.slice(0, 4).map((partial) => partial.math())).toEqual(["y", "x", "c", "a"]);
  });

  it("says so when the start is made up, and makes up the same one each time", () => {
    const first = lower("function f(p) { return p.a * p.list[2]; }", "f");
    expect(first.startOrigin).toBe("inferred");
    expect(first.coordinates).toEqual(["p.a", "p.list[0]", "p.list[1]", "p.list[2]"]);
    expect(first.diagnostics.map(({ code }) => code)).toContain("I303");
    expect(lower("function f(p) { return p.a * p.list[2]; }", "f").start).toEqual(first.start);
  });

  it("knows a destructured parameter by its pattern, its position and the names in it", () => {
    const text = "const f = ([x, y]: [number, number], { a = 1, b }: { a?: number; b: number }) => a * x + b * y;";
    expect(readTypeScript({ text, language: "typescript" }).functions[0]?.parameters.map(({ name }) => name)).toEqual(["[x, y]", "{ a = 1, b }"]);
    for (const name of ["[x, y]", "arg0", "x"]) {
      expect(lower(text, "f", { start: [[1, 2], { b: 3 }], variables: [name] }).coordinates).toEqual(["x", "y"]);
    }
  });

  it("makes a guessed length fit the data it meets", () => {
    const text = "const target = [1, 2, 3, 4]; const signal = [1, 2, 3, 4, 5, 6]; function f(k: number[]) { const out = []; for (let i = 0; i + k.length <= signal.length; i++) { let s = 0; for (let j = 0; j < k.length; j++) s += k[j] * signal[i + j]; out.push(s); } return out.reduce((e, v, i) => e + (v - target[i]) ** 2, 0); }";
    expect(lower(text, "f").coordinates).toEqual(["k[0]", "k[1]", "k[2]"]);
  });

  it("arguments that are not chosen are data; a count is never an unknown", () => {
    const text = "function f(x: number[], n: number) { let s = 0; for (let i = 0; i < n; i++) s += x[i] ** 2; return s; }";
    expect(lower(text, "f", { start: [[1, 2], 2] }).coordinates).toEqual(["x[0]", "x[1]"]);
    expect(lower(loss, "loss", { start: [1, 2, [3], [4]], variables: ["b"] }).coordinates).toEqual(["b"]);
  });
});

describe("what the selection denotes", () => {
  const text = "const outer = (x: number) => { const helper = (t: number) => t * t; return [1, 2].map(k => k * helper(x)).reduce((a, b) => a + b, 0); };\nconst g = [[1, 2]].map(([a, b]) => a * b);";
  const at = (part: string, length = 0) => ({ start: text.indexOf(part), end: text.indexOf(part) + length });
  const cases: [string, { start: number; end: number }, string | undefined][] = [
    ["a cursor in a nested named function is that function", at("t * t"), "helper"],
    ["a cursor in an anonymous one is the named function around it", at("k * helper"), "outer"],
    ["a highlighted statement is the function it declares", at("const outer", 20), "outer"],
    ["an anonymous arrow can be highlighted", at("([a, b]) => a * b", 17), "(anonymous)"],
    ["a cursor outside every function is none", { start: text.length - 1, end: text.length - 1 }, undefined],
  ];
  it.each(cases)("%s", (_name, selection, target) => {
    const program = readTypeScript({ text, language: "typescript", selection });
    expect(program.target).toBe(target);
  });
});

describe("the comment above a function", () => {
  const text = "// a remark on the file\n\n/**\n * How far off.\n * @param {number} x\n */\nexport function loss(x) {\n  // inside\n  return x * x;\n}\n\n// not about anything\n\nconst k = 1;\nclass Model {\n  // squared\n  // error\n  cost(w) { return w * w; }\n}\n";
  const cases: [string, string, string | undefined][] = [
    ["is the function it documents", "How far", "loss"],
    ["begins with its first line", "/**", "loss"],
    ["may be several lines of comment", "squared", "cost"],
    ["inside the function is the function", "inside", "loss"],
    ["is nobody's across an empty line", "remark", undefined],
    ["is nobody's with no function below", "not about", undefined],
  ];
  it.each(cases)("%s", (_name, part, target) => {
    const start = text.indexOf(part);
    expect(readTypeScript({ text, language: "javascript", selection: { start, end: start } }).target).toBe(target);
    expect(readTypeScript({ text, language: "javascript", selection: { start, end: start + part.length } }).target).toBe(target);
  });
});

describe("functions that are made at once", () => {
  const cases: [string, string, string, string[]][] = [
    ["the one an immediately called function returns", "var loss = (function () { var xs = [1, 2]; function sq(v) { return v * v; } return function (t) { return sq(t[0] + t[1] * xs[1]); }; })();", "loss", ["sq", "loss"]],
    ["an arrow's too", "const cost = (() => { const k = 3; return (x) => k * x * x; })();", "cost", ["cost"]],
    ["once, where it has the name already", "const loss = (() => { function loss(x) { return x * x; } return loss; })();", "loss", ["loss"]],
    ["the one that is exported", "const make = (k) => (x) => k * x * x;\nexports.loss = make(3);", "loss", ["make", "loss"]],
  ];
  it.each(cases)("%s", (_name, text, name, names) => {
    const program = readTypeScript({ text, language: "javascript" });
    expect(program.functions.map((each) => each.name)).toEqual(names);
    expect(program.lower(name, { start: [name === "loss" && text.includes("t[0]") ? [1, 2] : 2] }).coordinates.length).toBeGreaterThan(0);
  });
});

describe("the fence", () => {
  it("says everything at once", () => {
    const found = problems("import { f as special } from 'some-lib';\nfunction loss(x) { const t = Date.now(); for (;;) { x = special(x) + unknown; } }", "loss");
    expect(found.map(({ code, range }) => `${code} ${range.start.line}:${range.start.character}`)).toEqual([
      "E104 1:29", "E109 1:41", "E103 1:56", "E102 1:69",
    ]);
  });

  const cases: [string, string, string][] = [
    ["E105", "a truth value is no result", "function f(x) { return x > 0; }"],
    ["E105", "an array is no result", "function f(x) { return [x, x]; }"],
    ["E106", "recursion that depends on the unknown", "function f(x) { return x < 1e-9 ? x : f(x / 2); }"],
    ["E108", "a length that depends on the unknown", "function f(x) { return new Array(Math.floor(x)).fill(1).length * x; }"],
    ["E109", "a condition that never changes", "function f(x) { let i = 0; while (i < 10) { x *= 2; } return x; }"],
    ["E112", "sorting unknowns as text", "function f(v) { return v.slice().sort()[0]; }"],
    ["E102", "a method without an object", "class M { constructor(d) { this.d = d; } f(w) { return w - this.d; } }"],
  ];
  it.each(cases)("%s: %s", (code, _name, text) => {
    const [problem] = problems(text, "f");
    expect(problem?.code).toBe(code);
    expect(problem?.hint).toBeTruthy();
  });

  const broken: [string, string, number, number][] = [
    ["a parameter list", "function f(x {\n return x;\n}", 0, 13],
    ["an operand", "function f(x) {\n  return x * ;\n}", 1, 13],
    ["the end", "function f(x) {\n  return x * 2;\n", 2, 0],
    ["a bracket", "const f = x => [x, 2;", 0, 20],
  ];
  it.each(broken)("points where %s is missing", (_name, text, line, character) => {
    try {
      readTypeScript({ text, language: "typescript" });
      expect.unreachable();
    } catch (problem) {
      expect(problem).toBeInstanceOf(SourceError);
      if (problem instanceof SourceError) expect(problem.diagnostics[0]?.range.start).toEqual({ line, character });
    }
  });
});

describe("loops", () => {
  const loopsIn = (text: string, options?: CompileOptions): string[] => {
    const kinds: string[] = [];
    walkBlock(lower(text, "f", options).function.body, ({ kind }) => { if (kind === "for" || kind === "while") kinds.push(kind); });
    return kinds;
  };

  it("are kept over data, however long", () => {
    const rows = Array.from({ length: 2000 }, (_, i) => [i, i * i]);
    const text = "function f(w: number[], rows: number[][]) { return rows.reduce((s, r) => s + (r.reduce((t, v, j) => t + v * w[j], 0)) ** 2, 0); }";
    expect(loopsIn(text, { start: [[1, 2], rows], variables: ["w"] })).toEqual(["for", "for"]);
  });

  it("are run at once where nothing depends on the unknowns", () => {
    expect(loopsIn("function f(x: number) { let n = 0; for (let i = 0; i < 100; i++) n += i; return n * x; }")).toEqual([]);
  });

  it("are written out only where the elements are unlike", () => {
    expect(loopsIn("const table = [Math.sin, Math.exp]; function f(x: number) { let s = 0; for (const g of table) s += g(x); return s; }")).toEqual([]);
  });
});
