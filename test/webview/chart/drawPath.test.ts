import { describe, expect, it } from "vitest";
import { drawPath } from "../../../webview/chart/draw/drawPath";
import type { PathLayer } from "../../../webview/chart/draw/drawPath";
import { drawSeries } from "../../../webview/chart/draw/drawSeries";
import type { Frame } from "../../../webview/chart/draw/frame";
import { themeOf } from "../../../webview/chart/theme";

/** A context that writes down what it was told to draw. */
function recordingContext() {
  const calls: [string, ...unknown[]][] = [];
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
  // The proxy answers to every name a context has.
  return { calls, context: context as CanvasRenderingContext2D };
}

const theme = themeOf("vscode-light", () => "", { family: "sans-serif", size: 13 });

function frame(): Frame & { calls: [string, ...unknown[]][] } {
  const { calls, context } = recordingContext();
  return { calls, context, theme, ratio: 1, area: { left: 0, top: 0, right: 100, bottom: 100 }, toX: (x) => 10 * x, toY: (y) => 100 - 10 * y };
}

function path(points: [number, number][], cursor: number): PathLayer {
  return { count: points.length, x: (index) => points[index]?.[0] ?? NaN, y: (index) => points[index]?.[1] ?? NaN, cursor, start: undefined };
}

const arcs = (calls: [string, ...unknown[]][]): unknown[][] => calls.filter(([name]) => name === "arc").map((call) => call.slice(1, 3));

describe("the path", () => {
  const points: [number, number][] = [[9, 9], [7, 7], [5, 5], [3, 3], [1, 1]];

  it("has a dot at every visited iterate and none at those to come", () => {
    const to = frame();
    drawPath(to, path(points, 2));
    expect(arcs(to.calls)).toEqual([[90, 10], [70, 30], [50, 50], [50, 50]]);
  });

  it("is drawn all the way, so that what is to come can be seen faintly", () => {
    const to = frame();
    drawPath(to, path(points, 2));
    const corners = new Set(to.calls.filter(([name]) => name === "lineTo").map((call) => String(call.slice(1, 3))));
    expect(corners).toEqual(new Set(["90,10", "70,30", "50,50", "30,70", "10,90"]));
  });

  it("is not clamped to the window: an arrow with the coordinates says where it went", () => {
    const to = frame();
    drawPath(to, path([[5, 5], [1234, 5]], 1));
    expect(to.calls.filter(([name]) => name === "fillText")[0]?.[1]).toBe("(1230, 5)");
    const inside = frame();
    drawPath(inside, path([[5, 5], [6, 5]], 1));
    expect(inside.calls.some(([name]) => name === "fillText")).toBe(false);
  });

  it("leaves out what is not a number, and never hands the canvas a coordinate it cannot hold", () => {
    const to = frame();
    drawPath(to, path([[5, 5], [1e300, -1e300], [NaN, NaN]], 2));
    const numbers = to.calls.filter(([name]) => name === "lineTo" || name === "arc").flatMap((call) => [call[1], call[2]]);
    for (const value of numbers) expect(Math.abs(value as number)).toBeLessThanOrEqual(1e5);
  });

  it("of a million steps is drawn in no more lines than there are pixels", () => {
    const to = frame();
    drawPath(to, { count: 1_000_001, x: (index) => index / 100_000, y: () => 5, cursor: 1_000_000, start: undefined });
    expect(to.calls.filter(([name]) => name === "lineTo").length).toBeLessThan(400);
  });
});

describe("a series", () => {
  it("has its cursor where the player is", () => {
    const to = frame();
    const values = [9, 4, 2, 1];
    drawSeries(to, { count: 4, cursor: 2, x: (k) => k, lines: [{ label: "f", colour: "path", at: (k) => values[k] ?? NaN }] });
    expect(arcs(to.calls)).toEqual([[20, 80]]);
    expect(to.calls.find(([name]) => name === "moveTo")).toEqual(["moveTo", 20.5, 0]);
  });

  it("is broken where there is no value", () => {
    const to = frame();
    const values = [9, NaN, 2, 1];
    drawSeries(to, { count: 4, cursor: 0, x: (k) => k, lines: [{ label: "f", colour: "path", at: (k) => values[k] ?? NaN }] });
    const moves = to.calls.filter(([name]) => name === "moveTo" || name === "lineTo").map(([name, x]) => `${name} ${String(x)}`);
    expect(moves.slice(2)).toEqual(["moveTo 0", "moveTo 20", "lineTo 30"]);
  });
});
