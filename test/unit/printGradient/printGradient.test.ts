import { describe, expect, test } from "vitest";
import { compile } from "../../../src/core/compile";
import { printGradient } from "../../../src/core/printGradient";
import { SourceError } from "../../../src/core/source/diagnostic";
import type { CompileOptions } from "../../../src/core/source/program";
import { readProgram } from "../../../src/core/source/readProgram";
import { numbersIn, runCode, typeErrors } from "../support/runCode";

interface Case {
  name: string;
  text: string;
  function: string;
  args: unknown[];
  variables?: string[];
  /** Other arguments for which the printed function must hold too. */
  also?: unknown[][];
}

const cases: Case[] = [
  {
    name: "a function that only knows its arguments", function: "legacy", args: [[0.5, 0.7], 1.5], also: [[[1, 2], 3]],
    text: `function legacy(): number {
      const w = arguments[0], k = arguments[1];
      return (w[0] - k) ** 2 + Math.exp(w[1]) * k;
    }`,
  },
  {
    name: "numbers that stand in an object as well, by chance", function: "nested", args: [0.5, 0.7], also: [[1.2, -0.3]],
    text: `const pts = [{ x: 1, y: 2 }, { x: 2, y: 2.5 }];
    const tri = [[1], [1, 2], [1, 2, 3]];
    export function nested(a: number, b: number): number {
      let s = pts.length;
      for (const row of tri) { let p = a; for (const v of row) p = p * b + v; s += p ** 2; }
      return Math.sqrt(s);
    }`,
  },
  {
    name: "an array filled from two loops, one of them in steps of two", function: "pairs", args: [[0.5, 0.7, -0.2, 1.1]], also: [[[1, 2, 3, 4]]],
    text: `export function pairs(c: [number, number, number, number]): number {
      const terms: number[] = [];
      for (let i = 0; i < c.length; i += 2) terms.push(Math.sin(c[i]! * c[i + 1]!));
      for (const x of c) terms.push(x * x);
      return terms.reduce((s, t, i) => s + t * t * (i + 1), 0);
    }`,
  },
  {
    name: "the winner among many", function: "spread", args: [Array.from({ length: 20 }, (_, i) => Math.sin(i))], also: [[Array.from({ length: 20 }, (_, i) => (i % 3) + i / 100)]],
    text: `export function spread(z: number[]): number { return (Math.max(...z) - Math.min(...z)) ** 2 + Math.max(z[0]!, z[1]!, z[2]!, z[3]!, 0); }`,
  },
  {
    name: "a tree whose nodes need not have children", function: "treeCost", args: [0.4, 0.2], also: [[1.2, -0.3]],
    text: `interface Node { w: number; children?: Node[] }
    const tree: Node = { w: 1, children: [{ w: 2 }, { w: 3, children: [{ w: 4 }, { w: 0.5 }] }] };
    function walk(n: Node, depth: number, a: number, b: number): number {
      const own = Math.tanh(a * n.w - b) * Math.pow(0.5, depth);
      return own + (n.children ?? []).reduce((s, c) => s + walk(c, depth + 1, a, b), 0);
    }
    export function treeCost(a: number, b: number) { return (walk(tree, 0, a, b) - 1) ** 2; }`,
  },
  {
    name: "a formula with names of the user's own", function: "well", args: [0.4, -1.3], also: [[2, 0.5], [-1, -1]],
    text: `export function well(a: number, b: number): number {
      const r = Math.hypot(a - 1, b);
      const depth = Math.exp(-r);
      return depth * (a + 2 * b) + depth * depth;
    }`,
  },
  {
    name: "a sum over rows of the file's own table", function: "misfit", args: [[0.3, 1.4], 0.7], also: [[[1, 2], -0.2]],
    text: `interface Shot { when: number; heights: number[] }
    const shots: Shot[] = [{ when: 0.1, heights: [1, 2] }, { when: 0.7, heights: [3, 1.5] }, { when: 1.9, heights: [0.2, 0.4] }];
    export const misfit = (speed: number[], drag: number): number => {
      let total = 0;
      for (const { when, heights } of shots) {
        let sum = 0;
        for (let k = 0; k < speed.length; k++) sum += heights[k] * speed[k] * Math.exp(-drag * when);
        total += (sum - when) ** 2;
      }
      return total / shots.length;
    };`,
  },
  {
    name: "data given as arguments, in other numbers", function: "fit", args: [[1, 2, 3], [2, 4.1, 5.9], [1.5, 0.2], 0.05], variables: ["beta"],
    also: [[[0, 1, -1], [3, 3, 3], [0.5, 0.5], 0.4]],
    text: `function fit(xs: number[], ys: number[], beta: number[], ridge: number) {
      let loss = 0;
      for (let i = 0; i < xs.length; i++) {
        const residual = beta[0] + beta[1] * xs[i] - ys[i];
        loss += residual * residual;
      }
      return loss / xs.length + ridge * (beta[0] ** 2 + beta[1] ** 2);
    }`,
  },
  {
    name: "a default that is left open", function: "penalised", args: [[0.5, -2, 1]], variables: ["w"], also: [[[1, 1, 1], 3], [[0.1, 0.2, 0.3], 0]],
    text: `export function penalised(w: readonly number[], rate = 0.25): number {
      return w.reduce((sum, wi, i) => sum + Math.cos(wi * i) + rate * Math.abs(wi), 0);
    }`,
  },
  {
    name: "an object of lists and numbers", function: "energy", args: [{ spin: [0.3, -0.4, 0.9], field: { up: 1.2, down: -0.3 } }],
    text: `type State = { spin: number[]; field: { up: number; down: number } };
    function energy({ spin, field }: State): number {
      let e = 0;
      for (let i = 0; i + 1 < spin.length; i++) e -= spin[i] * spin[i + 1];
      return e + field.up * spin[0] - field.down * Math.tanh(spin[2] * field.up);
    }`,
  },
  {
    name: "a list of points", function: "length", args: [[{ x: 0, y: 1 }, { x: 1, y: 0.5 }, { x: 2, y: 3 }]],
    text: `interface Dot { x: number; y: number }
    export function length(path: Dot[]): number {
      let total = 0;
      for (let i = 1; i < path.length; i++) total += Math.hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
      return total;
    }`,
  },
  {
    name: "a matrix that is eliminated in place", function: "logDet", args: [[[4, 1, 0.3], [1, 3, 0.2], [0.3, 0.2, 2]]],
    text: `export function logDet(m: number[][]): number {
      const a = m.map((row) => row.slice());
      let sum = 0;
      for (let k = 0; k < 3; k++) {
        sum += Math.log(a[k][k]);
        for (let i = k + 1; i < 3; i++) {
          const f = a[i][k] / a[k][k];
          for (let j = k; j < 3; j++) a[i][j] -= f * a[k][j];
        }
      }
      return sum;
    }`,
  },
  {
    name: "a loop that ends when it has converged", function: "root", args: [5, 0.2], also: [[2, -0.1]],
    text: `function root(c: number, d: number): number {
      let x = 1;
      let rounds = 0;
      while (Math.abs(x * x - c) > 1e-12 && rounds < 60) {
        x = 0.5 * (x + c / x);
        rounds++;
      }
      return x * Math.exp(d) + d * d;
    }`,
  },
  {
    name: "branches and a recurrence", function: "walk", args: [[0.9, 1.1, -0.4, 0.2], 0.5],
    text: `export function walk(steps: number[], pull: number): number {
      let at = 0;
      let cost = 0;
      for (const step of steps) {
        const before = at;
        at = pull * at + step;
        if (at > 1) cost += (at - 1) ** 2;
        else if (at < before) cost += 0.1 * before * at;
      }
      return cost + at;
    }`,
  },
  {
    name: "a pattern of a list", function: "ring", args: [[0.3, 1.2, -0.7]],
    text: "const ring = ([u, v, w]: [number, number, number]) => { const q = u * u + v * v; return (q - 1) ** 2 + w * q * Math.sin(w); };",
  },
  {
    name: "a rest parameter", function: "spread", args: [1, 2.5, -0.5],
    text: "export function spread(...values: number[]): number { const mean = values.reduce((a, b) => a + b, 0) / values.length; return values.reduce((s, v) => s + (v - mean) ** 4, 0); }",
  },
  {
    name: "a function that makes a function", function: "likelihood", args: [[1, 2, 4], [0.2, 0.9]], variables: ["shape", "scale"],
    text: `export const likelihood = (seen: number[]) => ([shape, scale]: number[]): number => {
      let sum = 0;
      for (const s of seen) sum += shape * Math.log(s) - scale * s;
      return -sum;
    };`,
  },
  {
    name: "names that are taken", function: "busy", args: [0.2, 0.3, 0.4], also: [[1, 2, 3]],
    text: `const t0 = 3;
    export function busy(t1: number, dT1: number, t: number): number {
      const u = Math.sin(t1 * dT1 + t0 * t);
      return u * u * Math.exp(u + t1) + u ** 3;
    }`,
  },
  {
    name: "an object with a text in it", function: "charge", args: [{ kind: "ion", at: [1, 2], q: 0.5 }],
    text: `export function charge(p: { kind: string; at: number[]; q: number }): number {
      let s = 0;
      for (let i = 0; i < p.at.length; i++) s += p.at[i] ** 3 * i;
      return p.kind === "ion" ? s * p.q : s;
    }`,
  },
  {
    name: "a parameter that is not used", function: "lazy", args: [[1, 2, 3, 4, 5], 2],
    text: "export function lazy(idle: number[], x: number): number { return x ** 3 + 0 * idle.length; }",
  },
];

