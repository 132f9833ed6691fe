import { describe, expect, test } from "vitest";
import type { Panel } from "../harness/panel";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

describe("What stands behind the gradient", () => {
  const editor = useEditor({ size: { width: 1500, height: 950 } });

  async function show(before: string, title: RegExp): Promise<Panel> {
    await editor().focusText();
    await editor().putCursor("choose.ts", before);
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    await panel.says("title", title);
    await panel.reaches({ view: "ready" });
    return panel;
  }

  const inPanel = (panel: Panel, key: string): Promise<void> => panel.page.keyboard.press(key);

  test("is checked once the picture is there; what was compared is one key away, and Escape leads back", async () => {
    await editor().openFile("choose.ts");
    const panel = await show("total += (slope", /iceCream/);
    await panel.reaches({ dimension: "3" });
    await panel.says("check-verdict", /^Gradient checked$/);
    await panel.part("check").focus();
    await inPanel(panel, "Enter");
    await until("its sheet is open", () => panel.part("check").getAttribute("aria-expanded"), (open) => open === "true");
    expect(await panel.text("check-where")).toMatch(/slope = 0\.1, level = 2, center = 20, along 3 random directions/);
    expect(await panel.text("check-forward")).toMatch(/agree (exactly|to 1\d digits)/);
    expect(await panel.text("check-differences")).toMatch(/agree to \d+ digits/);
    await editor().screenshot("check");
    await inPanel(panel, "Escape");
    await until("the sheet is closed", () => panel.part("check-sheet").isVisible(), (visible) => !visible);
    const focused = (): Promise<string | null | undefined> => panel.frame.evaluate(() => document.activeElement?.getAttribute("data-testid"));
    await until("the keyboard is back where it was", focused, (part) => part === "check");
  });

  test("is shown as code with its loop, in the person's language, and copied", async () => {
    const panel = await editor().panel();
    await panel.click("code");
    await panel.says("code-text", /function iceCreamGradient\([^]*for \(/);
    expect(await panel.part("code-text").locator(".token-keyword").count()).toBeGreaterThan(4);
    const colours = await panel.part("code-text").evaluate((code) =>
      [code, code.querySelector(".token-keyword"), code.querySelector(".token-number")].map((part) => (part ? getComputedStyle(part).color : "")));
    expect(new Set(colours).size).toBe(3);
    await editor().screenshot("code");
    await panel.click("code-copy");
    await panel.says("code-copied", /^Copied$/);
    const shown = (await panel.part("code-text").textContent()) ?? "";
    await inPanel(panel, "Escape");
    await editor().run("File: New Untitled Text File");
    await editor().page.keyboard.press("ControlOrMeta+KeyV");
    await until("the code is in the new file", () => editor().page.locator(".editor-group-container.active .view-lines").first().innerText(),
      (text) => text.replace(/\s+/g, " ").includes(shown.split("\n").find((line) => line.includes("function"))?.replace(/\s+/g, " ").trim() ?? "?"));
    await editor().run("View: Revert and Close Editor");
  });

  test("is of the variables a person chooses: one held leaves two, and a map; the choice survives an edit and a reload", async () => {
    const panel = await show("total += (slope", /iceCream/);
    expect(await panel.text("choose-summary")).toBe("slope, level, center vary, x, y held");
    await panel.frame.getByTestId("choose").locator("summary").click();
    await panel.says("choice-origin", /from the call on line 15/);
    await editor().screenshot("choose");
    await panel.part("role-center-variable").focus();
    await inPanel(panel, "ArrowRight");
    await panel.reaches({ dimension: "2", landscape: "contour" });
    await panel.says("choose-summary", /^slope, level vary, x, y, center held$/);
    await until("the other role has the keyboard", () => panel.frame.evaluate(() => document.activeElement?.id), (id) => id === "role-center-data");
    await panel.says("check-verdict", /^Gradient checked$/);
    await editor().screenshot("choose-held");
    await editor().focusText();
    await editor().putCursor("choose.ts", "** 2;\n  }\n  return total / x.length");
    await editor().type(" ");
    await panel.reaches({ dimension: "2", stale: "false" });
    await editor().reload();
    const restored = await editor().panel();
    await restored.reaches({ view: "ready", dimension: "2" });
    expect(await restored.text("choose-summary")).toBe("slope, level vary, x, y, center held");
  });

  test("may be by the fields of an object", async () => {
    const panel = await show("total += (this.stiffness", /misfit/);
    await panel.reaches({ dimension: "2", landscape: "contour" });
    expect(await panel.text("choose-summary")).toContain("this.stiffness, this.rest vary");
    await editor().screenshot("fields");
  });

  test("cannot be checked on a kink, which is said, and where", async () => {
    const panel = await show("return Math.max(0, 1", /hinge/);
    await panel.reaches({ dimension: "1", landscape: "curve" });
    await panel.says("problem-message", /kink|equal/);
    await panel.says("problem-excerpt", /Math\./);
    await panel.says("check-verdict", /^Not checkable here$/);
    await panel.click("check");
    await panel.says("check-reason", /kink/);
    await editor().screenshot("kink");
    await inPanel(panel, "Escape");
    await panel.part("problem-place").filter({ visible: true }).first().click();
    await editor().page.locator("#status\\.editor\\.selection").filter({ hasText: "Ln 3" }).waitFor();
  });
});
