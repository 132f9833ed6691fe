import { describe, expect, it } from "vitest";
import { joinContours } from "../../../webview/chart/joinContours";
import { marchingSquares } from "../../../webview/chart/marchingSquares";

function gridOf(columns: number, rows: number, f: (x: number, y: number) => number): Float64Array {
  return Float64Array.from({ length: columns * rows }, (_, i) => f(i % columns, Math.floor(i / columns)));
}

/** The segments of a level, as [x₀, y₀, x₁, y₁]. */
function segmentsOf(values: Float64Array, columns: number, rows: number, levels: number[], level = 0): number[][] {
  const { segments, offsets } = marchingSquares(values, columns, rows, Float64Array.from(levels));
  const found: number[][] = [];
  for (let i = offsets[level] ?? 0; i < (offsets[level + 1] ?? 0); i += 4) found.push(Array.from(segments.subarray(i, i + 4)));
  return found;
}

/** A segment whichever way round it was written. */
function unordered(segments: number[][]): string[] {
  return segments.map(([a = NaN, b = NaN, c = NaN, d = NaN]) => [`${a},${b}`, `${c},${d}`].sort().join(" ")).sort();
}

describe("marching squares", () => {
  it.each([
    [[1, 0, 0, 0], ["0,0.5 0.5,0"]],
    [[0, 1, 0, 0], ["0.5,0 1,0.5"]],
    [[1, 1, 0, 0], ["0,0.5 1,0.5"]],
    [[0, 0, 0, 1], ["0.5,1 1,0.5"]],
    [[0, 1, 0, 1], ["0.5,0 0.5,1"]],
    [[1, 1, 0, 1], ["0,0.5 0.5,1"]],
    [[0, 0, 1, 0], ["0,0.5 0.5,1"]],
    [[1, 0, 1, 0], ["0.5,0 0.5,1"]],
    [[1, 0, 1, 1], ["0.5,0 1,0.5"]],
    [[0, 0, 0, 0], []],
    [[1, 1, 1, 1], []],
  ])("cuts a cell with corners %j at one half", (corners, expected) => {
    expect(unordered(segmentsOf(Float64Array.from(corners), 2, 2, [0.5]))).toEqual(expected);
  });

  it("resolves a saddle by the mean of its corners", () => {
    const saddle = Float64Array.of(1, 0, 0, 1); // mean ½
    // At 0.6 the centre is below: the two high corners stand apart. At 0.4 it is above: the two low ones do.
    const high = segmentsOf(saddle, 2, 2, [0.6]);
    expect(high.every(([x0 = 0, y0 = 0, x1 = 0, y1 = 0]) => isNear(x0 + y0, x1 + y1))).toBe(true);
    const below = segmentsOf(saddle, 2, 2, [0.4]);
    expect(below.every(([x0 = 0, y0 = 0, x1 = 0, y1 = 0]) => isNear(x0 - y0, x1 - y1))).toBe(true);
    expect([high.length, below.length]).toEqual([2, 2]);
  });

  it("interpolates linearly along the edges, so that a plane's contours are exact", () => {
    const values = gridOf(9, 7, (x, y) => 2 * x + 3 * y);
    for (const level of [1, 4.7, 17.3]) {
      const found = segmentsOf(values, 9, 7, [level]);
      expect(found.length).toBeGreaterThan(0);
      for (const [x0 = NaN, y0 = NaN, x1 = NaN, y1 = NaN] of found) {
        expect(2 * x0 + 3 * y0).toBeCloseTo(level, 4);
        expect(2 * x1 + 3 * y1).toBeCloseTo(level, 4);
      }
    }
  });

  it("draws every level of many the way it draws each alone", () => {
    const values = gridOf(40, 30, (x, y) => Math.sin(x / 4) * Math.cos(y / 5) + x / 40);
    const levels = Array.from({ length: 21 }, (_, k) => -1 + k / 9);
    levels.forEach((level, k) => {
      expect(unordered(segmentsOf(values, 40, 30, levels, k))).toEqual(unordered(segmentsOf(values, 40, 30, [level])));
    });
  });

  it.each([NaN, Infinity, -Infinity])("leaves out the cells around a value that is %d, and only those", (hole) => {
    const values = gridOf(10, 10, (x) => x);
    values[5 * 10 + 4] = hole; // column 4, row 5: four cells
    const rows = segmentsOf(values, 10, 10, [3.5]).map(([, y0 = 0, , y1 = 0]) => Math.min(y0, y1));
    expect(rows.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 6, 7, 8]);
  });

  it("is not confused by values near the largest double", () => {
    const found = segmentsOf(gridOf(2, 2, (x) => (x === 0 ? -8e307 : 8e307)), 2, 2, [0]);
    expect(unordered(found)).toEqual(["0.5,0 0.5,1"]);
  });

  it.each([
    [1, 1],
    [5, 1],
    [1, 5],
    [0, 0],
  ])("finds nothing in a grid of %d × %d", (columns, rows) => {
    expect(segmentsOf(gridOf(columns, rows, (x) => x), columns, rows, [0.5])).toEqual([]);
  });

  it("finds nothing without levels, and nothing in a constant", () => {
    const { offsets, segments } = marchingSquares(gridOf(5, 5, (x) => x), 5, 5, new Float64Array(0));
    expect([offsets.length, segments.length]).toEqual([1, 0]);
    expect(segmentsOf(gridOf(5, 5, () => 3), 5, 5, [1, 2, 3, 4])).toEqual([]);
  });
});

