import { describe, expect, test } from "vitest";
import { checkGradient, type CheckOptions } from "../../../src/core/checkGradient";
import { readProgram } from "../../../src/core/source/readProgram";

const check = (text: string, objective: string, derivative: string, options: CheckOptions = {}) =>
  checkGradient(readProgram({ text, language: "typescript" }), objective, derivative, options);

const data = "const ts = [0.5, 1, 1.5, 2, 3];\nconst hs = [1.2, 1.9, 3.1, 3.8, 6.3];\n";
const cooling = `${data}function cooling(a: number, k: number): number {
  let sum = 0;
  for (let i = 0; i < ts.length; i++) sum += (a * Math.exp(-k * ts[i]) - hs[i]) ** 2;
  return sum / ts.length;
}
`;
/** The derivative of `cooling`, with holes for what people get wrong. */
const slopes = (byA: string, byK: string, wrap = "[da / n, dk / n]"): string => `${cooling}function slopes(a: number, k: number) {
  const n = ts.length;
  let da = 0;
  let dk = 0;
  for (let i = 0; i < n; i++) {
    const e = Math.exp(-k * ts[i]);
    const r = a * e - hs[i];
    da += ${byA};
    dk += ${byK};
  }
  return ${wrap};
}`;
const start = [4, 0.3];

describe("A derivative written by hand agrees", () => {
  test.each([
    ["as a tuple", slopes("2 * r * e", "-2 * r * a * e * ts[i]")],
    ["as an object named after the parameters", slopes("2 * r * e", "-2 * r * a * e * ts[i]", "{ k: dk / n, a: da / n }")],
    ["as an object with d before the names", slopes("2 * r * e", "-2 * r * a * e * ts[i]", "{ dk: dk / n, da: da / n }")],
    ["beside the value", slopes("2 * r * e", "-2 * r * a * e * ts[i]", "{ value: 3, gradient: [da / n, dk / n] }")],
  ])("%s", (_, text) => {
    const found = check(text, "cooling", "slopes", { start });
    expect(found).toMatchObject({ verdict: "agree", points: 8, coordinates: [{ path: "a" }, { path: "k" }] });
    expect(found.coordinates.every(({ error }) => error < 1e-12)).toBe(true);
  });

  test("with data before the unknowns, arrays, and parameters in another order", () => {
    const text = `export function fit(X: number[][], y: number[], w: number[], b: number) {
      let s = 0;
      for (let i = 0; i < X.length; i++) { let z = b; for (let j = 0; j < w.length; j++) z += X[i][j] * w[j]; s += Math.log(Math.cosh(z - y[i])); }
      return s;
    }
    export function fitSlope(b: number, w: number[], X: number[][], y: number[]): [number[], number] {
      const dw = w.map(() => 0);
      let db = 0;
      for (let i = 0; i < X.length; i++) {
        let z = b;
        for (let j = 0; j < w.length; j++) z += X[i][j] * w[j];
        const g = Math.tanh(z - y[i]);
        db += g;
        for (let j = 0; j < w.length; j++) dw[j] += g * X[i][j];
      }
      return [dw, db];
    }`;
    const options = { start: [[[1, 2], [0.5, -1], [2, 0.3]], [1, 0, 2], [0.2, -0.1], 0.4], variables: ["w", "b"] };
    expect(check(text, "fit", "fitSlope", options)).toMatchObject({ verdict: "agree", coordinates: [{ path: "w[0]" }, { path: "w[1]" }, { path: "b" }] });
  });

  test("by one of several unknowns, told by its name", () => {
    const text = "function bowl(u: number, v: number) { return u * u * v + Math.sin(v); }\nfunction bowl_v(u: number, v: number) { return u * u + Math.cos(v); }";
    const found = check(text, "bowl", "bowl_v", { start: [1, 2] });
    expect(found).toMatchObject({ verdict: "agree", coordinates: [{ path: "v" }] });
    expect(found.message).toContain("only the derivative by v");
  });

  test("but for the choice at a kink, which is named", () => {
    const text = "function hinge(x: number) { return Math.max(0, x) + 3 * x; }\nfunction slope(x: number) { return (x >= 0 ? 1 : 0) + 3; }";
    const found = check(text, "hinge", "slope", { start: [0] });
    expect(found.verdict).toBe("agree");
    expect(found.message).toContain("x = 0 the function has a kink");
  });

  test("in mathematics: f and its derivative among the definitions", () => {
    const text = "f(x) = x^3 - sin(2x)\ng(t) = 3t^2 - 2cos(2t)\nh(t) = 3t^2 - cos(2t)";
    const program = readProgram({ text, language: "math", selection: { start: 0, end: text.length } });
    expect(checkGradient(program, "f", "g").verdict).toBe("agree");
    expect(checkGradient(program, "f", "h").verdict).toBe("disagree");
  });
});

