import { describe, expect, test } from "vitest";
import { interpret } from "../../../../src/core/ir/interpret";
import { SourceError } from "../../../../src/core/source/diagnostic";
import { readMath } from "../../../../src/core/source/math/readMath";

const cases: [string, Record<string, number>, number][] = [
  ["x^2\n\n+ y^2", { x: 2, y: 3 }, 13], ["x^2\n- y^2", { x: 2, y: 3 }, -5], ["x^2\n\n- y^2", { x: 2, y: 3 }, -5], ["a = 2\n-a x^2", { x: 2 }, -8], ["x^2\n\n-y^2", { y: 3 }, -9],
  ["x̂ + ȳ", { x_hat: 2, y_bar: 3 }, 5], ["θ₀² + x̂ θ₁", { "θ_0": 2, x_hat: 3, "θ_1": 4 }, 16], ["(ŷ − y)² + ẋ", { y_hat: 3, y: 1, x_dot: 2 }, 6], ["θ̂₁ x", { "θ_hat_1": 2, x: 3 }, 6],
  ["e⁻ˣ²", { x: 0.5 }, Math.exp(-0.25)], ["xⁿᵏ", { x: 2, n: 2, k: 3 }, 64],
  ["x^2 for x<0, x for x>=0", { x: -3 }, 9], ["x^2 for x<0, x for x>=0", { x: 3 }, 3], ["f(x) = x^2 for x<0, and x for x>=0", { x: -3 }, 9], ["1 + (x^2 if x<0, x if x>=0)", { x: -3 }, 10], ["ln x for x > 0", { x: 1 }, 0],
  ["0x10 x", { x: 2 }, 32], ["0b11 x", { x: 2 }, 6], ["0o17 x", { x: 2 }, 30], ["0x + x^2", { x: 2 }, 4],
  ["|x|_1", { x: -2 }, 2], ["|[x, y]|_1", { x: -2, y: 3 }, 5], ["|[x, y]|_2", { x: 3, y: 4 }, 5], ["‖[x, y]‖_∞", { x: 3, y: -4 }, 4], ["norm(x, y)", { x: 3, y: 4 }, 5],
  ["piecewise(x^2, x<0, x)", { x: -3 }, 9], ["piecewise(x^2, x<0, 2x, x<1, x)", { x: 0.5 }, 1], ["piecewise(x<0, x^2, x)", { x: 3 }, 3],
  ["sin(x deg)", { x: 30 }, 0.5], ["cos(2 x degrees)", { x: 30 }, 0.5], ["deg^2 + x", { deg: 2, x: 1 }, 5], ["f(deg, x) = x deg", { deg: 2, x: 3 }, 6],
  ["not not (x>0) ? x : x^2", { x: -3 }, 9],
];

describe("what was once misread in silence", () => {
  test.each(cases)("%j", (text, at, value) => {
    const program = readMath({ text, language: "math" });
    const lowered = program.lower(program.target ?? "", {});
    expect([...lowered.coordinates].sort()).toEqual(Object.keys(at).sort());
    expect(interpret(lowered.function, Float64Array.from(lowered.coordinates, (name) => at[name] ?? NaN)).value).toBeCloseTo(value, 9);
  });

  test.each([["|x|_a", "_a"], ["(x+1)_2", "_2"]])("%s has a subscript that belongs to nothing", (text, place) => {
    let found: unknown;
    try {
      readMath({ text, language: "math" });
    } catch (error) {
      found = error instanceof SourceError ? error.diagnostics[0] : error;
    }
    expect(found).toMatchObject({ code: "E100", message: "This subscript belongs to nothing.", range: { start: { character: text.indexOf(place) }, end: { character: text.length } } });
  });
});

const together: [string, Record<string, number>, number][] = [
  ["f(x)=x^2; g(x)=sin(x)\nf(g(x))", { x: 2 }, Math.sin(2)**2], ["g(x)=sin(x); g(x)^2", { x: 2 }, Math.sin(2)**2], ["f(x)=x^2; f(x)+1;", { x: 2 }, 5], ["u = x-1; v = x+1; u v", { x: 2 }, 3],
  ["a = 2, b = 3, a x^2 + b", { x: 2 }, 11], ["f(x)=x^2, g(x)=sin(x), f(g(x))", { x: 2 }, Math.sin(2)**2], ["f(x)=x^2, g(x)=sin(x)\nf(g(x))", { x: 2 }, Math.sin(2)**2],
  ["f(x) = k x^2; k = 3", { x: 2 }, 12], ["f(x) = x^2; x > 0", { x: 2 }, 4], ["f(x) = x^2 (x<0); x (x>=0)", { x: -2 }, 4], ["f(x) = { x^2, x<0; x, x>=0 }; f(x)+1", { x: -2 }, 5],
  ["A = [1,2;3,4]; norm(A*[x,y])", { x: 1, y: 0 }, Math.sqrt(10)], ["f(x) = x^2, g(x) = sin(x)", { x: 3 }, 9],
];

describe("definitions on one line", () => {
  test.each(together)("%j", (text, at, value) => {
    const program = readMath({ text, language: "math" });
    const lowered = program.lower(program.target ?? "", {});
    expect([...lowered.coordinates].sort()).toEqual(Object.keys(at).sort());
    expect(interpret(lowered.function, Float64Array.from(lowered.coordinates, (name) => at[name] ?? NaN)).value).toBeCloseTo(value, 9);
  });
});

const named: [string, Record<string, number>, number][] = [
  ["median([x, y, 1])", { x: 3, y: 2 }, 2], ["median(x, y)", { x: 3, y: 2 }, 2.5], ["z = [4, 1, 2, 3]\nmedian([4, 1, 2, 3]) x", { x: 2 }, 5], ["s = softmax([x, y])\ns[1]", { x: 0, y: Math.log(3) }, 0.25],
  ["logsumexp([x, y])", { x: 0, y: Math.log(3) }, Math.log(4)], ["logsumexp(x, y, z)", { x: 0, y: 0, z: Math.log(2) }, Math.log(4)], ["erfc(x)", { x: 0.5 }, 0.4795001221869535], ["norm([x, y], inf)", { x: 3, y: -4 }, 4],
];

describe("functions that people know by name", () => {
  test.each(named)("%j", (text, at, value) => {
    const program = readMath({ text, language: "math" });
    const lowered = program.lower(program.target ?? "", {});
    expect(interpret(lowered.function, Float64Array.from(lowered.coordinates, (name) => at[name] ?? NaN)).value).toBeCloseTo(value, 9);
  });

  test.each([["sinc(x)", "E102", "Write sin(x)/x, or sin(pi x)/(pi x)."], ["median([x, y, 1, 2])", "E101", "The median of x is where sum(abs(x - m)) is least: minimise that by m."]])("%s is refused, with what to write", (text, code, hint) => {
    let found: unknown;
    try {
      readMath({ text, language: "math" });
    } catch (error) {
      found = error instanceof SourceError ? error.diagnostics[0] : error;
    }
    expect(found).toMatchObject({ code, hint });
  });
});
