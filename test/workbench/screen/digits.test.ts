import { beforeAll, describe, test } from "vitest";
import { descendOn } from "../harness/descendOn";
import type { Panel } from "../harness/panel";
import type { ThemeName } from "../harness/theme";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

/** A network of this size keeps one of two cores busy, and the other draws. */
const patience = 60_000;

describe("A network over pictures that its program reads from a file", () => {
  const editor = useEditor();
  let panel: Panel;

  const fill = async (testid: string, value: string): Promise<void> => {
    await panel.part(testid).locator("input").fill(value);
    await editor().press("Enter");
  };

  async function choose(dropdown: string, value: string): Promise<void> {
    await panel.part(dropdown).scrollIntoViewIfNeeded();
    await panel.click(dropdown);
    await panel.part(dropdown).locator(`vscode-option[value="${value}"]`).click();
  }

  const open = (testid: string): Promise<void> => panel.part(testid).locator("summary").click();

  beforeAll(async () => {
    panel = await descendOn(editor(), "digits.ts", "let total = 0;");
    await panel.reaches({ view: "ready", dimension: "79510" });
  });

  test("is computed in WebAssembly, and says so", async () => {
    await panel.click("check");
    await panel.says("backend", /WebAssembly/);
    for (const theme of ["light", "dark", "highContrast"] satisfies ThemeName[]) {
      await editor().setTheme(theme);
      await editor().page.waitForTimeout(500);
      await editor().screenshot(`digits-check-${theme}`);
    }
    await panel.click("check");
  });

  test("learns from a few pictures a step, tells how far it is, and ends where it is told to", async () => {
    await choose("method", "gd");
    await open("minibatch-fold");
    await choose("batch-dataset", "images");
    await fill("batch-size", "64");
    await fill("learning-rate", "0.5");
    await open("more");
    await fill("iterations", "20000");
    // What each setting before had begun, on all pictures, is shown first.
    await panel.says("progress-text", /Iteration [\d,]+ of at most 20,000/, patience);
    await until("it has learnt something", () => panel.state(), ({ iterations }) => Number(iterations) > 50, patience);
    await panel.click("run-pause");
    await until("it pauses", () => panel.state(), ({ running }) => running === "paused", patience);
    await editor().screenshot("digits-paused");
    await panel.click("run-finish");
    await panel.reaches({ running: "false", status: "cancelled" });
    await panel.click("player-first");
    const first = await panel.number("readout-value");
    await panel.click("player-last");
    await until("the loss has fallen", () => panel.number("readout-value"), (value) => value < first / 2);
    await editor().screenshot("digits");
  }, 4 * patience);
});
