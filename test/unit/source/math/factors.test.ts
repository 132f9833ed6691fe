import { describe, expect, test } from "vitest";
import { interpret } from "../../../../src/core/ir/interpret";
import { SourceError } from "../../../../src/core/source/diagnostic";
import { readMath } from "../../../../src/core/source/math/readMath";

/** The value of a text at the unknowns it has, and the messages of its notes. */
function read(text: string, at: Record<string, number>): { unknowns: string[]; value: number; notes: string[] } {
  const program = readMath({ text, language: "math" });
  const lowered = program.lower(program.target ?? "", {});
  const x = Float64Array.from(lowered.coordinates, (name) => at[name] ?? NaN);
  return { unknowns: [...lowered.coordinates].sort(), value: interpret(lowered.function, x).value, notes: lowered.diagnostics.map(({ code, message }) => `${code} ${message}`) };
}

const products: [string, Record<string, number>, number][] = [
  ["a x (1-x)", { a: 2, x: 3 }, -12], ["r P (1-P/K)", { r: 2, P: 3, K: 6 }, 3], ["x y (z+1)", { x: 2, y: 3, z: 4 }, 30], ["a b (x+1)^2", { a: 2, b: 3, x: 1 }, 24],
  ["k x(x-1)", { k: 2, x: 3 }, 12], ["a b c d (x+1)", { a: 2, b: 3, c: 4, d: 5, x: 1 }, 240], ["xy(x+y)", { x: 2, y: 3 }, 30],
  ["π r (r+h)", { r: 2, h: 3 }, 10*Math.PI], ["2 pi r (r + h)", { r: 2, h: 3 }, 20*Math.PI], ["pi (x+1)", { x: 2 }, 3*Math.PI], ["x^a b (x+1)", { x: 2, a: 3, b: 4 }, 96],
  ["alpha (x+1)", { alpha: 2, x: 3 }, 8], ["4 epsilon ((sigma/r)^12 - (sigma/r)^6)", { epsilon: 2, sigma: 2, r: 1 }, 8*(4096-64)], ["theta1 (x+1)", { theta1: 2, x: 3 }, 8],
  ["mu_0 (x+1)", { mu_0: 2, x: 3 }, 8], ["rate (1-rate)", { rate: 0.25 }, 0.1875], ["cost^2 + cost(x+1)", { cost: 2, x: 1 }, 8],
  ["a sin x (1-x)", { a: 2, x: 3 }, -4*Math.sin(3)], ["sin a x (1-x)", { a: 2, x: 3 }, -2*Math.sin(6)],
  ["μ + σ z^2", { "μ": 1, "σ": 2, z: 3 }, 19], ["sigma (x - m)", { sigma: 2, x: 5, m: 1 }, 8], ["sigma(x) + sigma^2", { sigma: 2, x: 3 }, 10], ["(x-μ)/σ + σ(x+1)", { x: 3, "μ": 1, "σ": 2 }, 9], ["beta x/(1+gamma y)", { beta: 2, x: 3, gamma: 1, y: 2 }, 2],
];

describe("what stands before a bracket", () => {
  test.each(products)("%s is a product", (text, at, value) => {
    const found = read(text, at);
    expect(found.unknowns).toEqual(Object.keys(at).sort());
    expect(found.value).toBeCloseTo(value, 9);
    expect(found.notes.filter((note) => !note.includes("·"))).toEqual([]);
  });

  test.each([["beta(x+1)", "beta"], ["omega(x)", "omega"], ["rate (x+1)", "rate"], ["lossrate (x+1)", "lossrate"], ["m g (y+1)", "g"]])("%s is a product, and says so", (text, name) => {
    expect(read(text, {}).notes).toEqual([`I302 ${name} is read as a factor: ${name} times what is in brackets.`]);
  });

  test.each([["sine(x)", "Did you mean sin?"], ["sine (x)", "Did you mean sin?"], ["sigmod (x)", "Did you mean sigmoid?"], ["foo(x+1)", "Define it on a line of its own, as foo(x) = …"], ["f (x)", "Define it on a line of its own, as f(x) = …"], ["2 f(x+1)", "Define it on a line of its own, as f(x) = …"]])("%s is of a function that is not there", (text, hint) => {
    let found: unknown;
    try {
      readMath({ text, language: "math" });
    } catch (error) {
      found = error instanceof SourceError ? error.diagnostics[0] : error;
    }
    expect(found).toMatchObject({ code: "E102", hint });
  });

  test("of functions that the text gives, an application", () => {
    expect(read("f(x) = x^2\na f (x+1)", { a: 2, x: 2 }).value).toBe(18);
    expect(read("σ(x) (1 - σ(x))", { x: 0 }).value).toBe(0.25);
    for (const name of ["sigma", "sigmoid", "logistic", "expit"]) expect(read(`${name}(x)`, { x: 0 }).value).toBe(0.5);
    expect(read("Gamma(x)", { x: 5 }).value).toBeCloseTo(24, 9);
    expect(read("gamma (x+1)", { x: 3 }).value).toBeCloseTo(6, 9);
  });
});

describe("a product after a division", () => {
  test.each([["1/(s sqrt(2 pi)) exp(x)", { s: 2, x: 1 }, 1/(2*Math.sqrt(2*Math.PI)*Math.E)], ["1/(a) x", { a: 2, x: 4 }, 0.125], ["1/(a)x", { a: 2, x: 4 }, 0.125], ["1/a (x+1)", { a: 2, x: 3 }, 0.125], ["x/2 (x+1)", { x: 4 }, 0.4]])(
    "%s is divided by as a whole, as mathjs has it, and says so", (text, at, value) => {
      const found = read(text, at);
      expect(found.value).toBeCloseTo(value, 12);
      expect(found.notes).toEqual(["I302 This whole product is divided by, as in mathjs: factors side by side go before a division."]);
    });
  test.each([["1/2 x", { x: 4 }, 2], ["1/2 (x+1)", { x: 3 }, 2], ["1/(2a) * x", { a: 2, x: 4 }, 1], ["a/2b", { a: 8, b: 2 }, 2]])("%s needs no word", (text, at: Record<string, number>, value) => {
    expect(read(text, at)).toMatchObject({ value, notes: [] });
  });
});
