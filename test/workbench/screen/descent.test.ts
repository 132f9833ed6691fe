import { beforeAll, describe, expect, test } from "vitest";
import { descendOn, descendRosenbrock } from "../harness/descendOn";
import type { Panel } from "../harness/panel";
import type { ThemeName } from "../harness/theme";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

const themes = ["light", "dark", "highContrast"] satisfies ThemeName[];

describe("What a run may be told", () => {
  const editor = useEditor();
  let panel: Panel;

  const field = (testid: string) => panel.part(testid).locator("input");
  const fill = async (testid: string, value: string): Promise<void> => {
    await field(testid).fill(value);
    await editor().press("Enter");
  };

  async function choose(dropdown: string, value: string): Promise<void> {
    await panel.part(dropdown).scrollIntoViewIfNeeded();
    await panel.click(dropdown);
    await panel.part(dropdown).locator(`vscode-option[value="${value}"]`).click();
  }

  async function inEachTheme(name: string, testid: string): Promise<void> {
    for (const theme of themes) {
      await editor().setTheme(theme);
      await panel.part(testid).scrollIntoViewIfNeeded();
      await editor().page.waitForTimeout(500);
      await editor().screenshot(`${name}-${theme}`);
    }
  }

  const open = (testid: string): Promise<void> => panel.part(testid).locator("summary").click();

  beforeAll(async () => {
    panel = await descendRosenbrock(editor());
  });

  test("the rule a method steps by is typeset, with its numbers", async () => {
    await choose("method", "adam");
    await open("rule");
    await until("the rule is there", () => panel.latex("rule-lines"), ([tex = ""]) => tex.includes("\\beta_1"));
    expect(await panel.text("rule-numbers")).toContain("0.999");
    expect(await panel.part("rule-lines").locator("[data-typeset-problem]").count()).toBe(0);
    await panel.part("rule-numbers").scrollIntoViewIfNeeded();
    await editor().screenshot("descent-rule-adam");
  });

  test("a schedule lowers the learning rate, as its picture shows; a clipped gradient is told", async () => {
    await choose("method", "momentum");
    await open("schedule-fold");
    await choose("schedule", "one-cycle");
    await choose("clip", "norm");
    await fill("clip-norm", "20");
    await panel.says("run-remarks", /gradient was clipped/);
    expect(await panel.text("schedule-fold-said")).toContain("One cycle");
    await panel.click("player-last");
    await until("the rate is low at the end", () => panel.number("readout-rate"), (rate) => rate < 1e-4);
    await inEachTheme("descent-schedule", "rate-plot");
    await choose("schedule", "constant");
    await choose("clip", "none");
  });

  test("a run of many iterations shows how far it is, pauses, goes on, and ends where it is told to", async () => {
    await open("more");
    await fill("gradient-norm", "0");
    await fill("learning-rate", "0.00001");
    await fill("iterations", "100000000");
    await until("the run is seen on its way", () => panel.state(), ({ running }) => running === "true");
    await panel.says("progress-text", /Iteration [\d,]+ of at most 100,000,000, about/);
    await panel.click("run-pause");
    await until("it pauses", () => panel.state(), ({ running }) => running === "paused");
    // What it had done when it heard of the pause comes a moment later.
    await editor().page.waitForTimeout(1000);
    const at = (await panel.state()).iterations;
    await inEachTheme("descent-paused", "run-progress");
    expect((await panel.state()).iterations).toBe(at);
    await panel.click("run-pause");
    await until("it goes on", () => panel.state(), ({ iterations }) => Number(iterations) > Number(at));
    await panel.click("run-finish");
    await panel.reaches({ running: "false", status: "cancelled" });
    expect(await panel.text("run-remarks")).toMatch(/every \d+(st|nd|rd|th) iterate was kept/);
    await editor().screenshot("descent-long");
  });

  test("minibatches see a few rows a step, in an order that the seed decides, and what they see is drawn", async () => {
    panel = await descendOn(editor(), "regression.ts", "let total = 0;");
    await panel.reaches({ view: "ready", landscape: "contour" });
    await choose("method", "gd");
    await open("minibatch-fold");
    await choose("batch-dataset", "hours");
    await fill("batch-size", "2");
    await panel.says("batch-epoch", /An epoch is 5 steps/);
    await panel.click("batch-contours");
    await panel.click("player-first");
    await panel.says("plot-section", /Step 1 sees rows \d+, \d+/);
    await panel.click("player-step");
    await panel.says("plot-section", /Step 2 sees rows/);
    await inEachTheme("descent-minibatch", "batch-dataset");
    await panel.click("batch-contours");
    await panel.says("plot-section", /levels/);
  });
});
