import { beforeAll, describe, expect, test } from "vitest";
import { descendRosenbrock } from "../harness/descendOn";
import type { Panel } from "../harness/panel";
import type { ThemeName } from "../harness/theme";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

const kinds: Record<ThemeName, string> = {
  light: "vscode-light",
  dark: "vscode-dark",
  highContrast: "vscode-high-contrast",
  highContrastLight: "vscode-high-contrast-light",
};

describe("In every kind of theme", () => {
  const editor = useEditor();
  let panel: Panel;

  beforeAll(async () => {
    panel = await descendRosenbrock(editor());
  });

  async function colours(): Promise<{ background: string; text: string }> {
    return panel.frame.locator("body").evaluate((body) => {
      const style = getComputedStyle(body);
      return { background: getComputedStyle(document.documentElement).getPropertyValue("--vscode-editor-background"), text: style.color };
    });
  }

  test.each(Object.keys(kinds) as ThemeName[])("%s: the panel takes the editor's colours and can be read", async (theme) => {
    await editor().setTheme(theme);
    await until("the panel knows", () => panel.frame.locator("body").getAttribute("class"), (name) => (name ?? "").split(" ").includes(kinds[theme]));
    const { background, text } = await colours();
    expect(contrast(rgb(background), rgb(text))).toBeGreaterThan(4.5);
    // The canvas is drawn anew in the next frames.
    await editor().page.waitForTimeout(400);
    await editor().screenshot(`theme-${theme}`);
  });
});

type Rgb = [number, number, number];

function rgb(colour: string): Rgb {
  const hex = /^#(..)(..)(..)/.exec(colour.trim());
  if (hex) return [1, 2, 3].map((index) => parseInt(hex[index] ?? "", 16)) as Rgb;
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number) as Rgb;
}

/** WCAG 2: (lighter + 0.05) / (darker + 0.05). */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = (colour: Rgb): number => {
    const [red, green, blue] = colour.map((channel) => {
      const part = channel / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as Rgb;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
