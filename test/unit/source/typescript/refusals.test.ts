import { describe, expect, it } from "vitest";
import { compile, readProgram, SourceError, type Diagnostic } from "../../../../src/core";
import type { Source } from "../../../../src/core/source/program";

function refusalOf(text: string, name = "f", resolve?: Source["resolve"]): Diagnostic | undefined {
  try {
    compile(readProgram({ text, language: "javascript", uri: "file:///main.js", ...(resolve ? { resolve } : {}) }), name);
    return undefined;
  } catch (problem) {
    if (problem instanceof SourceError) return problem.diagnostics[0];
    throw problem;
  }
}

/** The text, "‸" where a person points, the code, and a word that says the real reason. */
const cases: [string, string, string][] = [
  ["E101", "code out of text", "const run = ‸eval;\nfunction f(x) { return run('x') * x; }"],
  ["E101", "code out of text", "const g = new ‸Function('x', 'return x');\nfunction f(x) { return g(x); }"],
  ["E101", "code out of text", "function f(x) { return ‸x.constructor.constructor('return 1')(); }"],
  ["E101", "code out of text", "function f(x) { return ‸(() => 1).constructor('return 2')() * x; }"],
  ["E101", "all objects share", "function f(x) { const o = {}; ‸o.__proto__.k = 1; return x; }"],
  ["E101", "all objects share", "function f(x) { const o = {}; ‸o['__proto__'].k = 1; return x; }"],
  ["E104", "clock", "const t = ‸Date.now();\nfunction f(x) { return t * x; }"],
  ["E104", "environment", "const k = Number(‸process.argv[2]);\nfunction f(x) { return k * x; }"],
  ["E104", "page", "const k = ‸document.title.length;\nfunction f(x) { return k * x; }"],
  ["E104", "files", "const fs = require('fs');\nconst data = JSON.parse(‸fs.readFileSync('d.json'));\nfunction f(x) { return data[0] * x; }"],
  ["E104", "files", "const { readFileSync } = require('node:fs');\nconst data = JSON.parse(‸readFileSync('d.json'));\nfunction f(x) { return data[0] * x; }"],
  ["E104", "files", "import { readFileSync } from 'fs';\nlet total = 0;\nfor (const line of ‸readFileSync('d').split(' ')) total += Number(line);\nfunction f(x) { return total * x; }"],
  ["E104", "files", "const fs = require('fs');\nconst rows = [];\n‸fs.readFileSync('d').split(' ').forEach((line) => rows.push(Number(line)));\nfunction f(x) { return rows.reduce((s, r) => s + (r - x) ** 2, 0); }"],
  ["E104", "where the program runs", "function f(x) { return ‸import.meta.url.length * x; }"],
  ["E107", "BigInt", "function f(x) { return x * ‸2n; }"],
  ["E101", "not supported", "const m = new ‸WeakMap();\nfunction f(x) { return x * m.get(m); }"],
  ["E108", "too long", "const s = 'x'.‸repeat(1e9);\nfunction f(x) { return x * s.length; }"],
  ["E109", "never ends", "let z = 0; ‸while (true) z++;\nfunction f(x) { return x * z; }"],
  ["E109", "too many steps", "const a = []; ‸for (let i = 0; i < 1e9; i++) a.push(i);\nfunction f(x) { return x * a[0]; }"],
  ["E109", "200 million", "function f(x) { let s = 0; ‸for (let i = 0; i < 1e5; i++) for (let j = 0; j < 1e5; j++) s += x * i; return s; }"],
  ["E109", "1,000,000 iterations", "function f(x) { let y = x * x; ‸while (y >= 0) { y = Math.abs(y) * 0.5; } return y; }"],
  ["E112", "not implemented", "function f(x) { ‸throw new Error('not implemented'); }"],
  ["E113", "does not depend on its parameters", "const d = [1, 2];\n‸function f(w, b) { return d[0] + d[1]; }"],
  ["E106", "too deeply", `function f(x) { return ${"(".repeat(4999)}‸(x${")".repeat(5000)}; }`],
  ["E106", "too long", `function f(x) {\n‸  return ${Array(20_000).fill("x").join(" + ")};\n}`],
];

describe("a refusal says the real reason, at the place a person points to", () => {
  it.each(cases.map(([code, reason, marked]) => [code, reason, marked.replace("‸", "").slice(0, 90), marked] as const))("%s %s: %s", (code, reason, _shown, marked) => {
    const at = marked.indexOf("‸");
    const found = refusalOf(marked.replace("‸", ""));
    const before = marked.slice(0, at).split("\n");
    expect(found?.code).toBe(code);
    expect(found?.message).toContain(reason);
    expect(found?.hint).toBeTruthy();
    expect(found?.range.start).toEqual({ line: before.length - 1, character: before.at(-1)?.length });
  });

  it("what a file could not do at its top is no matter to functions that do without it", () => {
    expect(refusalOf("const t = Date.now();\nlet k = 2;\ndocument.addEventListener('click', () => { k += 1; });\nfunction f(x) { return k * x; }")).toBeUndefined();
  });

  it("a loop that is left by a label does end", () => {
    expect(refusalOf("function f(x) { let s = 0; outer: for (let i = 0; i < 3; i++) { while (true) { s += x * i; continue outer; } } return s; }")).toBeUndefined();
    expect(refusalOf("const k = 2; let z = 0; do { z += k; } while (k > 3);\nfunction f(x) { return x * z; }")).toBeUndefined();
  });
});

describe("CommonJS", () => {
  const files: Record<string, string> = {
    "./data": "module.exports = { xs: [1, 2, 3], k: 2 };", "./data.json": '{ "xs": [1, 2, 3], "k": 2 }',
    "./make": "const base = 2;\nmodule.exports = (x) => base * x;", "./named": "exports.k = 2;\nexports.xs = [1, 2, 3];",
  };
  const resolve: Source["resolve"] = (specifier) => (files[specifier] === undefined ? undefined : { uri: `file:///${specifier}`, text: files[specifier] });
  it.each([
    ["const d = require('./data');\nfunction f(x) { return d.k * d.xs[2] * x; }"],
    ["const { xs, k: factor } = require('./data');\nfunction f(x) { return factor * xs[2] * x; }"],
    ["const xs = require('./data.json').xs;\nfunction f(x) { return 2 * xs[2] * x; }"],
    ["const double = require('./make');\nfunction f(x) { return double(3 * x); }"],
    ["const { k, xs } = require('./named');\nfunction f(x) { return k * xs[2] * x; }"],
    ["function f(x) { const d = JSON.parse('{\"xs\": [1, 2, 3]}'); const copy = JSON.parse(JSON.stringify({ k: 2 * x })); return copy.k * d.xs[2]; }"],
  ])("%s", (text) => {
    const objective = compile(readProgram({ text, language: "javascript", uri: "file:///main.js", resolve }), "f", { start: [5] });
    expect(objective.value(objective.start)).toBe(30);
    expect([...objective.gradient(objective.start)]).toEqual([6]);
  });
});
