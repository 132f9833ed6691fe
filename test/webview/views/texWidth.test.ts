import { describe, expect, it } from "vitest";
import { texWidth } from "../../../webview/views/texWidth";

describe("how wide a formula will be", () => {
  it.each([
    ["letters, spaces aside", "x + 2 y", 4],
    ["the wider part of a fraction", "\\frac{x + y}{2}", 3],
    ["a word, letter by letter", "\\mathrm{hours}", 5],
    ["a name of a function", "\\ln x", 3],
    ["a Greek letter", "\\theta", 1],
    ["brackets, but not their growing", "\\left(x\\right)", 3],
    ["what is raised, smaller", "e^{-z}", 1 + 0.7 * 2],
    ["fractions within", "\\frac{1}{1 + \\frac{1}{x + y}}", 5],
    ["of what does not end, what there is", "\\sqrt{x + ", 6],
  ])("counts %s", (_what, tex, width) => expect(texWidth(tex)).toBeCloseTo(width, 10));
});
