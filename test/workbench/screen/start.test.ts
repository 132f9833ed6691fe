import { beforeAll, describe, expect, test } from "vitest";
import type { Panel } from "../harness/panel";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

describe("The start", () => {
  const editor = useEditor();
  let panel: Panel;

  beforeAll(async () => {
    await editor().openFile("notes.md");
    await editor().select("notes.md", "x^2 + y^2");
    await editor().press("ControlOrMeta+Alt+KeyD");
    panel = await editor().panel();
    await panel.reaches({ status: "converged", landscape: "contour" });
    // What is said beneath the formula once the picture is there has its place before anything is clicked.
    await panel.says("check-verdict", /^Gradient checked$/);
    expect(await panel.missingFonts()).toEqual([]);
  });

  async function moved(from: number[]): Promise<number[]> {
    const start = await until("the start moves", () => panel.start(), (now) => now.join() !== from.join());
    // The run that belongs to the new start begins there.
    await panel.click("player-first");
    const shown = async (): Promise<number[]> => [await panel.number("readout-coordinate", 0), await panel.number("readout-coordinate", 1)];
    await until("the run begins at the start", shown, (point) => point.every((x, i) => Math.abs(x - (start[i] ?? NaN)) <= 1e-3 * Math.abs(x) + 1e-3));
    return start;
  }

  test("goes where the plot is clicked, and the descent with it", async () => {
    const before = await panel.start();
    await panel.clickAt("plot", 0.3, 0.3);
    const [x = NaN, y = NaN] = await moved(before);
    await panel.clickAt("plot", 0.7, 0.3);
    const [right = NaN, same = NaN] = await moved([x, y]);
    expect(right).toBeGreaterThan(x);
    expect(same).toBeCloseTo(y, 6);
    await panel.clickAt("plot", 0.7, 0.7);
    const [, lower = NaN] = await moved([right, same]);
    expect(lower).toBeLessThan(same);
    await panel.reaches({ status: "converged" });
    await editor().screenshot("start-by-click");
  });

  test("can be dragged, and the path follows", async () => {
    const before = await panel.start();
    await panel.drag("plot", { x: 0.7, y: 0.7 }, { x: 0.25, y: 0.4 });
    const [x = NaN] = await moved(before);
    expect(x).toBeLessThan(before[0] ?? NaN);
    await panel.reaches({ status: "converged" });
    await editor().screenshot("start-by-drag");
  });

  test("comes back when it is reset", async () => {
    const before = await panel.start();
    await panel.click("reset-start");
    await moved(before);
  });
});
