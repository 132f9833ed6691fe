import { describe, expect, it } from "vitest";
import { edgePoint } from "../../../webview/chart/draw/offWindowArrow";
import { thinned } from "../../../webview/chart/draw/thinned";
import { robustRange, valueRange, wantsLog } from "../../../webview/chart/valueRange";

describe("the range of an axis", () => {
  it("holds all finite values with some air", () => {
    const [low, high] = valueRange([3, NaN, -1, Infinity]);
    expect(low).toBeLessThan(-1);
    expect(high).toBeGreaterThan(3);
    expect(high).toBeLessThan(4);
  });

  it.each([[[]], [[NaN]], [[0, 0]], [[5, 5, 5]], [[1e-30]]])("is never empty: %j", (values) => {
    const [low, high] = valueRange(values);
    expect(high).toBeGreaterThan(low);
  });

  it("is not flattened by a pole", () => {
    const values = Float64Array.from({ length: 401 }, (_, index) => 1 / ((index - 200.5) / 100));
    const [low, high] = robustRange(values);
    expect(Math.max(...values)).toBeGreaterThan(150);
    expect(high).toBeLessThan(100);
    expect(low).toBeGreaterThan(-100);
    expect(robustRange(values, [120])[1]).toBeGreaterThan(120);
  });

  it("is logarithmic where all values are positive and far apart", () => {
    expect(wantsLog(Float64Array.of(100, 1, 0.1))).toBe(true);
    expect(wantsLog(Float64Array.of(100, 0))).toBe(false);
    expect(wantsLog(Float64Array.of(3, 2, 1))).toBe(false);
    expect(wantsLog(Float64Array.of(-3, 200))).toBe(false);
  });
});

describe("a path with more points than pixels", () => {
  it("is thinned to what can be seen, with both its ends", () => {
    const kept = thinned(1_000_000, (index) => index / 1e5, () => 0, 0.75);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(999_999);
    expect(kept.length).toBeLessThan(20);
  });

  it("leaves out points that are nowhere", () => {
    expect(thinned(3, (index) => (index === 1 ? NaN : index * 10), () => 0, 1)).toEqual([0, 2]);
  });
});

describe("a point outside the window", () => {
  const area = { left: 0, top: 0, right: 100, bottom: 50 };
  it("is pointed at from the edge on its side", () => {
    expect(edgePoint(area, 500, 25, 10)).toEqual({ x: 90, y: 25, angle: 0 });
    expect(edgePoint(area, 50, -1e12, 10)).toMatchObject({ x: 50, y: 10 });
  });

  it("needs no arrow when it is inside", () => {
    expect(edgePoint(area, 99, 1, 10)).toBeUndefined();
  });
});
