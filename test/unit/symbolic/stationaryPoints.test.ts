import { describe, expect, test } from "vitest";
import { compile, readProgram, type StationaryPoint } from "../../../src/core/index";
import { eigenOf } from "../../../src/core/symbolic/stationary/eigen";
import { exactNumber } from "../../../src/core/symbolic/stationary/exactNumber";
import { stationaryPoints } from "../../../src/core/symbolic/stationary/stationaryPoints";
import { printText } from "../../../src/core/print/text";

type Window = readonly (readonly [number, number])[];
const square = (half: number): Window => [[-half, half], [-half, half]];

/** As many evaluations as the search likes: how many a person may be made to wait for depends on how busy the machine is. */
const pointsOf = (text: string, window: Window): readonly StationaryPoint[] => stationaryPoints(compile(readProgram({ text, language: "math" })), window);
const kinds = (points: readonly StationaryPoint[]): string[] => points.map(({ kind }) => kind);
const exact = (point: StationaryPoint | undefined): string[] | undefined => point?.exact?.map((entry) => entry.math());
const count = (points: readonly StationaryPoint[], kind: StationaryPoint["kind"]): number => points.filter((point) => point.kind === kind).length;

describe("functions whose stationary points are known", () => {
  test("a bowl has a minimum, a saddle a saddle", () => {
    const [bowl] = pointsOf("x^2 + y^2", square(5));
    expect(bowl).toMatchObject({ kind: "minimum", value: 0, isolated: true });
    expect([...(bowl?.at ?? []), ...(bowl?.eigenvalues ?? [])]).toEqual([0, 0, 2, 2]);
    expect(kinds(pointsOf("x^2 - y^2", square(5)))).toEqual(["saddle"]);
  });
  test("where the domain ends or has a hole there is none", () => {
    for (const window of [[-1, 3], [-2, 2], [0, 3]] as const) expect(kinds(pointsOf("x^2 ln x", [window]))).toEqual(["minimum"]);
    const waves = pointsOf("sin(x)/x", [[-10, 10]]);
    expect(waves.map(({ kind }) => kind)).toEqual(["minimum", "minimum", "maximum", "maximum"]);
    expect(waves.every(({ at }) => Math.abs(at[0] ?? 0) > 4)).toBe(true);
  });
  test("of a half-line of them it is said whether it lies low or high", () => {
    expect(pointsOf("max(x, 0)^2", [[-3, 3]])).toMatchObject([{ isolated: false, seems: "minimum", value: 0 }]);
    expect(pointsOf("1 - max(x - 1, 0)^2", [[-3, 3]])).toMatchObject([{ isolated: false, seems: "maximum", value: 1 }]);
  });
  test("powers of e are told as such", () => {
    expect(pointsOf("x ln x", [[0.01, 3]]).map(exact)).toEqual([["1 / e"]]);
    expect(pointsOf("x^x", [[0.01, 3]]).map(exact)).toEqual([["1 / e"]]);
    expect(pointsOf("x^2 ln x", [[0, 3]]).map(exact)).toEqual([["1 / sqrt(e)"]]);
    expect(pointsOf("ln(x)/x", [[1, 5]]).map(exact)).toEqual([["e"]]);
  });
  test("x³ − 3x has a minimum at 1 and a maximum at −1, told by rising value", () => {
    const points = pointsOf("x^3 - 3x", [[-3, 3]]);
    expect(points.map(({ at, value, kind }) => [at[0], value, kind])).toEqual([[1, -2, "minimum"], [-1, 2, "maximum"]]);
    expect(points.map(exact)).toEqual([["1"], ["-1"]]);
  });
  test("Himmelblau's function has four minima of value 0, four saddles and a maximum", () => {
    const points = pointsOf("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", square(5));
    const minima = points.filter(({ kind }) => kind === "minimum");
    // As published; found there by solving the two cubics.
    const known = [[-3.779310253377747, -3.283185991286170], [-2.805118086952745, 3.131312518250573], [3, 2], [3.584428340330492, -1.848126526964404]];
    minima.forEach(({ at, value }, i) => {
      expect(value).toBeCloseTo(0, 12);
      known[i]?.forEach((entry, k) => { expect(at[k]).toBeCloseTo(entry, 9); });
    });
    expect([minima.length, count(points, "saddle"), count(points, "maximum"), points.length]).toEqual([4, 4, 1, 9]);
    expect(exact(minima[2])).toEqual(["3", "2"]);
    const top = points.find(({ kind }) => kind === "maximum");
    expect(top?.value).toBeCloseTo(181.617, 3);
    expect(top?.at[0]).toBeCloseTo(-0.270845, 6);
    expect(top?.at[1]).toBeCloseTo(-0.923039, 6);
  });
  test("the six-hump camel has six minima, two maxima and seven saddles", () => {
    const points = pointsOf("(4 - 2.1x^2 + x^4/3) x^2 + x y + (-4 + 4y^2) y^2", [[-3, 3], [-2, 2]]);
    expect([count(points, "minimum"), count(points, "maximum"), count(points, "saddle"), points.length]).toEqual([6, 2, 7, 15]);
    expect(points[0]?.value).toBeCloseTo(-1.031628453489877, 12);
    expect(points[1]?.at[0]).toBeCloseTo(0.08984201368301331, 8);
  });
  test("Rosenbrock's valley has one point, at its end", () => {
    const points = pointsOf("(1 - x)^2 + 100 (y - x^2)^2", [[-2, 2], [-1, 3]]);
    expect(points.map((point) => [point.kind, exact(point)])).toEqual([["minimum", ["1", "1"]]]);
  });
  test("sin x cos y has all its 40 points in a window, at multiples of π/2", () => {
    const points = pointsOf("sin(x) cos(y)", square(7));
    expect([count(points, "minimum"), count(points, "maximum"), count(points, "saddle"), points.length]).toEqual([10, 10, 20, 40]);
    for (const { at, exact: numbers } of points) {
      expect(numbers).toHaveLength(2);
      for (const entry of at) expect(Math.abs(entry / (Math.PI / 2) - Math.round(entry / (Math.PI / 2)))).toBeLessThan(1e-12);
    }
    expect(exact(points[0])).toEqual(["-3 * pi / 2", "-pi"]);
  });
  test("Rastrigin's function has 121 minima, 100 maxima and 220 saddles in its usual window", () => {
    const points = pointsOf("20 + x^2 + y^2 - 10cos(2 pi x) - 10cos(2 pi y)", square(5.12));
    expect([count(points, "minimum"), count(points, "maximum"), count(points, "saddle")]).toEqual([121, 100, 220]);
  });
  test("x ln x turns at 1/e, and is not looked at left of 0", () => {
    const points = pointsOf("x ln(x)", [[-3, 5]]);
    expect(points).toHaveLength(1);
    expect(points[0]?.at[0]).toBeCloseTo(Math.exp(-1), 14);
  });
  test("x² sin(1/x) has points on both sides of 0, each a true one", () => {
    const points = pointsOf("x^2 sin(1/x)", [[-1, 1]]);
    expect(points.length).toBeGreaterThan(20);
    for (const { at: [x = NaN] } of points) expect(Math.abs(2 * x * Math.sin(1 / x) - Math.cos(1 / x))).toBeLessThan(1e-9);
  });
  test("roots of small fractions are told as such", () => {
    expect(pointsOf("x e^(-x^2 - y^2)", square(3)).map(exact)).toEqual([["-sqrt(2) / 2", "0"], ["sqrt(2) / 2", "0"]]);
    expect(pointsOf("x^3 - 2x", [[-2, 2]]).map(exact)).toEqual([["sqrt(6) / 3"], ["-sqrt(6) / 3"]]);
  });
  test("neither size nor height of a function matters", () => {
    expect(pointsOf("1e-12 (x^2 + (y - 1/3)^2)", square(5)).map((point) => [point.kind, exact(point)])).toEqual([["minimum", ["0", "1 / 3"]]]);
    expect(kinds(pointsOf("1e9 (x^2 - y^2) + 1e9", square(5)))).toEqual(["saddle"]);
  });
});

