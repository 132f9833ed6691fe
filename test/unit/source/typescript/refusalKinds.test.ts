import { describe, expect, it } from "vitest";
import { compile, readProgram, SourceError, type CompileOptions, type Diagnostic } from "../../../../src/core";

function refusalsOf(text: string, options: CompileOptions = {}): Diagnostic[] {
  try {
    compile(readProgram({ text, language: "javascript", uri: "file:///main.js", resolve: () => undefined }), "f", options);
    return [];
  } catch (problem) {
    if (problem instanceof SourceError) return problem.diagnostics;
    throw problem;
  }
}

/** Codes in order, and the text with "‸" at each place a person points to. */
const marked: [string, string][] = [
  ["E100", "function f(x) { return x ** ‸; }"],
  ["E101 E101", "const f = ‸async (x) => ‸await x;"],
  ["E101", "‸async function g(x) { return x; }\nfunction f(x) { return g(x) * 2; }"],
  ["E101 E102", "function f(x) { ‸with (Math) { return ‸sin(x); } }"],
  ["E101", "function f(x) { return ‸String.raw`a${x}`; }"],
  ["E101", "function f(x) { const p = new ‸Proxy({ x }, {}); return p.x; }"],
  ["E101", "function f(x) { return ‸import('./m').then((m) => m.g(x)); }"],
  ["E101", "function f(x) { const e = ‸eval; return e('x') * x; }"],
  ["E101", "function f(x) { return (0, ‸eval)('x') * x; }"],
  ["E101", "function f(x) { return ‸\\u0065val('1') * x; }"],
  ["E101", "function f(x) { return ‸[].constructor.constructor('return 1')() * x; }"],
  ["E101", "function f(x) { return ‸this.constructor.constructor('return process')().exit(1); }"],
  ["E104", "function f(x) { return ‸globalThis['ev' + 'al']('x') * x; }"],
  ["E104", "function noise() { return ‸Math.random(); }\nfunction f(x) { return x * noise(); }"],
  ["E104", "function f(x) { return x + ‸crypto.getRandomValues(new Uint32Array(1))[0]; }"],
  ["E104", "function f(x) { ‸queueMicrotask(() => {}); return x; }"],
  ["E104", "function f(x) { return ‸require('child_process').execSync('ls').length * x; }"],
  ["E104", "import fs from 'fs';\nfunction f(x) { return x * ‸fs.readFileSync('a').length; }"],
  ["E104", "const o = { get k() { ‸globalThis.gone = 1; return 2; } };\nfunction f(x) { return x * o.k; }"],
  ["E109", "function f(x) { let i = 0; ‸while (i < 10) { x *= 0.5; } return x; }"],
  ["E109", "function f(x) { ‸for (let i = 0; i < 10; i--) x += i; return x; }"],
  ["E109", "const d = [1,2].map(() => { ‸while (true) {} });\nfunction f(x) { return x * d[0]; }"],
  ["E109", "function f(x) { const o = { get v() { ‸while (true) {} } }; return x * o.v; }"],
  ["E108", "function f(x) { const a = ‸new Array(1e12); return x * a.length; }"],
  ["E108", "let s = 'a'; for (let i = 0; i < 60; i++) ‸s += s;\nfunction f(x) { return s.length * x; }"],
  ["E107", "const big = ‸10n ** 1000000000n; function f(x) { return x * Number(big); }"],
  ["E105", "function f(x) { ‸return [x, x * x]; }"],
  ["E105", "const f = (xs) => ‸xs.map((x) => x * x);"],
  ["E105", "‸function f(x) { x * x; }"],
  ["E105", "function f(x) { ‸return null; }"],
  ["E102 E102", "function g(x) { return x + ‸q; }\nfunction f(x) { return g(x) + ‸z; }"],
  ["E102 E102", "import { k } from ‸'./nope';\nimport { j } from ‸'./nope2';\nfunction f(x) { return k * x * j; }"],
  ["E102 E104 E101", "function f(x) { const a = ‸alpha; const t = ‸Date.now(); return ‸eval('1') + a + t + x; }"],
  ["E104 E102 E102", "function h(x) { return ‸Math.random() * ‸beta; }\nconst g = (x) => h(x) + ‸gamma;\nfunction f(x) { return g(x); }"],
  ["E102 E103 E102", "import { a } from 'fancy';\nimport { b } from ‸'./nope';\nfunction f(x) { return ‸a(x) + b + ‸c; }"],
  ["E103", "import * as tf from '@tensorflow/tfjs';\nfunction f(x) { return ‸tf.square(x).dataSync()[0]; }"],
  ["E103", "import _ from 'lodash';\nfunction f(x) { return _.‸shuffle([x])[0]; }"],
  ["E101", "function f(x) { ‸Array.prototype.map = () => [1]; return x; }"],
  ["E101", "function f(x) { ‸Object.prototype.k = 1; return x; }"],
  ["E101", "‸Math.sin = (x) => x * 100;\nfunction f(x) { return Math.sin(x); }"],
  ["E106", "function f(x) { return ‸f(x - 1) + x; }"],
  ["E112", "function f(x) { ‸throw new Error('todo'); }"],
  ["E113", "‸function f(x, y) { return 3; }"],
];

