import { describe, expect, it } from "vitest";
import { gamma } from "../../../src/core/rules/numeric/gamma";
import { erf } from "../../../src/core/rules/numeric/erf";
import { compile, readProgram } from "../../../src/core/index";
import { objectiveOf } from "../support/objectiveOf";

type Twin = (x: number, y: number, z: number) => number;
type Row = readonly [expression: string, at: readonly number[], twin: Twin];

const { sin, cos, tan, exp, log, sqrt, abs, PI, E } = Math;

/** As people write formulas for mathjs, nerdamer, sympy and on paper; each beside the same in plain JavaScript. */
const formulas: readonly Row[] = [
  ["sec(x)", [0.7], (x) => 1 / cos(x)], ["csc(2x)", [0.7], (x) => 1 / sin(2 * x)], ["cot(x^2)", [0.9], (x) => 1 / tan(x * x)],
  ["sech(x)", [-0.8], (x) => 1 / Math.cosh(x)], ["csch(x)", [-0.8], (x) => 1 / Math.sinh(x)], ["coth(3x)", [0.4], (x) => 1 / Math.tanh(3 * x)],
  ["asec(x)", [1.8], (x) => Math.acos(1 / x)], ["asec(x)", [-2.3], (x) => Math.acos(1 / x)], ["acsc(x)", [-1.8], (x) => Math.asin(1 / x)], ["acot(x)", [-0.6], (x) => Math.atan(1 / x)],
  ["asech(x)", [0.35], (x) => Math.acosh(1 / x)], ["acsch(x)", [-0.35], (x) => Math.asinh(1 / x)], ["acoth(x)", [1.9], (x) => Math.atanh(1 / x)], ["acoth(x)", [-4], (x) => Math.atanh(1 / x)],
  ["asinh(x) + acosh(y) + atanh(z)", [-0.4, 2.4, 0.3], (x, y, z) => Math.asinh(x) + Math.acosh(y) + Math.atanh(z)],
  ["arcsin(x) arccos(x) + arctan(x)", [0.3], (x) => Math.asin(x) * Math.acos(x) + Math.atan(x)], ["sin(asin(x)^2)", [0.4], (x) => sin(Math.asin(x) ** 2)],
  ["gamma(x)", [2.7], gamma], ["gamma(x + 1) / gamma(x)", [3.2], (x) => gamma(x + 1) / gamma(x)], ["factorial(x)", [2.2], (x) => gamma(x + 1)], ["x!", [2.2], (x) => gamma(x + 1)],
  ["3! x + 5!", [1.2], (x) => 6 * x + 120], ["erf(x) - erf(x / 2)", [0.6], (x) => erf(x) - erf(x / 2)], ["lgamma(x)", [4.4], (x) => log(gamma(x))],
  ["nthRoot(x, 3)", [-2.2], (x) => Math.cbrt(x)], ["nthRoot(x, 5)", [-2.2], (x) => -(2.2 ** 0) * (-x) ** 0.2], ["nthRoot(x, 4)", [2.2], (x) => x ** 0.25], ["nthRoot(x)", [2.2], sqrt], ["cbrt(x^2 + 1)", [0.8], (x) => Math.cbrt(x * x + 1)],
  ["log(x, 3)", [2.5], (x) => log(x) / log(3)], ["log(x, y)", [2.5, 1.7], (x, y) => log(x) / log(y)], ["log(8, x)", [2.5], (x) => log(8) / log(x)], ["log2(x) + log10(x)", [2.5], (x) => Math.log2(x) + Math.log10(x)],
  ["ln(x) lg(x)", [2.5], (x) => log(x) * Math.log10(x)], ["log1p(x) + expm1(x)", [0.2], (x) => Math.log1p(x) + Math.expm1(x)], ["log(x, e)", [2.5], log], ["log(x^2 + 1, 10)", [1.5], (x) => Math.log10(x * x + 1)],
  ["exp(x)^2", [0.3], (x) => exp(2 * x)], ["e^x", [0.3], exp], ["e^(-x^2 / 2) / sqrt(2 pi)", [0.6], (x) => exp((-x * x) / 2) / sqrt(2 * PI)], ["e x^2", [0.3], (x) => E * x * x], ["2^(x^2)", [0.7], (x) => 2 ** (x * x)], ["x^x", [1.4], (x) => x ** x],
  ["(x^2 + 1)^(sin(y))", [0.7, 0.4], (x, y) => (x * x + 1) ** sin(y)], ["x^y^z", [1.3, 0.8, 1.2], (x, y, z) => x ** (y ** z)], ["x^(-2)", [1.3], (x) => x ** -2], ["x^-2", [1.3], (x) => x ** -2], ["x^(1/2)", [1.3], sqrt], ["x^pi", [1.3], (x) => x ** PI],
  ["-x^2", [1.3], (x) => -(x * x)], ["(-x)^2", [1.3], (x) => x * x], ["2^-x", [1.3], (x) => 2 ** -x], ["-2^x", [1.3], (x) => -(2 ** x)], ["--x + +x", [1.3], (x) => 2 * x], ["3 - -x", [1.3], (x) => 3 + x], ["-(-x)^3", [1.3], (x) => x ** 3],
  ["1 / 2 x", [1.3], (x) => x / 2], ["x / y / z", [1.3, 0.7, 0.4], (x, y, z) => x / y / z], ["x / y z", [1.3, 0.7, 0.4], (x, y, z) => x / (y * z)], ["x - y - z", [1, 2, 4], (x, y, z) => x - y - z],
  ["2x", [3], (x) => 2 * x], ["2 x y", [3, 4], (x, y) => 2 * x * y], ["2(x + 1)", [3], (x) => 2 * (x + 1)], ["(x + 1)(x - 1)", [3], (x) => x * x - 1], ["3x^2 y", [3, 4], (x, y) => 3 * x * x * y], ["2 sin(x) cos(x)", [0.6], (x) => sin(2 * x)], ["x sin(x)", [0.6], (x) => x * sin(x)],
  ["pi x + tau y", [1, 2], (x, y) => PI * x + 2 * PI * y], ["SQRT2 x + LN10", [2], (x) => Math.SQRT2 * x + Math.LN10], ["1e-3 x^2 + 2.5E2 x", [1.2], (x) => 1e-3 * x * x + 250 * x], [".5x + 5. x", [1.2], (x) => 5.5 * x], ["1.5e+2 x", [1.2], (x) => 150 * x],
  ["((((x))) + (((1))))^((2))", [0.5], (x) => (x + 1) ** 2],
  ["sqrt(abs(x))", [-2], (x) => sqrt(abs(x))], ["abs(sin(x))", [-2], (x) => abs(sin(x))], ["|x - 3|", [1], (x) => abs(x - 3)], ["sign(x) x^2", [-2], (x) => Math.sign(x) * x * x],
  ["min(x, y) max(x, y)", [2, 3], (x, y) => x * y], ["max(x^2, 2x, 1)", [3], (x) => x * x], ["hypot(x, y)", [3, 4], (x, y) => Math.hypot(x, y)], ["hypot(x, y, z)", [1, 2, 2], Math.hypot], ["atan2(y, x)", [-1.2, 0.7], (x, y) => Math.atan2(y, x)],
  ["mod(x, 3)", [7.5], (x) => x % 3], ["mod(x, 3) + mod(x, -3)", [-7.5], (x) => (((x % 3) + 3) % 3) + (x % 3)], ["x mod 3", [7.5], (x) => x % 3], ["x % 3", [7.5], (x) => x % 3],
  ["x > 1 ? x^2 : x", [2], (x) => x * x], ["x > 1 ? x^2 : x", [0.5], (x) => x], ["x > 1 and y < 2 ? x y : x + y", [2, 1], (x, y) => x * y], ["x < 0 ? -x : x < 1 ? x^2 : 2x - 1", [3], (x) => 2 * x - 1], ["(x >= 0) x^2", [3], (x) => x * x],
  ["floor(x) x", [2.5], (x) => Math.floor(x) * x], ["round(x) + x^2", [2.3], (x) => Math.round(x) + x * x],
  ["square(x) + cube(x)", [1.3], (x) => x * x + x ** 3], ["pow(x, 3)", [1.3], (x) => x ** 3], ["add(x, multiply(2, y))", [1, 2], (x, y) => x + 2 * y], ["subtract(x, divide(y, x))", [1.4, 2], (x, y) => x - y / x],
  ["sum((x - i)^2, i = 1..4)", [0.3], (x) => [1, 2, 3, 4].reduce((s, i) => s + (x - i) ** 2, 0)], ["sin^2(x) + cos(x)^2 x", [0.8], (x) => sin(x) ** 2 + cos(x) ** 2 * x],
  ["σ(x) + sigmoid(2x)", [0.3], (x) => 1 / (1 + exp(-x)) + 1 / (1 + exp(-2 * x))], ["softplus(x)", [0.3], (x) => log(1 + exp(x))], ["unaryMinus(x)^2", [3], (x) => x * x],
  ["(x^2 - 1) / (x^2 + 1)", [0.8], (x) => (x * x - 1) / (x * x + 1)], ["sin(cos(tan(x)))", [0.5], (x) => sin(cos(tan(x)))], ["exp(sin(x y)) / (1 + z^2)", [0.5, 1.2, 0.7], (x, y, z) => exp(sin(x * y)) / (1 + z * z)], ["log(log(log(x)))", [40], (x) => log(log(log(x)))],
  ["sqrt(x + sqrt(x + sqrt(x)))", [1.7], (x) => sqrt(x + sqrt(x + sqrt(x)))], ["ln(x + sqrt(x^2 + 1))", [0.9], Math.asinh], ["(1 + 1/x)^x", [2.5], (x) => (1 + 1 / x) ** x], ["x² + y³", [1.5, 2], (x, y) => x * x + y ** 3], ["x·y × 2 ÷ z", [1.5, 2, 3], (x, y, z) => (x * y * 2) / z], ["√(x² + 1)", [1.5], (x) => sqrt(x * x + 1)],
];

