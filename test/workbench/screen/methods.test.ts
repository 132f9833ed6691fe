import { beforeAll, describe, expect, test } from "vitest";
import { descendRosenbrock } from "../harness/descendOn";
import type { Panel } from "../harness/panel";
import type { ThemeName } from "../harness/theme";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

describe("The methods", () => {
  const editor = useEditor();
  let panel: Panel;

  beforeAll(async () => {
    panel = await descendRosenbrock(editor());
  });

  const field = (testid: string) => panel.part(testid).locator("input");

  async function choose(dropdown: string, value: string): Promise<void> {
    await panel.click(dropdown);
    await panel.part(dropdown).locator(`vscode-option[value="${value}"]`).click();
  }

  test("stand in groups, whose headings cannot be chosen", async () => {
    await panel.part("method").scrollIntoViewIfNeeded();
    await panel.click("method");
    await editor().screenshot("methods-list");
    const heading = panel.part("method").locator(".option-heading").first();
    await heading.click({ force: true });
    expect(await panel.part("method").evaluate((list) => (list as HTMLElement & { value: string }).value)).toBe("gd");
    await editor().press("Escape");
  });

  test("that search run without a learning rate", async () => {
    await choose("method", "newton");
    await panel.says("status-reason", /^Converged/);
    await panel.says("no-rate", /No learning rate/);
    expect(await panel.text("learning-rate")).toBe("");
    await editor().screenshot("methods-newton");
  });

  test("that run away are explained, and set right with one click", async () => {
    await choose("method", "gd");
    await field("learning-rate").fill("0.1");
    await editor().press("Enter");
    await panel.says("status-reason", /^Diverged/);
    await panel.says("divergence", /largest curvature along the path.*Gradient descent is stable/);
    for (const theme of ["light", "dark", "highContrast", "highContrastLight"] satisfies ThemeName[]) {
      await editor().setTheme(theme);
      await editor().page.waitForTimeout(500);
      await editor().screenshot(`methods-diverged-${theme}`);
    }
    await panel.click("use-safe-rate");
    await until("it no longer diverges", () => panel.state(), ({ status }) => status === "exhausted" || status === "converged");
    await panel.says("use-safe-rate", /^$/);
  });

  test("call gradient descent that climbs gradient ascent, in the closed list too", async () => {
    await choose("direction", "ascend");
    await until("the list says so", () => panel.part("method").evaluate((list) => list.shadowRoot?.textContent ?? ""), (text) => text.includes("Gradient ascent"));
  });
});
