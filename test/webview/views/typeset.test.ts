import "../standardsMode";
import { describe, expect, it } from "vitest";
import { coordinateLatex } from "../../../webview/views/coordinateLatex";
import { symbolOf } from "../../../webview/views/symbolOf";
import { typeset } from "../../../webview/views/typeset";

describe("the name of a coordinate, typeset", () => {
  it.each([
    ["x", "x"], ["w[0]", "w_{0}"], ["x1", "x_{1}"], ["theta", "\\theta"], ["theta_1", "\\theta_{1}"], ["w_hat", "\\hat{w}"],
    ["A[1][2]", "A_{1,2}"], ["params.layers[1].bias[3]", "\\mathrm{bias}_{1,3}"], ["learningRate", "\\mathrm{learningRate}"],
    ["가중치", "\\mathrm{가중치}"], ["w_max", "w_{\\mathrm{max}}"], ["m.$b", "\\mathrm{b}"],
  ])("%s is %s", (path, tex) => {
    expect(coordinateLatex(path)).toBe(tex);
  });

  it.each(["x", "w[0]", "theta_1", "w_hat", "params.layers[1].bias[3]", "가중치", "a$b", "_", "__proto__"])("%s can be typeset", (path) => {
    const target = document.createElement("span");
    typeset(target, coordinateLatex(path), true);
    expect(target.dataset["typesetProblem"]).toBeUndefined();
    expect(target.querySelector(".katex")).not.toBeNull();
  });
});

it.each([["f", "f"], ["J", "J"], ["σ", "σ"], ["rosenbrock", "f"], ["", "f"]])("the function %j is written %s", (name, symbol) => {
  expect(symbolOf(name)).toBe(symbol);
});

describe("typesetting", () => {
  it("shows TeX it cannot set as it is, and says why where a test can see it", () => {
    const target = document.createElement("span");
    typeset(target, "\\frac{1", false);
    expect(target.textContent).toBe("\\frac{1");
    expect(target.dataset["typesetProblem"]).toMatch(/KaTeX/);
  });

  it("carries mathematics for screen readers along", () => {
    const target = document.createElement("span");
    typeset(target, "\\frac{\\partial f}{\\partial x}", true);
    expect(target.querySelector("math")).not.toBeNull();
    expect(target.querySelector(".katex-html")?.getAttribute("aria-hidden")).toBe("true");
  });
});
