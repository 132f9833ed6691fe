import { beforeAll, describe, expect, test } from "vitest";
import { descendOn, descendRosenbrock } from "../harness/descendOn";
import type { Panel } from "../harness/panel";
import type { ThemeName } from "../harness/theme";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

describe("Experiments", () => {
  const editor = useEditor({ theme: "light", size: { width: 1500, height: 1000 } });
  let panel: Panel;

  beforeAll(async () => {
    panel = await descendRosenbrock(editor());
  });

  const toggle = async (fold: string): Promise<void> => {
    await panel.part(fold).locator("summary").first().click();
  };
  const intoView = async (testid: string): Promise<void> => {
    await panel.part(testid).evaluate((part) => part.scrollIntoView({ block: "start" }));
    await editor().page.waitForTimeout(400);
  };
  const inThemes = async (name: string, ...names: ThemeName[]): Promise<void> => {
    for (const theme of names) {
      await editor().setTheme(theme);
      await editor().page.waitForTimeout(600);
      await editor().screenshot(`experiments-${name}-${theme}`);
    }
    await editor().setTheme("light");
  };
  const all: ThemeName[] = ["light", "dark", "highContrast", "highContrastLight"];

  test("race methods with as many gradients each, their paths over the contours", async () => {
    await toggle("race");
    await panel.click("race-run");
    await panel.says("race-said", /was first: as good as any got/);
    const rows = await panel.part("race-row").evaluateAll((items) => items.map((row) => row.getAttribute("data-method")));
    expect(rows[0]).toBe("bfgs");
    expect([...rows].sort()).toEqual(["adam", "bfgs", "gd", "momentum"]);
    for (const spent of await panel.part("race-spent").allInnerTexts()) expect(Number(/\d+/.exec(spent)?.[0])).toBeLessThanOrEqual(200);
    await intoView("race");
    await inThemes("race", ...all);
    await toggle("race");
  });

  test("sweep learning rates, and take over the best with one click", async () => {
    await toggle("rates");
    await panel.click("rates-run");
    await panel.says("rates-said", /^Best: .*Theory: at most 2 ÷ λmax/);
    await intoView("rates");
    await inThemes("rates", ...all);
    await panel.part("rates-numbers").locator("summary").click();
    expect(await panel.part("rates-row").count()).toBe(13);
    await panel.part("rates-numbers").locator("summary").click();
    const best = /η = (\S+)/.exec(await panel.text("rates-use"))?.[1];
    await panel.click("rates-use");
    await until("the descent has it", () => panel.part("learning-rate").locator("input").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value)),
      (values) => values.some((value) => Math.abs(Number(value) / Number(best) - 1) < 0.01));
    await toggle("rates");
  });

  test("map outcomes over learning rate and momentum; a cell takes both over", async () => {
    await toggle("outcomes");
    await panel.click("outcomes-run");
    await panel.says("outcomes-said", /\d+ diverged/);
    await intoView("outcomes");
    await panel.part("outcomes-picture").focus();
    await editor().press("ArrowRight");
    await panel.says("outcomes-picture-readout", /^η = /);
    await inThemes("outcomes", ...all);
    await panel.part("outcomes-picture").focus();
    await editor().press("ArrowRight");
    await editor().press("Enter");
    await until("the method is momentum", () => panel.part("method").evaluate((list) => (list as HTMLElement & { value: string }).value), (value) => value === "momentum");
    await toggle("outcomes");
  });
});

describe("Starts all over the view", () => {
  const editor = useEditor({ theme: "light", size: { width: 1900, height: 1000 } });

  test("lead to Himmelblau's four minima, each with the sign of its starts", async () => {
    const panel = await descendOn(editor(), "surfaces.ts", "(x ** 2 + y - 11) ** 2");
    await panel.reaches({ view: "ready", landscape: "contour" });
    await panel.click("player-last");
    await panel.part("plot").hover();
    for (let turn = 0; turn < 3; turn++) await panel.click("zoom-out");
    await panel.part("basins").locator("summary").first().click();
    await panel.click("basins-run");
    await panel.says("basins-said", /^400 starts lead to 4 minima/);
    const visitors = await panel.part("basins-place").evaluateAll((items) => items.map((item) => Number(item.getAttribute("data-visitors"))));
    expect(visitors.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(200);
    for (const theme of ["light", "dark", "highContrast", "highContrastLight"] satisfies ThemeName[]) {
      await editor().setTheme(theme);
      await editor().page.waitForTimeout(600);
      await editor().screenshot(`experiments-basins-${theme}`);
    }
  });
});
