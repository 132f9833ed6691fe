import { describe, expect, test } from "vitest";
import { descendOn } from "../harness/descendOn";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

describe("The picture in README.md", () => {
  const editor = useEditor({ theme: "light", size: { width: 1500, height: 950 } });

  test("shows a loss beside its gradient as sums, contours, the path, the player and the numbers of the step", async () => {
    const panel = await descendOn(editor(), "regression.ts", "const error = w");
    await panel.reaches({ view: "ready", landscape: "contour", iterations: "200" });
    expect(await panel.latex("formula-partial")).toHaveLength(2);
    expect((await panel.latex("formula-partial")).every((tex) => tex.includes("\\sum_{i=1}^{n}"))).toBe(true);
    await panel.says("check-verdict", /^Gradient checked$/);
    await until("the path is seen", () => panel.state(), ({ iteration }) => Number(iteration) >= 35);
    await panel.page.keyboard.press("Escape");
    await panel.click("player-play");
    await panel.reaches({ playing: "false" });
    // Media in the README are taken from here by hand, when the panel has changed visibly.
    await editor().screenshot("readme");
    for (const part of ["plot", "player", "readout-value", "loss"]) expect(await panel.part(part).isVisible()).toBe(true);
  });
});