describe("A wrong derivative is found, and its likely cause named:", () => {
  test.each([
    ["a flipped sign", slopes("2 * r * e", "2 * r * a * e * ts[i]"), "By k,", "Its sign is flipped."],
    ["the 2 of the square", slopes("r * e", "-2 * r * a * e * ts[i]"), "By a,", "A factor of 2 is missing"],
    ["the mean's 1/n", slopes("2 * r * e", "-2 * r * a * e * ts[i]", "[da, dk]"), "All of 2", "The 1/5 of the mean over ts is missing"],
    ["n once too often", slopes("2 * r * e", "-2 * r * a * e * ts[i]", "[da / n / n, dk / n / n]"), "All of 2", "once too often"],
    ["both the 2 and the 1/n", slopes("r * e", "-r * a * e * ts[i]", "[da, dk]"), "All of 2", "The factor 2/5 is missing"],
    ["a forgotten coordinate", slopes("2 * r * e", "0"), "By k,", "It is 0 everywhere"],
    ["coordinates in the wrong order", slopes("2 * r * e", "-2 * r * a * e * ts[i]", "[dk / n, da / n]"), "All of 2", "have changed places"],
  ])("%s", (_, text, which, cause) => {
    const found = check(text, "cooling", "slopes", { start });
    expect(found.verdict).toBe("disagree");
    expect(found.message).toContain(which);
    expect(found.message).toContain(cause);
    const worst = found.coordinates.reduce((most, each) => (each.error > most.error ? each : most));
    expect(worst.error).toBeGreaterThan(0.01);
    expect(found.message).toContain(String(Number(worst.ours.toPrecision(6))));
    expect(found.message).toContain(String(Number(worst.theirs.toPrecision(6))));
  });

  test("a penalty that is left out", () => {
    const text = `function ridge(p: number, q: number) { return Math.exp(p * q) + 0.5 * p * p; }
    function ridgeSlope(p: number, q: number) { return [q * Math.exp(p * q), p * Math.exp(p * q)]; }`;
    const found = check(text, "ridge", "ridgeSlope", { start: [0.4, 0.8] });
    expect(found.message).toContain("The term 1 · p is missing, as from a penalty on p.");
    expect(found.coordinates.find(({ path }) => path === "q")?.error).toBeLessThan(1e-12);
  });

  const chain = (derivative: string): string => `function chain(x: number[]) { let s = 0; for (let i = 0; i < x.length; i++) s += Math.exp(x[i]) * (i + 1) + x[i] ** 4; return s; }
    function slope(x: number[]) { const g = x.map((xi, i) => Math.exp(xi) * (i + 1) + 4 * xi ** 3); return ${derivative}; }`;

  test("an index that is off by one", () => {
    const found = check(chain("[...g.slice(1), g[0]]"), "chain", "slope", { start: [[0.1, -0.4, 0.8, 0.3]] });
    expect(found.verdict).toBe("disagree");
    expect(found.message).toContain("An index is off by one: the derivative by x[0] is that by x[1], and so on.");
    const back = check(chain("[g[0], ...g.slice(0, 3)]"), "chain", "slope", { start: [[0.1, -0.4, 0.8, 0.3]] });
    expect(back.message).toContain("An index is off by one: the derivative by x[1] is that by x[0], and so on.");
  });

  test("elements in another order", () => {
    const found = check(chain("[g[2], g[0], g[3], g[1]]"), "chain", "slope", { start: [[0.1, -0.4, 0.8, 0.3]] });
    expect(found.message).toContain("The derivatives by x[0], x[1], x[2], x[3] are all there, in another order.");
  });

  test("half of the rule for products is found, though it has no name", () => {
    const text = "function bell(x: number, y: number) { return x * Math.sin(x * y); }\nfunction bellSlope(x: number, y: number) { return [x * y * Math.cos(x * y), x * x * Math.cos(x * y)]; }";
    const found = check(text, "bell", "bellSlope", { start: [0.7, 1.1] });
    expect(found.verdict).toBe("disagree");
    expect(found.message).toContain("By x,");
    expect(found.coordinates.find(({ path }) => path === "y")?.error).toBeLessThan(1e-12);
  });

  test("a constant term", () => {
    const text = "function tilt(x: number) { return Math.cosh(x) + 4 * x; }\nfunction tiltSlope(x: number) { return Math.sinh(x) + 1; }";
    expect(check(text, "tilt", "tiltSlope", { start: [0.3] }).message).toContain("A term of 3 is missing.");
  });

  test("a finite difference passes for what it is", () => {
    const text = "function wave(x: number) { return Math.sin(3 * x) * Math.exp(x); }\nfunction waveSlope(x: number) { const h = 1e-5; return (wave(x + h) - wave(x)) / h; }";
    const found = check(text, "wave", "waveSlope", { start: [0.3] });
    expect(found.verdict).toBe("disagree");
    expect(found.message).toContain("as a finite difference does");
    expect(check(text, "wave", "waveSlope", { start: [0.3], tolerance: 1e-3 }).verdict).toBe("agree");
  });

  test("the same mistake is found at other seeds", () => {
    const text = slopes("2 * r * e", "2 * r * a * e * ts[i]");
    for (const seed of [2, 3, 4, 5]) expect(check(text, "cooling", "slopes", { start, seed }).message).toContain("Its sign is flipped.");
  });
});

describe("What cannot be compared is said so", () => {
  test.each([
    ["a derivative that is not there", "slope", cooling, "no function called slope"],
    ["too many numbers", "slopes", slopes("1", "1", "[1, 2, 3]"), "returns 3 numbers, and cooling has 2 partial derivatives"],
    ["a text", "slopes", slopes("1", "1", "\"steep\""), "cannot be read"],
    ["a parameter that is nobody's", "other", `${cooling}function other(a: number, k: number, temperature: number[]) { return [a, k, temperature[0]]; }`, "expects as temperature"],
  ])("%s", (_, derivative, text, message) => {
    const found = check(text, "cooling", derivative, { start });
    expect(found).toMatchObject({ verdict: "unchecked", points: 0, coordinates: [] });
    expect(found.message).toContain(message);
  });
});