describe("The printed gradient", () => {
  test.each(cases)("of $name equals ours, and compiles", async ({ text, function: name, args, variables, also = [] }) => {
    const program = readProgram({ text, language: "typescript" });
    const options: CompileOptions = { start: args, ...(variables ? { variables } : {}) };
    const code = printGradient(program, name, "typescript", options);
    expect(typeErrors(`${text}\n${code}`), code).toEqual([]);
    for (const dialect of ["typescript", "javascript"] as const) {
      const source = dialect === "typescript" ? code : printGradient(program, name, dialect, options);
      const printed = await runCode(source, `${name}Gradient`, text);
      for (const each of [args, ...also]) {
        const objective = compile(program, name, { ...options, start: each });
        const expected = [...objective.gradient(objective.start)];
        const found = numbersIn(printed(...each));
        expect(found, code).toHaveLength(expected.length);
        for (const [i, value] of expected.entries()) {
          expect(Math.abs((found[i] ?? NaN) - value), `${objective.coordinates[i] ?? ""} at ${JSON.stringify(each)}\n${source}`).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
        }
      }
    }
  });
});

const lines = (text: string, name: string, options: CompileOptions = {}): string[] => printGradient(readProgram({ text, language: "typescript" }), name, "typescript", options).split("\n");
const body = (text: string, name: string, options: CompileOptions = {}): string[] => {
  const all = lines(text, name, options);
  return all.slice(all.indexOf(" */") + 1).filter((line) => line !== "");
};

