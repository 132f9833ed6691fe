import { describe, expect, it } from "vitest";
import { formatField, formatNumber, formatShort, formatTick, parseNumber } from "../../webview/format";

describe("numbers in figures that keep their places", () => {
  it.each([
    [0, "0.000000"], [1, "1.000000"], [-1.5, "−1.500000"], [0.012345678, "0.012346"], [123.456789, "123.4568"],
    [0.00001234567, "1.2346e−5"], [12345678, "1.2346e+7"], [NaN, "not a number"], [Infinity, "∞"], [-Infinity, "−∞"],
  ])("%s is written %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it("has one width for every value of one magnitude", () => {
    const widths = new Set([1, 1.5, 9.999999, 3.14159265, 2].map((value) => formatNumber(value).length));
    expect(widths.size).toBe(1);
  });
});

describe("short numbers", () => {
  it.each([[0.5, "0.5"], [1234.5678, "1235"], [1e-7, "1e−7"], [1.5e9, "1.5e9"], [-2, "−2"], [0, "0"]])("%s is %s", (value, text) => {
    expect(formatShort(value)).toBe(text);
  });
});

describe("ticks", () => {
  it.each([[0.1 + 0.2, 0.1, "0.3"], [1e-17, 0.5, "0"], [2, 0.25, "2.00"], [-10, 5, "−10"], [2e6, 1e6, "2e6"]])(
    "%s beside neighbours %s away is %s", (value, step, text) => {
      expect(formatTick(value, step)).toBe(text);
    });
});

describe("what is typed", () => {
  it.each([["0.1", 0.1], [" -2 ", -2], ["−2", -2], ["1e-3", 1e-3], ["0,5", 0.5], [".5", 0.5], ["5.", 5]])("%s is read as %s", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(["", "abc", "1e", "1,2,3", "0x10", "Infinity", "1 2"])("%j is no number", (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it("comes back from a field as it was", () => {
    for (const value of [0.1, 1e-6, 200, -1.2, 12345, 1e-12, 0]) expect(parseNumber(formatField(value))).toBe(value);
  });
});
