import { describe, expect, it } from "vitest";
import { noBand, paint, quantise } from "../../../webview/chart/quantise";

describe("quantising", () => {
  const levels = Float64Array.of(0, 1, 10);

  it("counts the levels at or below a value", () => {
    const bands = quantise(Float64Array.of(-5, 0, 0.5, 1, 9.99, 10, 1e9, -1), levels);
    expect(Array.from(bands)).toEqual([0, 1, 1, 2, 2, 3, 3, 0]);
  });

  it("gives infinities the outermost bands, and none to what is not a number", () => {
    const bands = quantise(Float64Array.of(-Infinity, NaN, Infinity, NaN, 0.5), levels);
    expect(Array.from(bands)).toEqual([0, noBand, 3, noBand, 1]);
  });

  it("agrees with counting, in whatever order values come", () => {
    const many = Float64Array.from({ length: 200 }, (_, i) => 20 * Math.sin(7.3 * i * i));
    const fine = Float64Array.from({ length: 254 }, (_, k) => -20 + (40 * k) / 253);
    const expected = Array.from(many, (value) => fine.filter((level) => level <= value).length);
    expect(Array.from(quantise(many, fine))).toEqual(expected);
  });

  it("puts everything in one band where there are no levels", () => {
    expect(Array.from(quantise(Float64Array.of(-1, 2, NaN), new Float64Array(0)))).toEqual([0, 0, noBand]);
  });

  it("refuses more levels than a byte can tell apart", () => {
    expect(() => quantise(new Float64Array(1), new Float64Array(255))).toThrow(RangeError);
  });
});

describe("painting", () => {
  const palette = Uint8ClampedArray.of(10, 20, 30, 255, 40, 50, 60, 128);

  it("copies each band's colour, and leaves what has none transparent", () => {
    const out = new Uint8ClampedArray(16).fill(77);
    paint(Uint8Array.of(1, 0, noBand, 9), palette, out);
    expect(Array.from(out)).toEqual([40, 50, 60, 128, 10, 20, 30, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("refuses an image of another size", () => {
    expect(() => paint(new Uint8Array(2), palette, new Uint8ClampedArray(4))).toThrow(RangeError);
  });
});
