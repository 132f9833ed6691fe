import "../standardsMode";
import katex from "katex";
import { describe, expect, it } from "vitest";
import { breakable, glued, loosened, narrow } from "../../../webview/views/breakable";

const terms = (count: number): string => Array.from({ length: count }, (_, i) => `\\left(w \\cdot ${i} + b\\right)^{2}`).join(" + ");

describe("a formula made to be broken into lines", () => {
  it.each([
    ["a fraction with a long sum above", `\\frac{${terms(4)}}{10}`, `\\frac{1}{10}\\bigl(${terms(4)}\\bigr)`],
    ["growing brackets around a long sum", `3 \\left(${terms(4)}\\right)^{2}`, `3 \\bigl(${terms(4)}\\bigr)^{2}`],
    ["a sum of both", `x + \\frac{${terms(4)}}{n} - y`, `x + \\frac{1}{n}\\bigl(${terms(4)}\\bigr) - y`],
    ["a product with a long sum above", `\\frac{x (${terms(4)})}{n}`, `\\frac{1}{n}x (${terms(4)})`],
    ["a fraction long above and below", `\\frac{${terms(4)}}{${terms(3)}}`, `\\bigl(${terms(4)}\\bigr) \\big/ \\allowbreak\\bigl(${terms(3)}\\bigr)`],
    ["a long exponent of e", `x e^{-(${terms(4)})}`, `x \\exp\\bigl(-(${terms(4)})\\bigr)`],
    ["pieces beside long conditions", `\\begin{cases} ${terms(3)} & x > 1 \\\\ 0 & \\text{otherwise} \\end{cases}`,
      `\\begin{cases} ${terms(3)} \\\\ \\quad x > 1 \\\\ 0 \\\\ \\quad \\text{otherwise} \\end{cases}`],
    ["square brackets around a long sum", `\\left[${terms(4)}\\right]`, `\\bigl[${terms(4)}\\bigr]`],
    ["a fraction in brackets", `\\left(\\frac{${terms(4)}}{n}\\right)`, `\\bigl(\\frac{1}{n}\\bigl(${terms(4)}\\bigr)\\bigr)`],
  ])("opens %s", (_what, tex, expected) => expect(breakable(tex)).toBe(expected));

  it("keeps short brackets in one piece, and long ones not", () => {
    expect(breakable("x^{2} + (x + 1)^{2} - f(y)")).toBe("x^{2} + (x +\\nobreak  1)^{2} - f(y)");
    expect(glued("2 (x \\cdot y^{-2}) - \\frac{a - b}{2}")).toBe("2 (x \\cdot\\nobreak  y^{-2}) - \\frac{a - b}{2}");
    expect(breakable(`(${terms(4)})^{2} + (x`)).toBe(`(${terms(4)})^{2} + (x`);
  });

  it.each([
    ["a factor in brackets", "2 \\cos(q + x) \\left(\\frac{x}{y} + 1\\right) + 1", "2 \\cos(q +\\nobreak  x) \\allowbreak \\left(\\frac{x}{y} + 1\\right) + 1"],
    ["a fraction", "2 \\left(\\frac{x}{y} + 1\\right) \\frac{x}{y}", "2 \\left(\\frac{x}{y} + 1\\right) \\allowbreak \\frac{x}{y}"],
    ["powers", "x e^{-z^{2}} \\left(\\frac{x}{y} + 1\\right)^{2}", "x e^{-z^{2}} \\allowbreak \\left(\\frac{x}{y} + 1\\right)^{2}"],
  ])("may go on in another line before %s", (_what, tex, expected) => expect(loosened(tex)).toBe(expected));

  it.each([
    ["a number and what it multiplies", "2 \\left(\\frac{x}{y}\\right) + 3 \\frac{x}{y}"],
    ["an operator and what it is applied to", "\\frac{d}{dx}\\left[\\frac{x}{y}\\right]"],
    ["a function and its argument", "\\ln \\left(\\frac{x}{y}\\right)"],
    ["a power of a function and its argument", "\\sin^{2}\\left(\\frac{x}{y}\\right)"],
    ["a named function and its argument", "\\operatorname{erf}\\left(\\frac{x}{y}\\right)"],
    ["a sign and what follows it", "x + \\left(\\frac{x}{y}\\right)"],
    ["brackets at the beginning", "\\left(\\frac{x}{y}\\right)"],
  ])("does not part %s", (_what, tex) => expect(loosened(tex)).toBe(tex));

  it.each([
    ["short fractions", "\\frac{x + y}{2}"],
    ["a long product above a line", `\\frac{${"x".repeat(80)}}{2}`],
    ["a sum inside brackets above a line", `\\frac{-${"x".repeat(60)}(a + b)}{2}`],
    ["other exponents, and roots", `x^{\\frac{${terms(4)}}{10}} + \\sqrt{\\frac{${terms(4)}}{10}}`],
    ["short exponents of e, and names that end in it", `e^{-x} + rate^{${terms(4)}}`],
    ["bars", `\\left|${terms(4)}\\right|`],
    ["commands that only begin alike", "\\leftarrow x \\rightarrow y + \\{ a \\}"],
    ["what does not end", "\\frac{x + \\left(y"],
  ])("leaves %s alone", (_what, tex) => expect(breakable(tex)).toBe(tex));

  it("where there is little room opens shorter brackets, but no shorter fractions", () => {
    const tex = "\\left(x + 1 - \\frac{x + y + z}{1 + e^{-(w x + b)}}\\right) \\left(x + 1\\right)";
    expect(breakable(tex)).toBe(tex);
    expect(breakable(tex, narrow)).toBe("\\bigl(x + 1 - \\frac{x + y + z}{1 + e^{-(w x + b)}}\\bigr) \\allowbreak \\left(x + 1\\right)");
    expect(breakable("\\frac{1}{n} \\sum_{i=1}^{n} \\mathrm{hours}_i \\frac{x}{y} \\ln\\left(z\\right)", narrow))
      .toBe("\\frac{1}{n} \\allowbreak \\sum_{i=1}^{n} \\mathrm{hours}_i \\allowbreak \\frac{x}{y} \\ln\\left(z\\right)");
  });

  it("is still read by the typesetter, and has more places to break", () => {
    const places = (tex: string): number => {
      const html = katex.renderToString(`\\displaystyle ${tex}`, { throwOnError: true, output: "html" });
      return html.match(/class="katex-base"/g)?.length ?? 0;
    };
    const tex = `\\frac{${terms(8)}}{10}`;
    expect(places("(x + 1) y")).toBe(2);
    expect(places(glued("(x + 1) y"))).toBe(1);
    expect(places(tex)).toBe(1);
    expect(places(breakable(tex))).toBeGreaterThanOrEqual(8);
  });
});