describe("every kind of refusal names its reason, each place and a remedy", () => {
  it.each(marked)("%s: %s", (codes, text) => {
    const parts = text.split("‸");
    const places = parts.slice(0, -1).map((_, i) => {
      const lines = parts.slice(0, i + 1).join("").split("\n");
      return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    });
    const found = refusalsOf(parts.join(""));
    expect(found.map(({ code }) => code).join(" ")).toBe(codes);
    expect(found.map(({ range }) => range.start)).toEqual(places);
    for (const { hint, severity } of found) {
      expect(hint).toBeTruthy();
      expect(severity).toBe("error");
    }
  });

  it("tells a function without parameters what could be chosen", () => {
    expect(refusalsOf("let m = 1, b = 2;\nfunction f() { return m * b; }")[0]?.hint).toContain('"m", "b"');
    expect(refusalsOf("class M { constructor() { this.w = 2; } f() { return this.w ** 2; } }")[0]?.hint).toContain('"this.w"');
  });
});

describe("what is hostile ends", () => {
  const chain = "abcdeghijklmnopqrstuvw".split("");
  const hostile: [string, string, string][] = [
    ["calls that double 22 times", "E10[89]", `${chain.slice(0, -1).map((name, i) => `function ${name}(x) { return ${chain[i + 1] ?? ""}(x) * ${chain[i + 1] ?? ""}(x + 1); }`).join(" ")} function w(x) { return Math.sin(x); }\nfunction f(x) { return a(x); }`],
    ["a recursion that doubles", "E109", "function f(x) { const d = (n, x) => n === 0 ? x : d(n - 1, x) * d(n - 1, x + 1); return d(24, x); }"],
    ["a list that doubles", "E108", "let a = [1]; for (let i = 0; i < 60; i++) a = a.concat(a);\nfunction f(x) { return a.length * x; }"],
    ["a Fibonacci number of the file", "E109", "function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nconst k = fib(40);\nfunction f(x) { return k * x; }"],
    ["brackets without end", "E106", `function f(x) { return ${"[".repeat(3000)}x${"]".repeat(3000)}; }`],
    ["a regular expression that backtracks", "E101", "const r = /(a+)+$/.test('a'.repeat(40) + 'b'); function f(x) { return r ? x : 2 * x; }"],
  ];
  it.each(hostile)("%s", (_name, code, text) => {
    expect(refusalsOf(text)[0]?.code).toMatch(new RegExp(`^${code}$`));
  }, 20_000);

  it("and nothing of it is left behind", () => {
    for (const text of ["const o = JSON.parse('{\"__proto__\": {\"a\": 2}}');\nfunction f(x) { return x * (o.a || 1); }", "const a = [1]; a[0] = a;\nfunction f(x) { return a.length * x; }"]) {
      expect(refusalsOf(text)).toEqual([]);
    }
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});
