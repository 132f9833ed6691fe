import { describe, expect, it } from "vitest";
import { chooseLevels } from "../../../src/core/landscape/levels";

function gridOf(f: (x: number, y: number) => number, half = 2, size = 80): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) => {
    const at = (k: number) => -half + (2 * half * k) / (size - 1);
    return f(at(i % size), at(Math.floor(i / size)));
  });
}
const rosenbrock = (x: number, y: number) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
const finite = (values: Float64Array) => values.filter(Number.isFinite);

/** Three digits or fewer, and so worth writing beside a line. */
function isRound(value: number): boolean {
  return Number(value.toPrecision(3)) === value;
}

describe("levels", () => {
  const landscapes: [string, Float64Array, "linear" | "log"][] = [
    ["a plane", gridOf((x, y) => x + y), "linear"],
    ["a bowl", gridOf((x, y) => x * x + y * y), "linear"],
    ["a saddle", gridOf((x, y) => x * x - y * y), "linear"],
    ["sines", gridOf((x, y) => Math.sin(3 * x) * Math.cos(2 * y)), "linear"],
    ["a logarithm's pit", gridOf((x, y) => Math.log(x * x + y * y + 1e-12)), "linear"],
    ["half a plane, flat elsewhere", gridOf((x) => Math.max(0, x)), "linear"],
    ["Rosenbrock", gridOf(rosenbrock), "log"],
    ["a steep bowl", gridOf((x, y) => (x * x + y * y) ** 4), "log"],
    ["a pole", gridOf((x, y) => 1 / (x * x + y * y + 1e-9)), "log"],
    ["an exponential", gridOf((x, y) => Math.exp(4 * x + y)), "log"],
    ["tiny numbers", gridOf((x, y) => 1e-200 * (x + y)), "linear"],
    ["huge numbers", gridOf((x, y) => 1e200 * rosenbrock(x, y)), "log"],
    ["a bowl far up", gridOf((x, y) => 1e6 + x * x + y * y), "linear"],
  ];

  it.each(landscapes)("of %s are about fifteen, ascending, and inside its range", (_, values, scale) => {
    const chosen = chooseLevels(values);
    expect(chosen.scale).toBe(scale);
    expect(chosen.levels.length).toBeGreaterThanOrEqual(8);
    expect(chosen.levels.length).toBeLessThanOrEqual(24);
    const all = finite(values);
    const min = all.reduce((a, b) => Math.min(a, b));
    const max = all.reduce((a, b) => Math.max(a, b));
    chosen.levels.forEach((level, k) => {
      expect(level).toBeGreaterThan(k === 0 ? min : (chosen.levels[k - 1] ?? NaN));
      expect(level).toBeLessThan(max);
    });
  });

  it.each(landscapes.filter(([name]) => name !== "a bowl far up"))("of %s are round numbers", (_, values) => {
    expect(Array.from(chooseLevels(values).levels).filter((level) => !isRound(level))).toEqual([]);
  });

  it("of Rosenbrock grow by a steady factor", () => {
    const { levels } = chooseLevels(gridOf(rosenbrock), { lowest: 0 });
    const ratios = Array.from(levels.subarray(1), (level, k) => level / (levels[k] ?? NaN));
    expect(Math.max(...ratios)).toBeLessThan(4);
    expect(Math.min(...ratios)).toBeGreaterThan(1.1);
  });

  it("are logarithmic above the lowest value, wherever that is", () => {
    const { levels, scale } = chooseLevels(gridOf((x, y) => rosenbrock(x, y) - 50), { lowest: -50 });
    expect(scale).toBe("log");
    const rises = Array.from(levels, (level) => level + 50);
    expect(rises.every((rise) => rise > 0)).toBe(true);
    expect((rises.at(-1) ?? 0) / (rises[0] ?? NaN)).toBeGreaterThan(100);
    expect(Array.from(levels).filter((level) => Number(level.toPrecision(6)) !== level)).toEqual([]);
  });

  const slanted = (x: number, y: number) => (3 * x + y) ** 2 + 0.01 * y * y;

  it("show what lies on the floor of a valley that runs through the whole picture", () => {
    expect(chooseLevels(gridOf(slanted), { lowest: 0 }).scale).toBe("linear");
    const { levels, scale } = chooseLevels(gridOf(slanted), { lowest: 0, columns: 80 });
    expect(scale).toBe("log");
    expect(levels[0]).toBeLessThan(0.1);
  });

  it.each<[string, (x: number, y: number) => number, number | undefined]>([
    ["a bowl", (x, y) => x * x + y * y, 0],
    ["a bowl at the edge of the picture", (x, y) => (x - 2) ** 2 + y * y, 0],
    ["a saddle, which has no lowest point", (x, y) => x * x - y * y, undefined],
    ["a hill that is climbed", (x, y) => -x * x - y * y, 0],
  ])("stay even on %s", (_, f, lowest) => {
    expect(chooseLevels(gridOf(f), { columns: 80, ...(lowest === undefined ? {} : { lowest }) }).scale).toBe("linear");
  });

  it("number about as many as are asked for", () => {
    expect(chooseLevels(gridOf((x, y) => x + y), { count: 6 }).levels.length).toBeLessThan(10);
    expect(chooseLevels(gridOf(rosenbrock), { count: 6 }).levels.length).toBeLessThan(10);
    expect(chooseLevels(gridOf((x, y) => x + y), { count: 40 }).levels.length).toBeGreaterThan(25);
  });

  it("take no notice of holes", () => {
    const whole = gridOf((x, y) => x * x + y * y);
    const holed = whole.map((value, i) => (i % 7 === 0 ? [NaN, Infinity, -Infinity][i % 3] ?? NaN : value));
    const { levels, scale } = chooseLevels(holed);
    expect(scale).toBe("linear");
    expect(levels).toEqual(chooseLevels(whole).levels);
  });

  it.each([
    ["a constant", gridOf(() => 3)],
    ["a constant but for rounding", gridOf((x) => 1e6 * (1 + (x > 0 ? 2e-16 : 0)))],
    ["nothing finite", gridOf((x) => (x > 0 ? NaN : Infinity))],
    ["nothing", new Float64Array(0)],
    ["one finite value", Float64Array.of(NaN, 2, NaN, Infinity)],
  ])("of %s there are none", (_, values) => {
    expect(chooseLevels(values)).toEqual({ levels: new Float64Array(0), scale: "linear" });
  });

  it("of two values part them", () => {
    const { levels } = chooseLevels(Float64Array.of(0, 1, 0, 1));
    expect(levels.length).toBeGreaterThan(0);
  });
});
