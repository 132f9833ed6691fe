import { describe, expect, it } from "vitest";
import { drawLines } from "../../../webview/chart/draw/drawLines";
import { drawOutcomes } from "../../../webview/chart/draw/drawOutcomes";
import { drawRace } from "../../../webview/chart/draw/drawRace";
import { drawStarts } from "../../../webview/chart/draw/drawStarts";
import { drawTrials } from "../../../webview/chart/draw/drawTrials";
import type { Frame } from "../../../webview/chart/draw/frame";
import { shapeCount, traceShape } from "../../../webview/chart/draw/lineStyle";
import { contrast } from "../../../webview/chart/colour";
import { outcomeColour } from "../../../webview/chart/draw/outcomeMark";
import { themeOf } from "../../../webview/chart/theme";
import type { ThemeKind } from "../../../webview/chart/theme";

type Call = readonly [string, ...unknown[]];

const theme = (kind: ThemeKind, paper = "") => themeOf(kind, (name) => (name === "--vscode-editor-background" ? paper : ""), { family: "sans-serif", size: 13 });

/** A frame that writes down what it was told to draw; ten pixels a unit, y upwards. */
function frame(): Frame & { calls: Call[] } {
  const calls: Call[] = [];
  const context = new Proxy({}, {
    get: (_target, name) => (...given: unknown[]) => {
      calls.push([String(name), ...given]);
      return name === "measureText" ? { width: 40 } : undefined;
    },
    set: (_target, name, value) => {
      calls.push([`${String(name)}=`, value]);
      return true;
    },
  });
  return { calls, context: context as CanvasRenderingContext2D, theme: theme("vscode-light"), ratio: 1, area: { left: 0, top: 0, right: 100, bottom: 100 }, toX: (x) => 10 * x, toY: (y) => 100 - 10 * y };
}

const named = (calls: readonly Call[], name: string): readonly unknown[][] => calls.filter(([each]) => each === name).map(([, ...given]) => given);

describe("lines that stand beside each other", () => {
  const racers = Array.from({ length: 6 }, (_, style) => ({ style, count: 2, x: (index: number) => 1 + index, y: () => 1 + style }));

  it("are told apart by colour, by dashes, and by shape, each alone", () => {
    const to = frame();
    drawRace(to, { racers });
    const strokes = new Set(named(to.calls, "setLineDash").filter(([dash]) => Array.isArray(dash)).map(([dash]) => String(dash)));
    expect(strokes.size).toBeGreaterThanOrEqual(6);
    expect(new Set(named(to.calls, "fillStyle=").map(([colour]) => colour)).size).toBe(6);
    const outlines = Array.from({ length: shapeCount }, (_, k) => {
      const shape = frame();
      traceShape(shape.context, k, 0, 0, 10);
      return JSON.stringify(shape.calls);
    });
    expect(new Set(outlines).size).toBe(shapeCount);
    expect(shapeCount).toBeGreaterThanOrEqual(6);
  });

  it("never hand the canvas a coordinate it cannot hold", () => {
    const to = frame();
    drawRace(to, { racers: [{ style: 1, count: 3, x: (index) => [1, 1e300, NaN][index] ?? NaN, y: () => -1e300 }] });
    for (const [x, y] of named(to.calls, "lineTo")) for (const value of [x, y]) expect(Math.abs(value as number)).toBeLessThanOrEqual(1e6);
  });

  it("end in their shape, and are marked hollow where they were first as good as any", () => {
    const to = frame();
    drawLines(to, { cursor: undefined, lines: [{ style: 0, count: 4, x: (index) => index, y: (index) => 5 - index, marked: 2 }] });
    expect(named(to.calls, "arc").map(([x, y]) => [x, y])).toEqual([[30, 80], [20, 70]]);
  });

  it("go along the lower edge where a logarithm has no place for zero", () => {
    const to = { ...frame(), toY: (y: number) => (y > 0 ? 50 : NaN) };
    drawLines(to, { cursor: undefined, lines: [{ style: 0, count: 2, x: (index) => index, y: (index) => 1 - index, marked: undefined }] });
    expect(named(to.calls, "lineTo")).toEqual([[0, 50], [10, 100]]);
  });
});

describe("what became of runs", () => {
  it("has another sign for each outcome", () => {
    const signs = (["converged", "slow", "oscillating", "diverged"] as const).map((outcome) => {
      const to = frame();
      drawOutcomes(to, { edges: [0, 1], rows: 1, outcomes: [outcome], speeds: [1], best: undefined, pointed: undefined, bounds: undefined });
      const after = to.calls.slice(to.calls.findIndex(([name]) => name === "fillRect") + 1);
      return after.filter(([name]) => ["arc", "moveTo", "lineTo", "bezierCurveTo", "fill", "stroke"].includes(name)).map(([name]) => name).join();
    });
    expect(new Set(signs).size).toBe(4);
  });

  it.each([["vscode-light", "#ffffff"], ["vscode-dark", "#1f1f1f"], ["vscode-high-contrast", "#000000"], ["vscode-high-contrast-light", "#ffffff"]] as const)("has colours that are seen on %s", (kind, paper) => {
    const look = theme(kind, paper);
    for (const outcome of ["converged", "slow", "oscillating", "diverged"] as const) {
      expect(contrast(outcomeColour(look, outcome), look.background), outcome).toBeGreaterThanOrEqual(3);
    }
  });

  it("stands at the upper edge where the run left, and the bound is a line with its name", () => {
    const to = frame();
    drawTrials(to, {
      trials: [{ x: 1, y: 5, outcome: "converged" }, { x: 2, y: 1e30, outcome: "diverged" }], best: 0, pointed: undefined, bound: { x: 1.5, label: "2/λmax = 1.5" },
    });
    expect(named(to.calls, "arc").map(([x, y]) => [x, y])).toEqual([[10, 50], [10, 50]]);
    expect(named(to.calls, "moveTo").at(-1)).toEqual([24.5, 3.5]);
    expect(named(to.calls, "fillText")[0]?.[0]).toBe("2/λmax = 1.5");
  });

  it("fills the whole map, row 0 at the bottom", () => {
    const to = frame();
    drawOutcomes(to, { edges: [0, 5, 10], rows: 2, outcomes: ["converged", "slow", "diverged", "failed"], speeds: [1, 0, 0, 0], best: 0, pointed: 3, bounds: [4, 6] });
    expect(named(to.calls, "fillRect").map(([x, y]) => [x, y])).toEqual([[0.5, 95.5], [50.5, 95.5], [0.5, 85.5], [50.5, 85.5]]);
    expect(named(to.calls, "strokeRect")).toHaveLength(4);
  });
});

describe("starts", () => {
  it("are as small as their number asks for, and their places are numbered", () => {
    const radius = (count: number): number => {
      const to = frame();
      drawStarts(to, { dimension: 2, points: Array.from({ length: count }, () => ({ x: 1, y: 1, style: 0 })), places: [] });
      return named(to.calls, "arc")[0]?.[2] as number;
    };
    expect(radius(1000)).toBeLessThan(radius(4));
    const to = frame();
    drawStarts(to, { dimension: 2, points: [{ x: 1, y: 1, style: "left" }, { x: 2, y: 2, style: "underWay" }], places: [{ x: 3, y: 3, style: 1, label: "2" }] });
    expect(named(to.calls, "fillText")).toEqual([["2", 30, 71]]);
  });
});
