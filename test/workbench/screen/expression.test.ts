import { describe, expect, test } from "vitest";
import { useEditor } from "../harness/useEditor";

describe("A highlighted expression", () => {
  const editor = useEditor();

  test("gets its gradient as typeset mathematics from Downhill: Show Gradient in the palette", async () => {
    await editor().openFile("notes.md");
    await editor().select("notes.md", "x^2 + y^2");
    await editor().run("Downhill: Show Gradient");
    const panel = await editor().panel();
    await panel.reaches({ view: "ready", mode: "gradient", dimension: "2" });
    const [value] = await panel.latex("formula-value");
    expect(value).toMatch(/x\^\{?2\}? *\+ *y\^\{?2\}?/);
    const partials = await panel.latex("formula-partial");
    expect(partials.map((tex) => tex.replace(/.*=/, "").replaceAll(/\\displaystyle|\\cdot|\\[,; ]|\s/g, ""))).toEqual(["2x", "2y"]);
    expect(await panel.part("formula").locator(".katex").count()).toBeGreaterThan(0);
  });

  test("descends to its minimum by the key, over contours", async () => {
    await editor().select("notes.md", "x^2 + y^2");
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    await panel.reaches({ view: "ready", mode: "descend", status: "converged", landscape: "contour" });
    expect(await panel.part("plot").getAttribute("data-kind")).toBe("map");
    await panel.click("player-last");
    await panel.says("player-position", /^(\d+) of \1$/);
    expect(Math.abs(await panel.number("readout-coordinate", 0))).toBeLessThan(1e-3);
    expect(Math.abs(await panel.number("readout-coordinate", 1))).toBeLessThan(1e-3);
    expect(await panel.number("readout-value")).toBeCloseTo(0, 5);
    expect(await panel.number("readout-norm")).toBeLessThan(1e-3);
    await editor().screenshot("expression");
  });

  test("of one variable is drawn as a curve with its derivative", async () => {
    await editor().focusText();
    await editor().select("notes.md", "t^4 - 3 t^3 + 2");
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    await panel.reaches({ dimension: "1", landscape: "curve" });
    expect(await panel.part("plot").getAttribute("data-kind")).toBe("curve");
    await editor().screenshot("one-variable");
  });

  test("in the f(x, y) = … form keeps the order of its variables", async () => {
    await editor().focusText();
    await editor().select("notes.md", "f(x, y) = 2x + 3xy + y^3 + x^2");
    await editor().run("Downhill: Show Gradient");
    const panel = await editor().panel();
    const title = await panel.says("title", /f\b/);
    expect(title).toContain("notes.md");
    await panel.reaches({ dimension: "2", view: "ready" });
    const partials = await panel.latex("formula-partial");
    expect(partials).toHaveLength(2);
    expect(partials[1]).toMatch(/3 *\\?,? *x/);
    expect(partials[1]).toMatch(/y\^\{?2\}?/);
  });
});