describe("The printed gradient reads", () => {
  test("as a formula where there is a short one, with the user's names for what is shared", () => {
    expect(body("function ripple(x: number, y: number) { const r2 = x * x + y * y; return Math.sin(r2) * Math.exp(-r2); }", "ripple")).toEqual([
      "function rippleGradient(x: number, y: number): [number, number] {",
      "  const r2 = x * x + y * y;",
      "  const t0 = Math.exp(-r2);",
      "  const t1 = Math.cos(r2) - Math.sin(r2);",
      "  return [2 * x * t0 * t1, 2 * y * t0 * t1];",
      "}",
    ]);
  });

  test("with loops kept, and adjoints named after what they belong to", () => {
    const code = body("const rows = [[1, 2], [3, 4], [5, 7]];\nfunction loss(w: number[]) { let total = 0; for (let i = 0; i < rows.length; i++) { let score = 0; for (let j = 0; j < w.length; j++) score += w[j] * rows[i][j]; total += Math.log1p(Math.exp(-score)); } return total; }", "loss", { start: [[0.1, 0.2]] });
    expect(code).toEqual([
      "function lossGradient(w: readonly number[]): number[] {",
      "  const rows = [[1, 2], [3, 4], [5, 7]];",
      "  const dW = new Array<number>(2).fill(0);",
      "  for (let i = 0; i < 3; i++) {",
      "    let score = 0;",
      "    for (let j = 0; j < 2; j++) {",
      "      score += w[j] * rows[i][j];",
      "    }",
      "    const dScore = -1 / (1 + Math.exp(score));",
      "    for (let j = 0; j < 2; j++) {",
      "      dW[j] += dScore * rows[i][j];",
      "    }",
      "  }",
      "  return dW;",
      "}",
    ]);
  });

  test("with lists that each row makes anew made again, not kept", () => {
    const text = "const seen = [[1, 2], [3, 5], [4, 4]];\nexport function miss(c: number[]) { return seen.map(([x, y]) => { const powers = c.map((_, k) => x ** k); const guess = powers.reduce((sum, p, k) => sum + p * c[k], 0); return (guess - y) ** 2; }).reduce((a, b) => a + b, 0); }";
    const code = body(text, "miss", { start: [[0.1, 0.2]] });
    expect(code.join("\n")).not.toMatch(/saved|list/);
    expect(code.filter((line) => line.includes("for (")), code.join("\n")).toHaveLength(3);
  });

  test("without putting back what nobody looks at again", () => {
    const text = "export function root(m: number[][]) { const L = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]; for (let i = 0; i < 3; i++) for (let j = 0; j <= i; j++) { let s = m[i][j]; for (let k = 0; k < j; k++) s -= L[i][k] * L[j][k]; L[i][j] = i === j ? Math.sqrt(s) : s / L[j][j]; } return Math.log(L[0][0]) + Math.log(L[1][1]) + Math.log(L[2][2]); }";
    const code = body(text, "root", { start: [[[4, 1, 0.3], [1, 3, 0.2], [0.3, 0.2, 2]]] }).join("\n");
    expect(code).not.toContain("savedL");
    expect(code).toContain("L[i][j] = ");
  });

  test("with many numbers of data read from the file, and said so", () => {
    const text = `const many = [${Array.from({ length: 300 }, (_, i) => String(i)).join(", ")}];\nexport function far(x: number) { let s = 0; for (const m of many) s += Math.sin(x * m); return s; }`;
    const code = lines(text, "far", { start: [0.5] }).join("\n");
    expect(code).toContain("Reads many, so it belongs in the same file as far.");
    expect(code).not.toContain("const many");
  });

  test("with a comment that says what it is, what it returns and what it reads", () => {
    const text = "const seen = [1, 2, 4, 8];\nfunction nll(rate: number, w: number[]) { let s = 0; for (const n of seen) s += rate * n - Math.log(rate + w[0] * w[1]); return s; }";
    const comment = lines(text, "nll", { start: [0.5, [1, 2]] });
    expect(comment.slice(0, comment.indexOf(" */") + 1)).toEqual([
      "/**",
      " * The gradient of nll(rate, w).",
      " *",
      " * Holds a copy of seen, so that it also runs alone; beside nll, leave it out.",
      " * Made for w (2 long): other sizes need it printed anew.",
      " *",
      " * @returns [∂/∂rate, ∂/∂w], each in the shape of its parameter.",
      " */",
    ]);
  });

  test("with the fields of an object that were chosen as parameters", () => {
    const text = "class Line { m = 1; b = 0; xs = [1, 2]; loss() { let s = 0; for (let i = 0; i < this.xs.length; i++) s += (this.m * this.xs[i] + this.b) ** 2; return s; } }";
    expect(body(text, "loss", { variables: ["this.m", "this.b"] })[0]).toBe("function lossGradient(m: number, b: number): [number, number] {");
  });

  test("under a name that is free", () => {
    expect(body("function f(x: number) { return x * x; }\nfunction fGradient(x: number) { return 2 * x; }", "f")[0]).toBe("function fGradient2(x: number): number {");
  });

  test("in one unknown as one number", () => {
    expect(body("function cube(x: number) { return x ** 3 - x; }", "cube")).toEqual(["function cubeGradient(x: number): number {", "  return 3 * x * x - 1;", "}"]);
  });
});