/** The same questions of programs: every function of Math, in the ways they are called. */
const programs: readonly Row[] = [
  ["Math.sin(x) * Math.cos(y) + Math.tan(x * y)", [0.4, 0.7], (x, y) => sin(x) * cos(y) + tan(x * y)], ["Math.asin(x) + Math.acos(x / 2) * Math.atan(x)", [0.4], (x) => Math.asin(x) + Math.acos(x / 2) * Math.atan(x)],
  ["Math.sinh(x) / Math.cosh(x) - Math.tanh(x / 2)", [0.4], (x) => Math.sinh(x) / Math.cosh(x) - Math.tanh(x / 2)], ["Math.asinh(x) + Math.acosh(1 + x) + Math.atanh(x)", [0.4], (x) => Math.asinh(x) + Math.acosh(1 + x) + Math.atanh(x)],
  ["Math.exp(-x) + Math.expm1(x) + Math.log1p(x) + Math.log2(x) + Math.log10(x)", [0.4], (x) => exp(-x) + Math.expm1(x) + Math.log1p(x) + Math.log2(x) + Math.log10(x)],
  ["Math.cbrt(x) * Math.sqrt(y) + Math.hypot(x, y, 1)", [0.4, 2], (x, y) => Math.cbrt(x) * sqrt(y) + Math.hypot(x, y, 1)], ["Math.atan2(y, x) + Math.pow(x, y) + x ** y ** 0.5", [0.4, 2], (x, y) => Math.atan2(y, x) + x ** y + x ** (y ** 0.5)],
  ["Math.max(x, y) * Math.min(x, y, 0.1) + Math.abs(x - y)", [0.4, 2], (x, y) => y * 0.1 + (y - x)], ["Math.floor(x) * x + Math.ceil(y) * y + Math.round(x) + Math.trunc(y) * x", [1.4, 2.2], (x, y) => x + 3 * y + 1 + 2 * x],
  ["x % 3 + (-x) % 2", [4.4], (x) => (x % 3) + (-x % 2)], ["(-x) ** 2 - -x", [1.5], (x) => x * x + x], ["Math.E ** x + Math.PI * x + Math.SQRT2 * x + Math.LN2 * x ** 2", [1.5], (x) => exp(x) + PI * x + Math.SQRT2 * x + Math.LN2 * x * x],
  ["[x, y, z].reduce((s, v, i) => s + (i + 1) * v ** 2, 0)", [1, 2, 3], (x, y, z) => x * x + 2 * y * y + 3 * z * z], ["[x, y].map((v) => Math.exp(v)).reduce((a, b) => a * b)", [0.3, 0.4], (x, y) => exp(x + y)],
  ["(() => { let s = x; for (let i = 0; i < 10; i++) s = Math.sin(s) + y; return s; })()", [0.3, 0.4], (x, y) => Array.from({ length: 10 }).reduce<number>((s) => sin(s) + y, x)],
  ["(() => { let s = x; while (s < 100) s = s * y + 1; return s; })()", [1.3, 2.4], (x, y) => { let s = x; while (s < 100) s = s * y + 1; return s; }],
  ["x > 0 && y > 0 ? Math.log(x * y) : x || y", [1.3, 2.4], (x, y) => log(x * y)], ["Math.sign(x) * x ** 3 / (1 + Math.abs(x))", [-1.3], (x) => -(x ** 3) / (1 - x)],
];