describe("joined contours", () => {
  const join = (values: Float64Array, columns: number, rows: number, levels: number[]) => {
    const contours = marchingSquares(values, columns, rows, Float64Array.from(levels));
    const joined = joinContours(contours);
    const lines = Array.from({ length: joined.lineStarts.length - 1 }, (_, k) =>
      joined.points.subarray(2 * (joined.lineStarts[k] ?? 0), 2 * (joined.lineStarts[k + 1] ?? 0)),
    );
    return { contours, joined, lines };
  };
  const closed = (line: Float32Array) => line[0] === line.at(-2) && line[1] === line.at(-1);

  it("of a circle are one closed line that runs round it once", () => {
    const { lines } = join(gridOf(50, 50, (x, y) => (x - 24.3) ** 2 + (y - 25.1) ** 2), 50, 50, [400]);
    expect(lines).toHaveLength(1);
    const [line = new Float32Array()] = lines;
    expect(closed(line)).toBe(true);
    let turned = 0;
    for (let i = 2; i < line.length; i += 2) {
      const angle = (k: number) => Math.atan2((line[k + 1] ?? 0) - 25.1, (line[k] ?? 0) - 24.3);
      turned += ((angle(i) - angle(i - 2) + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
      expect(Math.hypot((line[i] ?? 0) - 24.3, (line[i + 1] ?? 0) - 25.1)).toBeCloseTo(20, 1);
    }
    expect(Math.abs(turned)).toBeCloseTo(2 * Math.PI, 4);
  });

  it("of a plane are open lines from edge to edge", () => {
    const { lines, joined } = join(gridOf(20, 12, (x, y) => x + 0.1 * y), 20, 12, [3.25, 7.75, 11.5]);
    expect(Array.from(joined.levelStarts)).toEqual([0, 1, 2, 3]);
    for (const line of lines) {
      expect(closed(line)).toBe(false);
      expect([line[1], line.at(-1)].sort()).toEqual([0, 11]);
    }
  });

  it("use every segment exactly once, however the levels wind", () => {
    const wavy = gridOf(64, 48, (x, y) => Math.sin(x / 3) * Math.sin(y / 4) + 0.3 * Math.sin((x * y) / 50));
    wavy[700] = NaN;
    const { contours, lines, joined } = join(wavy, 64, 48, [-0.9, -0.5, -0.1, 0, 0.2, 0.6, 1]);
    const pieces = lines.reduce((sum, line) => sum + line.length / 2 - 1, 0);
    expect(pieces).toBe(contours.segments.length / 4);
    const fromLines: number[][] = lines.flatMap((line) =>
      Array.from({ length: line.length / 2 - 1 }, (_, k): number[] => [...line.subarray(2 * k, 2 * k + 4)]),
    );
    const loose = Array.from({ length: pieces }, (_, k): number[] => Array.from(contours.segments.subarray(4 * k, 4 * k + 4)));
    expect(unordered(fromLines)).toEqual(unordered(loose));
    expect(joined.levelStarts.at(-1)).toBe(lines.length);
  });
});

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}
