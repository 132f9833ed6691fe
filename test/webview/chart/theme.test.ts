import { describe, expect, it } from "vitest";
import { contrast, luminance, parseColour } from "../../../webview/chart/colour";
import type { Rgb } from "../../../webview/chart/colour";
import { bandColour, fillPalette, leastContrast, themeOf } from "../../../webview/chart/theme";
import type { ChartTheme, ThemeKind } from "../../../webview/chart/theme";

/** Backgrounds and text of VS Code's own themes, and of two well-known others. */
const themes: [string, ThemeKind, string, string][] = [
  ["Light Modern", "vscode-light", "#ffffff", "#3b3b3b"],
  ["Dark Modern", "vscode-dark", "#1f1f1f", "#cccccc"],
  ["High Contrast", "vscode-high-contrast", "#000000", "#ffffff"],
  ["High Contrast Light", "vscode-high-contrast-light", "#ffffff", "#292929"],
  ["Solarized Light", "vscode-light", "#fdf6e3", "#657b83"],
  ["Monokai", "vscode-dark", "#272822", "#f8f8f2"],
];

function theme(kind: ThemeKind, background: string, foreground: string): ChartTheme {
  const variables: Record<string, string> = { "--vscode-editor-background": background, "--vscode-foreground": foreground };
  return themeOf(kind, (name) => variables[name] ?? "", { family: "sans-serif", size: 13 });
}

describe.each(themes)("the chart in %s", (_name, kind, background, foreground) => {
  const chart = theme(kind, background, foreground);
  const bands = Array.from({ length: 16 }, (_, band) => bandColour(chart, band, 16));

  it("draws the path so that it is seen on every fill", () => {
    for (const band of bands) expect(contrast(chart.path, band)).toBeGreaterThanOrEqual(leastContrast);
  });

  it("begins its fills at the editor's background and moves away from it evenly", () => {
    expect(bands[0]).toEqual(chart.background);
    const away = bands.map((band) => Math.abs(luminance(band) - luminance(chart.background)));
    for (let index = 1; index < away.length; index++) expect(away[index]).toBeGreaterThanOrEqual(away[index - 1] ?? Infinity);
  });

  it("keeps the map quiet: no fill is nearly as strong as the path", () => {
    const strongest = Math.max(...bands.map((band) => contrast(band, chart.background)));
    expect(strongest).toBeLessThan(contrast(chart.path, chart.background));
  });

  it("writes its labels legibly", () => {
    expect(contrast(chart.foreground, chart.background)).toBeGreaterThan(4);
    expect(contrast(chart.muted, chart.background)).toBeGreaterThan(2.5);
  });
});

it("gives every band a colour of its own in the palette", () => {
  const palette = fillPalette(theme("vscode-light", "#ffffff", "#000000"), 12);
  expect(palette).toHaveLength(48);
  expect([...palette.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  const colours = new Set(Array.from({ length: 12 }, (_, band) => palette.subarray(band * 4, band * 4 + 4).join()));
  expect(colours.size).toBe(12);
});

describe("colours of the editor", () => {
  const under: Rgb = [0, 0, 0];
  it.each<[string, Rgb]>([
    ["#ff6600", [255, 102, 0]], ["#f60", [255, 102, 0]], ["rgb(1, 2, 3)", [1, 2, 3]], ["rgba(255, 255, 255, 0.5)", [128, 128, 128]],
    ["#ffffff80", [128, 128, 128]],
  ])("%s is read", (text, colour) => {
    expect(parseColour(text, under)).toEqual(colour);
  });

  it.each(["", "red", "#12345", "rgb(1, 2)"])("%j is not", (text) => {
    expect(parseColour(text, under)).toBeUndefined();
  });
});