describe("functions of formulas and programs", () => {
  it.each(formulas)("%s at %j", (expression, at, twin) => {
    expectTwins(objectiveOf(expression, ["x", "y", "z"].slice(0, at.length)), at, twin);
  });

  it.each(programs)("%s at %j", (expression, at, twin) => {
    const text = `function f(${["x", "y", "z"].slice(0, at.length).map((name) => `${name}: number`).join(", ")}): number { return ${expression}; }`;
    expectTwins(compile(readProgram({ text, language: "typescript" }), "f", { start: [...at] }), at, twin);
  });
});

function expectTwins(objective: ReturnType<typeof compile>, at: readonly number[], twin: Twin): void {
  const x = Float64Array.from(at);
  const value = twin(x[0] ?? NaN, x[1] ?? NaN, x[2] ?? NaN);
  expect(Math.abs(objective.value(x) - value)).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(value)));
  const gradient = objective.gradient(x);
  const hessian = objective.hessian(x);
  for (const k of at.keys()) {
    const slope = differences((h) => twin(...moved(at, k, h)));
    expect(Math.abs((gradient[k] ?? NaN) - slope), `slope by ${k}: ${gradient[k]} against ${slope}`).toBeLessThanOrEqual(2e-10 * Math.max(1, Math.abs(slope), Math.abs(value)));
    for (const j of at.keys()) {
      const bend = differences((h) => objective.gradient(Float64Array.from(moved(at, k, h)))[j] ?? NaN);
      expect(Math.abs((hessian[j * at.length + k] ?? NaN) - bend), `second derivative ${j}, ${k}`).toBeLessThanOrEqual(2e-9 * Math.max(1, Math.abs(bend), Math.abs(slope)));
    }
  }
}

function moved(at: readonly number[], k: number, h: number): [number, number, number] {
  const [x = NaN, y = NaN, z = NaN] = at.map((each, j) => (j === k ? each + h : each));
  return [x, y, z];
}

/** Eighth-order central differences, by Richardson's extrapolation. */
function differences(f: (h: number) => number): number {
  let row: number[] = [];
  for (let level = 0; level < 4; level++) {
    const h = 0.016 / 2 ** level;
    const next = [(f(h) - f(-h)) / (2 * h)];
    for (const [j, coarse] of row.entries()) next.push((next[j] ?? NaN) + ((next[j] ?? NaN) - coarse) / (4 ** (j + 1) - 1));
    row = next;
  }
  return row.at(-1) ?? NaN;
}
