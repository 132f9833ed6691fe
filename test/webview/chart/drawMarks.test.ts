import { describe, expect, it } from "vitest";
import { drawMarks } from "../../../webview/chart/draw/drawMarks";
import type { Mark } from "../../../webview/chart/draw/drawMarks";
import type { Frame } from "../../../webview/chart/draw/frame";
import { themeOf } from "../../../webview/chart/theme";

interface Drawn {
  readonly corners: (readonly [number, number])[];
  readonly words: { text: string; align: string }[];
}

/** Keeps what is drawn: one pixel a unit, y upwards, the area 0 to 300. */
function draw(marks: readonly Mark[]): Drawn {
  const drawn: Drawn = { corners: [], words: [] };
  const context = {
    textAlign: "", save() {}, restore() {}, beginPath() {}, closePath() {}, rect() {}, clip() {}, stroke() {},
    measureText: (text: string) => ({ width: 6 * text.length }), strokeText() {},
    fillText(text: string) { drawn.words.push({ text, align: context.textAlign }); },
    moveTo(x: number, y: number) { drawn.corners.push([Math.round(x), Math.round(y)]); },
    lineTo(x: number, y: number) { drawn.corners.push([Math.round(x), Math.round(y)]); },
  };
  const theme = themeOf("vscode-light", () => "", { family: "sans-serif", size: 13 });
  drawMarks({ context: context as unknown as CanvasRenderingContext2D, theme, ratio: 1, area: { left: 0, top: 0, right: 300, bottom: 300 }, toX: (x) => x, toY: (y) => 300 - y } satisfies Frame, marks);
  return drawn;
}

const mark = (part: Partial<Mark>): Mark => ({ x: 50, y: 50, kind: "minimum", label: "", ...part });

describe("the marks of stationary points", () => {
  it.each([
    ["minimum", 3, "down"], ["maximum", 3, "up"], ["saddle", 4, "both"], ["undecided", 4, "both"],
  ] as const)("of a %s have a shape of their own: %i corners, pointing %s", (kind, count, way) => {
    const { corners } = draw([mark({ kind })]);
    expect(corners).toHaveLength(count);
    const below = corners.filter(([, y]) => y > 250).length;
    const above = corners.filter(([, y]) => y < 250).length;
    expect(below < above ? "down" : below > above ? "up" : "both").toBe(way);
  });

  it("carry their names beside them, on the side where there is room", () => {
    expect(draw([mark({ label: "min" }), mark({ x: 295, label: "saddle" })]).words).toEqual([{ text: "min", align: "left" }, { text: "saddle", align: "right" }]);
    // No control covers a corner of the picture: there is as much room there as anywhere.
    expect(draw([mark({ x: 245, y: 280, label: "min" }), mark({ x: 245, label: "min" })]).words.map(({ align }) => align)).toEqual(["left", "left"]);
  });

  it("outside the window are not drawn", () => {
    expect(draw([mark({ x: 301 }), mark({ y: -1 }), mark({ x: NaN })]).corners).toEqual([]);
  });
});
