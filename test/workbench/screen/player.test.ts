import { beforeAll, describe, expect, test } from "vitest";
import type { Panel } from "../harness/panel";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

describe("The player", () => {
  const editor = useEditor();
  let panel: Panel;

  beforeAll(async () => {
    await editor().openFile("notes.md");
    await editor().select("notes.md", "(1 - x)^2 + 100 (y - x^2)^2");
    await editor().press("ControlOrMeta+Alt+KeyD");
    panel = await editor().panel();
    await panel.reaches({ view: "ready", landscape: "contour" });
    await until("a run", () => panel.state(), ({ status }) => status !== "none");
  });

  async function iteration(): Promise<number> {
    return Number((await panel.state()).iteration);
  }

  test("plays by itself when the descent is new, and pauses", async () => {
    await panel.reaches({ playing: "true" });
    await panel.click("player-play");
    await panel.reaches({ playing: "false" });
    const at = await iteration();
    await editor().page.waitForTimeout(300);
    expect(await iteration()).toBe(at);
  });

  test("goes first, steps forward and back, and the numbers follow exactly", async () => {
    await panel.click("player-first");
    await panel.reaches({ iteration: "0" });
    const value0 = await panel.number("readout-value");
    await panel.click("player-step");
    await panel.reaches({ iteration: "1" });
    const value1 = await panel.number("readout-value");
    expect(value1).not.toBe(value0);
    await panel.click("player-step");
    await panel.reaches({ iteration: "2" });
    await panel.click("player-step-back");
    await panel.reaches({ iteration: "1" });
    expect(await panel.number("readout-value")).toBe(value1);
    await panel.click("player-step-back");
    await panel.reaches({ iteration: "0" });
    expect(await panel.number("readout-value")).toBe(value0);
  });

  test("scrubs to any iteration with the slider", async () => {
    const { iterations } = await panel.state();
    const scrub = panel.part("player-scrub");
    const range = (await scrub.evaluate((element) => element.tagName)) === "INPUT" ? scrub : scrub.locator("input");
    const box = await range.boundingBox();
    if (!box) throw new Error("the slider is not on screen");
    await editor().page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    // What a press changes is drawn in the next frame, not before the mouse lets go.
    const share = async (): Promise<number> => (await iteration()) / Number(iterations);
    await until("the player is in the middle", share, (at) => at > 0.4 && at < 0.6);
    const middle = await iteration();
    await editor().press("ArrowRight");
    await panel.reaches({ iteration: String(middle + 1) });
    await editor().screenshot("player-scrubbed");
  });

  test("goes last, and plays again from the start from there", async () => {
    const { iterations } = await panel.state();
    await panel.click("player-last");
    await panel.reaches({ iteration: iterations, playing: "false" });
    await panel.click("player-play");
    await panel.reaches({ playing: "true" });
    await until("it moves", iteration, (at) => at > 0 && at < Number(iterations));
    await panel.click("player-play");
    await panel.reaches({ playing: "false" });
  });

  test("obeys the palette", async () => {
    await editor().run("Downhill: Go to the First Step");
    await panel.reaches({ iteration: "0" });
    await editor().run("Downhill: Step Forward");
    await panel.reaches({ iteration: "1" });
  });
});
