import { describe, expect, it } from "vitest";
import { compile, readProgram } from "../../../src/core/index";
import type { Objective } from "../../../src/core/objective";
import { runCode } from "../support/runCode";

const sigmoidText = "const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t));";

const program = (body: string): Objective => {
  const text = `${sigmoidText}\nfunction f(z: number): number {\n  ${body}\n}`;
  return compile(readProgram({ text, language: "typescript" }), "f", { start: [1] });
};

type Curve = (z: number) => number;

/** Value, slope and curvature of what each spelling stands for, in ways that neither overflow nor cancel. */
const sigma: Curve = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
const bell: Curve = (z) => sigma(z) * sigma(-z);
const softplus: Curve = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
const meanings: Record<string, readonly [Curve, Curve, Curve]> = {
  sigmoid: [sigma, bell, (z) => bell(z) * (sigma(-z) - sigma(z))],
  softplus: [softplus, sigma, bell],
  logSigmoid: [(z) => -softplus(-z), (z) => sigma(-z), (z) => -bell(z)],
  tanh: [Math.tanh, (z) => 4 * bell(2 * z), (z) => -8 * bell(2 * z) * Math.tanh(z)],
  /** log(e^z + e^{2z} + e^3), whose terms never tie at the points below. */
  threeTerms: [
    (z) => sumOf(z).value, (z) => sumOf(z).mean, (z) => sumOf(z).spread,
  ],
};

function sumOf(z: number): { value: number; mean: number; spread: number } {
  const exponents = [z, 2 * z, 3];
  const slopes = [1, 2, 0];
  const largest = Math.max(...exponents);
  const weights = exponents.map((exponent) => Math.exp(exponent - largest));
  const total = weights.reduce((a, b) => a + b);
  const average = (of: (k: number) => number): number => weights.reduce((sum, weight, k) => sum + (weight / total) * of(k), 0);
  const mean = average((k) => slopes[k] ?? NaN);
  return { value: largest + Math.log(total), mean, spread: average((k) => ((slopes[k] ?? NaN) - mean) ** 2) };
}

const spellings: readonly (readonly [keyof typeof meanings, string])[] = [
  ["sigmoid", "return 1 / (1 + Math.exp(-z));"],
  ["sigmoid", "return 1 / (Math.exp(-z) + 1);"],
  ["sigmoid", "return Math.exp(z) / (1 + Math.exp(z));"],
  ["sigmoid", "const e = Math.exp(z); return e / (e + 1);"],
  ["sigmoid", "return 1 / (1 + Math.E ** (-z));"],
  ["sigmoid", "return 1 / (1 + Math.pow(Math.E, -z));"],
  ["sigmoid", "return 1 / (1 + 1 / Math.exp(z));"],
  ["sigmoid", "return Math.pow(1 + Math.exp(-z), -1);"],
  ["sigmoid", "return sigmoid(z);"],
  ["sigmoid", "return 1 - 1 / (1 + Math.exp(z));"],
  ["sigmoid", "const [a, b] = [Math.exp(z), Math.exp(0 * z)]; return a / (a + b);"],
  ["softplus", "return Math.log(1 + Math.exp(z));"],
  ["softplus", "return Math.log(Math.exp(z) + 1);"],
  ["softplus", "return Math.log1p(Math.exp(z));"],
  ["softplus", "return -Math.log(1 / (1 + Math.exp(z)));"],
  ["softplus", "return -Math.log(sigmoid(-z));"],
  ["softplus", "return -Math.log(1 - sigmoid(z));"],
  ["softplus", "const p = sigmoid(z); return -Math.log1p(-p);"],
  ["softplus", "const p = sigmoid(z), y = 0; return -y * Math.log(p) - (1 - y) * Math.log(1 - p);"],
  ["softplus", "const m = Math.max(0, z); return m + Math.log(Math.exp(0 - m) + Math.exp(z - m));"],
  ["logSigmoid", "return Math.log(sigmoid(z));"],
  ["logSigmoid", "return Math.log(Math.exp(z) / (1 + Math.exp(z)));"],
  ["logSigmoid", "return -Math.log(1 + Math.exp(-z));"],
  ["logSigmoid", "return Math.log(1 - sigmoid(-z));"],
  ["logSigmoid", "const p = sigmoid(z), y = 1; return y * Math.log(p) + (1 - y) * Math.log(1 - p);"],
  ["tanh", "return (Math.exp(z) - Math.exp(-z)) / (Math.exp(z) + Math.exp(-z));"],
  ["tanh", "const a = Math.exp(z), b = Math.exp(-z); return (a - b) / (b + a);"],
  ["tanh", "return (Math.exp(2 * z) - 1) / (Math.exp(2 * z) + 1);"],
  ["tanh", "return (1 - Math.exp(-2 * z)) / (1 + Math.exp(-2 * z));"],
  ["tanh", "return 2 / (1 + Math.exp(-2 * z)) - 1;"],
  ["threeTerms", "return Math.log(Math.exp(z) + Math.exp(2 * z) + Math.exp(3));"],
  ["threeTerms", "const m = Math.max(z, 2 * z, 3); return m + Math.log(Math.exp(z - m) + Math.exp(2 * z - m) + Math.exp(3 - m));"],
];

