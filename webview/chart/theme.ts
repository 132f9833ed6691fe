import { contrast, luminance, mix, parseColour } from "./colour";
import type { Rgb } from "./colour";

export type ThemeKind = "vscode-light" | "vscode-dark" | "vscode-high-contrast" | "vscode-high-contrast-light";

/** The colours and the type of the pictures, taken from the editor's theme. */
export interface ChartTheme {
  readonly kind: ThemeKind;
  readonly highContrast: boolean;
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly muted: Rgb;
  readonly grid: Rgb;
  /** Fills run from `low` to `high`: one hue, starting at the background. */
  readonly low: Rgb;
  readonly high: Rgb;
  readonly contour: Rgb;
  readonly contourAlpha: number;
  readonly path: Rgb;
  /** Second quantity beside the path: the derivative of a curve. */
  readonly accent: Rgb;
  /** Lines that stand beside each other; told apart without colour by their dashes and labels. */
  readonly series: readonly Rgb[];
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** Orange, from the one that is loveliest to the ones that are seen: the first with enough contrast is taken. */
const lightPaths: readonly Rgb[] = [[255, 102, 0], [230, 81, 0], [214, 69, 0], [204, 65, 0], [179, 54, 0], [140, 40, 0]];
const darkPaths: readonly Rgb[] = [[255, 122, 26], [255, 140, 56], [255, 160, 90], [255, 190, 140]];
/** Okabe and Ito's colours without their orange, darkened for white paper. */
const lightSeries: readonly Rgb[] = [[0, 114, 178], [204, 65, 0], [0, 128, 96], [150, 70, 130], [120, 100, 0], [70, 70, 70]];
const darkSeries: readonly Rgb[] = [[86, 180, 233], [255, 140, 56], [60, 200, 150], [225, 150, 200], [230, 210, 90], [190, 190, 190]];

/** WCAG asks 3:1 of graphics that carry meaning. */
export const leastContrast = 3;

export function themeOf(kind: ThemeKind, variable: (name: string) => string, font: { family: string; size: number }): ChartTheme {
  const highContrast = kind === "vscode-high-contrast" || kind === "vscode-high-contrast-light";
  const paper: Rgb = kind === "vscode-light" || kind === "vscode-high-contrast-light" ? [255, 255, 255] : [30, 30, 30];
  const background = parseColour(variable("--vscode-editor-background"), paper) ?? paper;
  // The colours decide, not the theme's name: a custom theme may call itself what it likes.
  const dark = luminance(background) < 0.25;
  const ink: Rgb = dark ? [255, 255, 255] : [0, 0, 0];
  const foreground = parseColour(variable("--vscode-foreground"), background) ?? mix(background, ink, 0.85);
  const tint: Rgb = dark ? [104, 152, 196] : [86, 124, 160];
  const low = background;
  const high = highContrast ? mix(background, tint, dark ? 0.22 : 0.16) : mix(background, tint, dark ? 0.34 : 0.3);
  return {
    kind, highContrast, background, foreground, low, high,
    muted: highContrast ? foreground : mix(background, foreground, 0.72),
    grid: mix(background, foreground, highContrast ? 0.35 : 0.12),
    contour: highContrast ? foreground : mix(dark ? [190, 214, 236] : [34, 85, 119], foreground, 0),
    contourAlpha: highContrast ? 0.75 : dark ? 0.34 : 0.36,
    path: firstReadable(dark ? darkPaths : lightPaths, [low, high]),
    accent: firstReadable(dark ? [[86, 180, 233], [150, 210, 245]] : [[0, 114, 178], [0, 80, 140]], [background]),
    series: dark ? darkSeries : lightSeries,
    fontFamily: font.family,
    fontSize: font.size,
  };
}

function firstReadable(candidates: readonly Rgb[], grounds: readonly Rgb[]): Rgb {
  const least = (colour: Rgb): number => Math.min(...grounds.map((ground) => contrast(colour, ground)));
  const best = [...candidates].sort((a, b) => least(b) - least(a))[0];
  return candidates.find((colour) => least(colour) >= leastContrast) ?? best ?? [255, 102, 0];
}

/** RGBA, one entry a band between levels: from `low` to `high` in even steps. */
export function fillPalette(theme: ChartTheme, bands: number): Uint8ClampedArray {
  const palette = new Uint8ClampedArray(bands * 4);
  for (let band = 0; band < bands; band++) {
    const [red, green, blue] = bandColour(theme, band, bands);
    palette.set([red, green, blue, 255], band * 4);
  }
  return palette;
}

export function bandColour(theme: ChartTheme, band: number, bands: number): Rgb {
  return mix(theme.low, theme.high, bands > 1 ? band / (bands - 1) : 0);
}

export function currentTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const size = Number.parseFloat(style.fontSize);
  return themeOf(kindOf(document.body), (name) => style.getPropertyValue(name), {
    family: style.getPropertyValue("--vscode-font-family") || "sans-serif",
    size: Number.isFinite(size) ? size : 13,
  });
}

function kindOf(body: HTMLElement): ThemeKind {
  const classes = body.classList;
  // The light high-contrast theme carries the class of the dark one as well, so it is asked for first.
  if (classes.contains("vscode-high-contrast-light")) return "vscode-high-contrast-light";
  if (classes.contains("vscode-high-contrast")) return "vscode-high-contrast";
  return classes.contains("vscode-light") ? "vscode-light" : "vscode-dark";
}

/** VS Code changes the body's class and the variables on the root element when the theme changes. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "data-size"] });
  return () => observer.disconnect();
}
