import { describe, expect, it } from "vitest";
import { legible } from "../../../webview/views/legible";

describe("names of several letters", () => {
  it.each([
    ["w \\mathrm{hours}_i + b", "w \\, \\mathrm{hours}_i + b"],
    ["2 \\mathrm{slope}", "2 \\, \\mathrm{slope}"],
    ["\\mathrm{slope}_{1} x", "\\mathrm{slope}_{1} \\, x"],
    ["2 \\mathrm{error} \\bar{\\mathrm{total}}", "2 \\, \\mathrm{error} \\, \\overline{\\mathrm{total}}"],
    ["x^{2} \\mathrm{rate}", "x^{2} \\, \\mathrm{rate}"],
  ])("are kept apart: %s", (tex, expected) => expect(legible(tex)).toBe(expected));

  it.each([["a b"], ["\\sin \\mathrm{angle}"], ["\\mathrm{slope} \\, \\mathrm{center}"], ["\\mathrm{a} x"], ["\\bar{w} + \\mathrm{rate} - 1"], ["\\mathrm{hours}_i (w + b)"]])(
    "leave %s alone", (tex) => expect(legible(tex)).toBe(tex));
});

describe("a fraction within a fraction", () => {
  it.each([
    ["\\frac{\\frac{1}{1 + e^{-z}} - 1}{2}", "\\frac{\\dfrac{1}{1 + e^{-z}} - 1}{2}"],
    ["\\frac{x}{1 - \\left(\\sqrt{\\frac{a}{b}}\\right)}", "\\frac{x}{1 - \\left(\\sqrt{\\dfrac{a}{b}}\\right)}"],
  ])("is as large as its own: %s", (tex, expected) => expect(legible(tex)).toBe(expected));

  it.each([
    ["\\frac{1}{2} + \\frac{x}{y}"],
    ["\\frac{\\frac{1}{2} x}{y}"],
    ["\\frac{e^{-\\frac{x}{y}}}{2}"],
    ["e^{-\\frac{x}{y}}"],
  ])("is not meant by %s", (tex) => expect(legible(tex)).toBe(tex));
});
