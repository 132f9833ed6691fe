import { describe, expect, it } from "vitest";
import { sampleAt, upsample } from "../../../webview/chart/upsample";

describe("a grid on a finer raster", () => {
  it("is exact for a plane", () => {
    const values = Float64Array.of(0, 1, 2, 10, 11, 12);
    const fine = upsample(values, 3, 2, 30, 20);
    for (let j = 0; j < 20; j++) {
      for (let i = 0; i < 30; i++) expect(fine[j * 30 + i]).toBeCloseTo(((i + 0.5) / 30) * 2 + ((j + 0.5) / 20) * 10, 12);
    }
  });

  it("has no value where it leans on a sample that has none", () => {
    const fine = upsample(Float64Array.of(1, NaN, 1, 1), 2, 2, 4, 4);
    expect([...fine].every(Number.isNaN)).toBe(true);
    const elsewhere = upsample(Float64Array.of(1, 1, NaN, 1, 1, NaN), 3, 2, 8, 2);
    expect([...elsewhere.subarray(0, 4)]).toEqual([1, 1, 1, 1]);
    expect(elsewhere[7]).toBeNaN();
  });
});

describe("the value under the pointer", () => {
  const grid = { values: Float64Array.of(0, 1, 10, 11), columns: 2, rows: 2, window: { x: [0, 2], y: [5, 6] } as const };

  it("is bilinear between the samples", () => {
    expect(sampleAt(grid, 1, 5.5)).toBeCloseTo(5.5, 12);
    expect(sampleAt(grid, 2, 6)).toBe(11);
  });

  it("is not known outside the window", () => {
    expect(sampleAt(grid, 2.1, 5.5)).toBeUndefined();
    expect(sampleAt(grid, 1, 4.9)).toBeUndefined();
  });
});
