import { describe, expect, test } from "vitest";
import { useEditor } from "../harness/useEditor";

describe("A TypeScript function under the cursor", () => {
  const editor = useEditor();

  test("with data and a loop descends over its contours", async () => {
    await editor().openFile("regression.ts");
    await editor().putCursor("regression.ts", "const error = w * hours[i]");
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    await panel.reaches({ view: "ready", dimension: "2", landscape: "contour" });
    await panel.says("title", /regression\.ts.*meanSquaredError/);
    await panel.reaches({ playing: "true" });
    await panel.click("player-last");
    const first = await lossAt(0);
    expect(await lossAt(1)).toBeLessThan(first);
    await editor().screenshot("typescript");

    async function lossAt(end: 0 | 1): Promise<number> {
      await panel.click(end === 0 ? "player-first" : "player-last");
      await panel.says("player-position", end === 0 ? /^0 of/ : /^(\d+) of \1$/);
      return panel.number("readout-value");
    }
  });

  test("with three parameters in a tuple is shown as traces over the iterations", async () => {
    await editor().focusText();
    await editor().putCursor("regression.ts", "const lambda");
    await editor().run("Downhill: Descend");
    const panel = await editor().panel();
    await panel.reaches({ view: "ready", dimension: "3" });
    await panel.says("title", /ridge/);
    expect(await panel.part("plot").getAttribute("data-kind")).toBe("traces");
    await editor().screenshot("three-parameters");
  });

  test("with an object parameter names its coordinates by their path", async () => {
    await editor().openFile("surfaces.ts");
    await editor().putCursor("surfaces.ts", "return 0.5 * x * x");
    await editor().run("Downhill: Descend");
    const panel = await editor().panel();
    await panel.says("title", /ravine/);
    await panel.reaches({ view: "ready", dimension: "2" });
  });

  test("that loops until a condition holds says why it has no formula", async () => {
    await editor().focusText();
    await editor().putCursor("surfaces.ts", "while (size > 1)");
    await editor().run("Downhill: Show Gradient");
    const panel = await editor().panel();
    await panel.says("title", /halving/);
    expect(await panel.says("no-formula", /\S/)).toMatch(/\.$/);
  });
});
