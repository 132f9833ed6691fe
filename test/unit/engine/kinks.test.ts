import { describe, expect, it } from "vitest";
import { createObjective } from "../../../src/core/createObjective";
import { forward } from "../../../src/core/autodiff/forward";
import { javascriptKernel } from "../../../src/core/codegen/javascript/javascriptKernel";
import type { Objective } from "../../../src/core/objective";
import { simplify } from "../../../src/core/simplify/simplify";
import { readMath } from "../../../src/core/source/math/readMath";
import type { ReadProgram } from "../../../src/core/source/program";
import { readTypeScript } from "../../../src/core/source/typescript/readTypeScript";

interface Derivatives { value: number; reverse: number[]; forward: number[]; hessian: number[] }

function derivatives(program: ReadProgram, x: readonly number[]): Derivatives {
  const lowered = program.lower("f", { start: [...x] });
  const objective: Objective = createObjective(lowered);
  const slope = javascriptKernel(simplify(forward(simplify(lowered.function))));
  const at = Float64Array.from(x);
  const plain = (numbers: Iterable<number>): number[] => Array.from(numbers, (each) => each + 0);
  return {
    value: objective.value(at), reverse: plain(objective.gradient(at)), hessian: plain(objective.hessian(at)),
    forward: plain(x.map((_, k) => slope(Float64Array.of(...x, ...x.map((__, j) => (j === k ? 1 : 0))), new Float64Array(x.length)))),
  };
}

const names = ["x", "y", "z"];
const inMath = (expression: string, x: readonly number[]): Derivatives => {
  const text = `f(${names.slice(0, x.length).join(", ")}) = ${expression}`;
  return derivatives(readMath({ text, language: "math", selection: { start: 0, end: text.length } }), x);
};
const inTypeScript = (body: string, x: readonly number[]): Derivatives => {
  const text = `function f(${names.slice(0, x.length).map((name) => `${name}: number`).join(", ")}): number { ${body.includes("return") ? body : `return ${body};`} }`;
  return derivatives(readTypeScript({ text, language: "typescript" }), x);
};

const [inf, nan] = [Infinity, NaN];
type Row = readonly [math: string, typescript: string, at: readonly number[], value: number, slope: readonly number[], curvature?: readonly number[]];