describe("where there is none, none is told", () => {
  test.each<[string, Window]>([
    ["e^x", [[-50, 5]]], ["1/(1 + e^(-x))", [[-30, 30]]], ["x", [[-1, 1]]], ["abs(x)", [[-5, 5]]], ["abs(x - 0.1234)", [[-5, 5]]], ["abs(x) + y^2", square(5)],
    ["sqrt(x^2 + y^2)", square(5)], ["abs(x - y) + (x + y)^2", square(5)], ["1/x", [[-3, 3]]], ["ln(x)", [[-1, 4]]], ["x^2 + e^y", [[-5, 5], [-40, 5]]], ["max(x, 2x)", [[-2, 2]]],
  ])("%s", (text, window) => {
    expect(pointsOf(text, window)).toEqual([]);
  });
});

describe("where the Hessian is silent", () => {
  test.each<[string, Window, string]>([
    ["x^4 + y^4", square(5), "minimum"], ["-x^4", [[-1, 1]], "maximum"], ["x^3 - 3x y^2", square(5), "saddle"], ["x^3", [[-2, 2]], "saddle"],
    ["(y - x^2)(y - 3x^2)", square(5), "saddle"], ["(x - 0.1234567)^4", [[-1, 1.1]], "minimum"],
  ])("%s is undecided, and what it seems to be is told apart", (text, window, seems) => {
    const points = pointsOf(text, window);
    expect(points.map(({ kind, isolated, seems: guess }) => [kind, isolated, guess])).toEqual([["undecided", true, seems]]);
  });
});