const formula = (text: string) => readProgram({ text, language: "math", selection: { start: 0, end: text.length } });

describe("A formula's gradient", () => {
  test("prints in every dialect", () => {
    const program = formula("f(x, y) = x^2 * y + sin(y)");
    expect(printGradient(program, "f", "math")).toBe("df/dx = 2 * x * y\ndf/dy = x^2 + cos(y)");
    expect(printGradient(program, "f", "latex")).toBe("\\begin{aligned}\n\\frac{\\partial f}{\\partial x} &= 2x y \\\\\n\\frac{\\partial f}{\\partial y} &= x^2 + \\cos y\n\\end{aligned}");
    expect(printGradient(program, "f", "typescript")).toContain("return [2 * x * y, x * x + Math.cos(y)];");
    expect(printGradient(program, "f", "python")).toContain("import numpy as np");
    expect(printGradient(program, "f", "python")).toContain("return 2 * x * y, x ** 2 + np.cos(y)\n");
  });

  test("brings the functions that JavaScript lacks", async () => {
    const program = formula("f(x, a) = erf(x) * a + gamma(a) * x + lgamma(a + x)");
    const code = printGradient(program, "f", "typescript");
    expect(typeErrors(code)).toEqual([]);
    const printed = await runCode(code, "fGradient");
    const objective = compile(program, "f");
    for (const at of [[0.4, 1.7], [2.8, 3.1], [1.1, 0.6]]) {
      const expected = objective.gradient(Float64Array.from(at));
      for (const [i, value] of numbersIn(printed(...at)).entries()) expect(value).toBeCloseTo(expected[i] ?? NaN, 11);
    }
  });

  test("is refused as a formula where there is none, with the reason and the remedy", () => {
    const text = "function slow(x: number) { let s = x; while (s < 100) s *= 1.5 + x * x; return s; }";
    const program = readProgram({ text, language: "typescript" });
    for (const dialect of ["latex", "math"] as const) {
      expect(() => printGradient(program, "slow", dialect)).toThrow(SourceError);
      try {
        printGradient(program, "slow", dialect);
      } catch (error) {
        expect(error instanceof SourceError && error.diagnostics).toMatchObject([{ code: "E130", severity: "error", hint: expect.stringContaining("TypeScript") as string }]);
      }
    }
  });
});