/** The table of conventions, one row a convention; the derivation of each stands in the rule's own entry. */
const conventions: readonly Row[] = [
  ["abs(x)", "Math.abs(x)", [0], 0, [0]],
  ["abs(x)^3", "Math.abs(x) ** 3", [0], 0, [0], [0]],
  ["sign(x) + x", "Math.sign(x) + x", [0], 0, [1], [0]],
  ["max(x, y)", "Math.max(x, y)", [1, 1], 1, [0.5, 0.5]],
  ["min(x, y)", "Math.min(x, y)", [1, 1], 1, [0.5, 0.5]],
  ["max(x, y, z)", "Math.max(x, y, z)", [1, 1, 1], 1, [1 / 3, 1 / 3, 1 / 3]],
  ["max(x, y, z)", "Math.max(...[x, y, z])", [2, 1, 2], 2, [0.5, 0, 0.5]],
  ["min(x, y, z)", "const all = [x, y, z]; return Math.min(...all);", [2, 1, 1], 1, [0, 0.5, 0.5]],
  ["max(x, x)", "Math.max(x, x)", [3], 3, [1]],
  ["max(x, 0)", "Math.max(x, 0)", [0], 0, [0]],
  ["max(0, x)", "Math.max(0, x)", [0], 0, [0]],
  ["relu(x)", "x > 0 ? x : 0", [0], 0, [0]],
  ["max(x, 0)^2", "Math.max(x, 0) ** 2", [0], 0, [0], [0]],
  ["max(x, 1, y)", "Math.max(x, 1, y)", [1, 1], 1, [0, 0]],
  ["min(max(x, 0), 1)", "Math.min(Math.max(x, 0), 1)", [0], 0, [0]],
  ["clip(x, 0, 1)", "Math.min(Math.max(x, 0), 1)", [1], 1, [0]],
  ["max(x)", "Math.max(x)", [3], 3, [1]],
  ["max(max(x, y), z)", "[x, y, z].reduce((a, b) => Math.max(a, b))", [1, 1, 1], 1, [0.25, 0.25, 0.5]],
  ["x > 0 ? x : 0", "if (x > 0) return x; return 0;", [0], 0, [0]],
  ["x >= 0 ? x : -x", "x >= 0 ? x : -x", [0], 0, [1]],
  ["x > 0 ? log(x) : 0", "x > 0 ? Math.log(x) : 0", [0], 0, [0], [0]],
  ["x > 0 ? log(x) : 0", "if (x > 0) return Math.log(x); return 0;", [-2], 0, [0], [0]],
  ["x > 0 ? sqrt(x) : x^2", "x > 0 ? Math.sqrt(x) : x * x", [0], 0, [0], [2]],
  ["x == 0 ? 1 : sin(x) / x", "x === 0 ? 1 : Math.sin(x) / x", [0], 1, [0], [0]],
  ["sqrt(x)", "Math.sqrt(x)", [0], 0, [inf]],
  ["sqrt(x^2)", "Math.sqrt(x * x)", [0], 0, [nan]],
  ["sqrt(x^2 + y^2)", "Math.sqrt(x ** 2 + y ** 2)", [0, 0], 0, [nan, nan]],
  ["cbrt(x)", "Math.cbrt(x)", [0], 0, [inf]],
  ["hypot(x, y)", "Math.hypot(x, y)", [0, 0], 0, [0, 0]],
  ["norm(x, y)", "Math.hypot(...[x, y])", [0, 0], 0, [0, 0]],
  ["hypot(x, y)^2 + x", "Math.hypot(x, y) ** 2 + x", [0, 0], 0, [1, 0]],
  ["x^0", "x ** 0", [0], 1, [0], [0]],
  ["x^1", "x ** 1", [0], 0, [1], [0]],
  ["x^2", "x ** 2", [0], 0, [0], [2]],
  ["x^2", "Math.pow(x, 2)", [0], 0, [0], [2]],
  ["x^3", "Math.pow(x, 3)", [-2], -8, [12], [-12]],
  ["x^4", "x ** 4", [0], 0, [0], [0]],
  ["x^5", "x ** 5", [0], 0, [0], [0]],
  ["x^2.5", "x ** 2.5", [0], 0, [0], [0]],
  ["x^0.5", "x ** 0.5", [0], 0, [inf]],
  ["x^(-1)", "x ** -1", [0], inf, [-inf]],
  ["x^y", "x ** y", [0, 2], 0, [0, 0], [2, 0, 0, 0]],
  ["x^y", "Math.pow(x, y)", [0, 3], 0, [0, 0], [0, 0, 0, 0]],
  ["x^y", "x ** y", [0, 1], 0, [1, 0]],
  ["x^y", "x ** y", [0, 0], 1, [0, 0]],
  ["x^y", "x ** y", [-2, 3], -8, [12, nan]],
  ["0^x", "0 ** x", [2], 0, [0], [0]],
  ["2^x", "2 ** x", [0], 1, [Math.LN2], [Math.LN2 ** 2]],
  ["log(x)", "Math.log(x)", [0], -inf, [inf]],
  ["log(x)", "Math.log(x)", [-1], nan, [nan]],
  ["log1p(x)", "Math.log1p(x)", [-1], -inf, [inf]],
  ["log2(x)", "Math.log2(x)", [0], -inf, [inf]],
  ["x log(x)", "x * Math.log(x)", [0], nan, [nan]],
  ["1 / x", "1 / x", [0], inf, [-inf]],
  ["atan2(x, y)", "Math.atan2(x, y)", [0, 0], 0, [0, 0]],
  ["atan2(x, y)", "Math.atan2(x, y)", [0, -1], Math.PI, [-1, 0]],
  ["acos(x)", "Math.acos(x)", [1], 0, [-inf]],
  ["asin(x)", "Math.asin(x)", [1], Math.PI / 2, [inf]],
  ["acosh(x)", "Math.acosh(x)", [1], 0, [inf]],
  ["atanh(x)", "Math.atanh(x)", [1], inf, [inf]],
  ["floor(x) + x", "Math.floor(x) + x", [2], 4, [1], [0]],
  ["ceil(x) + x", "Math.ceil(x) + x", [2], 4, [1], [0]],
  ["round(x) + x", "Math.round(x) + x", [2.5], 5.5, [1], [0]],
  ["fix(x) + x", "Math.trunc(x) + x", [-2], -4, [1], [0]],
  ["x", "Math.fround(x)", [0.5], 0.5, [1], [0]],
  ["fmod(x, y)", "x % y", [-7, 3], -1, [1, 2], [0, 0, 0, 0]],
  ["mod(x, y)", "((x % y) + y) % y", [-7, 3], 2, [1, 3], [0, 0, 0, 0]],
  ["x y z", "let p = 1; for (const each of [x, y, z]) p *= each; return p;", [0, 0, 3], 0, [0, 0, 0], [0, 3, 0, 3, 0, 0, 0, 0, 0]],
  ["prod(x - i, i = 1..3)", "[1, 2, 3].reduce((p, i) => p * (x - i), 1)", [2], 0, [-1], [0]],
  ["tanh(x)", "Math.tanh(x)", [1000], 1, [0], [0]],
  ["exp(-x^2)", "Math.exp(-x * x)", [40], Math.exp(-1600), [0], [0]],
  ["sinh(x) / cosh(x)", "Math.sinh(x) / Math.cosh(x)", [0], 0, [1], [0]],
];