const points = [-1000, -800, -40, -2.5, 0, 0.7, 40, 800, 1000];

describe("spellings whose derivatives overflow", () => {
  it.each(spellings)("%s, as %s, is right however large z is", (meaning, body) => {
    const objective = program(body);
    const [value, slope, curvature] = meanings[meaning] ?? [];
    for (const z of points) {
      const x = Float64Array.of(z);
      expectClose(objective.value(x), value?.(z), `value at ${z}`);
      expectClose(objective.gradient(x)[0], slope?.(z), `slope at ${z}`);
      expectClose(objective.hessianVector(x, Float64Array.of(1))[0], curvature?.(z), `curvature at ${z}`);
    }
  });

  it.each(spellings)("%s, as %s, keeps the value that was written wherever that is finite", async (_meaning, body) => {
    const objective = program(body);
    const own = await runCode(`function own(z: number): number { ${body} }`, "own", sigmoidText) as Curve;
    for (const z of [...points, -1e-9, 1e-9, -17, 17, -36, 36, 36.5]) {
      const expected = own(z);
      if (Number.isFinite(expected)) expectClose(objective.value(Float64Array.of(z)), expected, `value at ${z}`, 1e-15);
    }
  });

  it("keeps the digits that were lost as they were lost: log(1 - sigmoid(36)) is what JavaScript makes of it", () => {
    const objective = program("return Math.log(1 - sigmoid(z));");
    expect(objective.value(Float64Array.of(36))).toBe(Math.log(1 - 1 / (1 + Math.exp(-36))));
    expect(objective.gradient(Float64Array.of(36))[0]).toBe(-1 / (1 + Math.exp(-36)));
  });

  it("log(1 - e^-x) is exact in its slope beside 0, where 1 - e^-x has lost its digits", () => {
    const slope = program("return Math.log(1 - Math.exp(-z));").gradient(Float64Array.of(1e-10))[0];
    expect(Math.abs((slope ?? NaN) / (1 / Math.expm1(1e-10)) - 1)).toBeLessThan(1e-14);
  });

  it("√(x² + y²) is left as it is: its slope at the origin is undefined, that of Math.hypot is 0", () => {
    const at = (body: string): number => program(body).gradient(Float64Array.of(0))[0] ?? 0;
    expect(at("return Math.sqrt(z * z + z * z);")).toBeNaN();
    expect(at("return Math.hypot(z, z);")).toBe(0);
  });
});

function expectClose(found: number | undefined, expected: number | undefined, what: string, tolerance = 4e-14): void {
  const error = Math.abs((found ?? NaN) - (expected ?? NaN));
  expect(error, `${what}: ${found} against ${expected}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected ?? NaN)));
}
