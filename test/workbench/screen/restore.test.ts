import { expect, test } from "vitest";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

const editor = useEditor();

test("After a reload of the window the panel comes back with its function, its start and its settings", async () => {
  await editor().openFile("notes.md");
  await editor().select("notes.md", "x^2 - y^2");
  await editor().press("ControlOrMeta+Alt+KeyD");
  const before = await editor().panel();
  await before.reaches({ view: "ready", landscape: "contour" });
  const chosen = await before.start();
  await before.clickAt("plot", 0.35, 0.4);
  const start = await until("the start moves", () => before.start(), (now) => now.join() !== chosen.join());
  const latex = await before.latex("formula-value");
  const rate = await before.part("learning-rate").locator("input").first().inputValue();

  await editor().reload();
  const after = await editor().panel();
  await after.reaches({ view: "ready", mode: "descend", dimension: "2", landscape: "contour" });
  expect(await after.latex("formula-value")).toEqual(latex);
  expect(await after.start()).toEqual(start);
  expect(await after.part("learning-rate").locator("input").first().inputValue()).toBe(rate);
  expect(await after.errors()).toEqual([]);
  await editor().screenshot("restored");
});

test("A panel that was hidden behind another editor comes back as it was", async () => {
  const before = await editor().panel();
  const [start, latex] = [await before.start(), await before.latex("formula-value")];
  await editor().openFile("surfaces.ts", "second");
  await until("the panel's page is gone", () => Promise.resolve(before.frame.isDetached()), (gone) => gone);
  await editor().page.locator(".tab").filter({ hasText: "Downhill" }).click();
  const after = await editor().panel();
  await after.reaches({ view: "ready", landscape: "contour" });
  expect(await after.start()).toEqual(start);
  expect(await after.latex("formula-value")).toEqual(latex);
});