describe("where the Hessian at what was found would mislead", () => {
  test.each<[string, Window, string]>([
    // The slope has a double root: what is found lies a little beside it, where the curvature has a sign.
    ["x + sin(x)", [[0, 6]], "saddle"], ["x - cos(x)", [[-3, 3]], "saddle"], ["x - atan(x) + y^2", [[-1, 1.1], [-1, 1.2]], "saddle"],
    // A seam of two branches, of which the Hessian knows one; a step there.
    ["x > 0 ? x^2 : -x^2", [[-3, 3]], "saddle"], ["x < 0 ? x^2 : x^2 + 1", [[-2, 2]], "saddle"],
  ])("%s has no minimum and no maximum", (text, window, seems) => {
    expect(pointsOf(text, window).map(({ kind, seems: guess }) => [kind, guess])).toEqual([["undecided", seems]]);
  });
  test("inflections are told at their exact places", () => {
    expect(pointsOf("x + sin(x)", [[-10, 10]]).map(exact)).toEqual([["-3 * pi"], ["-pi"], ["pi"], ["3 * pi"]]);
  });
  test("a line that is a valley here and a ridge there seems to be neither", () => {
    for (const text of ["x^2 y", "x^2 sin(y)"]) expect(pointsOf(text, square(3)).map(({ isolated, seems }) => [isolated, seems])).toEqual([[false, undefined]]);
  });
  test("a point of a line is not told beside it", () => {
    expect(pointsOf("x^2 y^2 (1 - x - y)", square(3)).map(({ kind, isolated }) => [kind, isolated])).toEqual([["undecided", false], ["maximum", true]]);
  });
});

describe("lines and plains of stationary points are told once", () => {
  test.each<[string, Window]>([
    ["x*0 + 5", [[-5, 5]]], ["x*0 + y*0 + 5", square(5)], ["(x + y)^2", square(5)], ["x^2 y^2", square(5)], ["(2x - y + 0.3)^4", square(5)], ["max(x, 0)", [[-3, 3]]],
  ])("%s", (text, window) => {
    expect(pointsOf(text, window).map(({ kind, isolated }) => [kind, isolated])).toEqual([["undecided", false]]);
  });
  test("a ring is told beside the top that it surrounds", () => {
    const points = pointsOf("(x^2 + y^2 - 1)^2", square(2));
    expect(points.map(({ kind, isolated }) => [kind, isolated])).toEqual([["undecided", false], ["maximum", true]]);
    expect(Math.hypot(...(points[0]?.at ?? []))).toBeCloseTo(1, 9);
  });
  test("each of several parallel valleys is told", () => {
    expect(pointsOf("sin(x) + 0 y", square(5)).map(({ isolated, seems }) => [isolated, seems])).toEqual([[false, "minimum"], [false, "minimum"], [false, "maximum"], [false, "maximum"]]);
  });
});

describe("effort", () => {
  test("is bounded, whatever the function", () => {
    for (const text of ["(1 - x)^2 + 100 (y - x^2)^2", "x^2 y^2", "sin(40x) cos(40y)", "x*0 + y*0 + 5"]) {
      const objective = compile(readProgram({ text, language: "math" }));
      let calls = 0;
      const gradient = objective.gradient.bind(objective);
      objective.gradient = (x, out) => {
        calls++;
        return gradient(x, out);
      };
      objective.stationaryPoints?.(square(5));
      expect(calls, text).toBeLessThan(70_000);
    }
  });
  test("is refused for more than two coordinates", () => {
    const objective = compile(readProgram({ text: "x^2 + y^2 + z^2", language: "math" }));
    expect(() => objective.stationaryPoints?.([[-1, 1], [-1, 1], [-1, 1]])).toThrow(RangeError);
  });
});

describe("eigenvalues of two rows", () => {
  test("are right to the last digits, however unequal", () => {
    for (const [a, b, d] of [[2, 1, 2], [1, 0, 1e-12], [1e8, 1, 1e-8 + 1e-10], [-3, 4, 3], [0, 0, 0], [0, 5, 0]] as const) {
      const [low, high] = eigenOf([a, b, b, d], 2);
      expect((low?.value ?? NaN) + (high?.value ?? NaN)).toBeCloseTo(a + d, 6);
      expect((low?.value ?? NaN) * (high?.value ?? NaN)).toBeCloseTo(a * d - b * b, 6);
      for (const { value, vector: [x = NaN, y = NaN] } of [low, high].flatMap((entry) => entry ?? [])) {
        expect(Math.hypot(a * x + b * y - value * x, b * x + d * y - value * y)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(a)));
      }
    }
  });
});

describe("numbers a person would say", () => {
  const said = (x: number): string | undefined => {
    const found = exactNumber(x, 1e-12);
    return found && printText(found.written, "math");
  };
  test.each([
    [0, "0"], [-3, "-3"], [1 / 3, "1 / 3"], [-7 / 12, "-7 / 12"], [Math.sqrt(2), "sqrt(2)"], [-Math.sqrt(8 / 9), "-2 * sqrt(2) / 3"], [Math.PI, "pi"],
    [(-5 * Math.PI) / 6, "-5 * pi / 6"], [Math.sqrt(0.5), "sqrt(2) / 2"],
  ])("%d is %s", (x, text) => {
    expect(said(x)).toBe(text);
  });
  test("others stay numbers", () => {
    for (const x of [0.1234567, Math.exp(0.3), -2.805118086952745, 0.08984201368301331, NaN, 1e9]) expect(said(x)).toBeUndefined();
  });
});