describe("derivatives at kinks and ends of domains", () => {
  it.each(conventions.map((row) => ({ row, shown: `${row[0]}, in TypeScript ${row[1]}, at ${row[2].join(", ")}: value ${row[3]}, slope ${row[4].join(", ")}` })))("$shown", ({ row: [math, typescript, at, value, slope, curvature] }) => {
    for (const found of [inMath(math, at), inTypeScript(typescript, at)]) {
      expect(found.value + 0).toBe(value);
      expectAll(found.reverse, slope);
      // Along a direction in which the argument of a root stands still, forward mode knows that nothing moves.
      if (isDefined(slope)) expectAll(found.forward, slope);
      if (curvature) expectAll(found.hessian, curvature);
    }
  });

  it.each([
    ["x && y ? x * y : 7", [0, 2], 7, [0, 0]],
    ["let m = x; if (y > m) m = y; return m;", [1, 1], 1, [1, 0]],
    ["let m = -Infinity; for (const each of [x, y, z]) if (each >= m) m = each; return m;", [1, 1, 1], 1, [0, 0, 1]],
    ["[x, y, z].reduce((a, b) => Math.min(a, b), Infinity)", [1, 2, 1], 1, [0.5, 0, 0.5]],
    ["Math.max(...[x, y, z, ...Array.from({ length: 20 }, (_, k) => z - k)])", [2, 2, 1], 2, [0.5, 0.5, 0]],
    ["Math.max(...[x, y, z].filter((v) => v > 0)) + y", [2, 2, -1], 4, [0.5, 1.5, 0]],
    ["x || 0", [0], 0, [1]],
    ["[x, y].map((v) => (v > 0 ? v * Math.log(v) : 0)).reduce((a, b) => a + b)", [0, 1], 0, [0, 1]],
    ["[x, y, z].map(Math.abs).reduce((a, b) => a + b, 0)", [0, -1, 2], 3, [0, -1, 1]],
    ["switch (x > 0) { case true: return Math.log(x); default: return y; }", [0, 2], 2, [0, 1]],
    ["Math.log(x > 0 ? x : 1) + y", [-1, 2], 2, [0, 1]],
    ["const s = Math.sqrt(x); return x > 0 ? s : 0;", [0], 0, [0]],
    ["const r = 1 / x; if (x !== 0) return r; return y;", [0, 2], 2, [0, 1]],
    ["const l = Math.log(x); return (x > 0 ? l : 0) + y;", [-1, 2], 2, [0, 1]],
    ["const s = Math.sqrt(x), t = s * y; return x > 0 ? t : 0;", [4, 0], 0, [0, 2]],
  ])("%s at %j: the branch taken is the branch differentiated", (body, at, value, slope) => {
    const found = inTypeScript(body, at);
    expect(found.value).toBe(value);
    expectAll(found.reverse, slope);
    expectAll(found.forward, slope);
    expect(found.hessian.every(Number.isFinite)).toBe(true);
  });
});

const isDefined = (slope: readonly number[]): boolean => !slope.some(Number.isNaN);

function expectAll(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [k, each] of expected.entries()) {
    if (Number.isFinite(each)) expect(Math.abs((found[k] ?? NaN) - each), `${k}: ${found[k]} against ${each}`).toBeLessThan(1e-15);
    else expect(found[k]).toBe(each);
  }
}
