import { describe, expect, it } from "vitest";
import { drawCurve } from "../../../webview/chart/draw/drawCurve";
import type { Frame } from "../../../webview/chart/draw/frame";
import { themeOf } from "../../../webview/chart/theme";

/** How many separate strokes of the pen the curve takes. */
function strokes(values: Float64Array, slopes: Float64Array | undefined): number {
  const calls: string[] = [];
  const context = new Proxy({}, {
    get: (_target, name) => () => void calls.push(String(name)),
    set: () => true,
  }) as CanvasRenderingContext2D;
  const frame: Frame = {
    context, theme: themeOf("vscode-light", () => "", { family: "sans-serif", size: 13 }), ratio: 1,
    area: { left: 0, top: 0, right: 100, bottom: 100 }, toX: (x) => 50 + 10 * x, toY: (y) => 50 - 10 * y,
  };
  drawCurve(frame, { x: [-2, 2], values, slopes, colour: "curve", stem: undefined, tangent: undefined, secant: undefined });
  // The first line of all is the zero line.
  return calls.filter((name) => name === "moveTo").length - 1;
}

const sampled = (f: (x: number) => number): Float64Array => Float64Array.from({ length: 100 }, (_, index) => f(-2 + (4 * index) / 99));

describe("a curve", () => {
  it.each<[string, (x: number) => number, (x: number) => number, number]>([
    ["x² is one line", (x) => x * x, (x) => 2 * x, 1],
    ["x³ is one line, flat as it is in the middle", (x) => x ** 3, (x) => 3 * x * x, 1],
    ["|x| is one line, kink and all", Math.abs, Math.sign, 1],
    ["1/x is two, with nothing across its pole", (x) => 1 / x, (x) => -1 / (x * x), 2],
    ["⌊x⌋ is its steps", Math.floor, () => 0, 5],
    ["√x begins where it exists", Math.sqrt, (x) => 0.5 / Math.sqrt(x), 1],
  ])("%s", (_name, f, slope, expected) => {
    expect(strokes(sampled(f), sampled(slope))).toBe(expected);
  });
});
