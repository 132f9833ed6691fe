import { expect, test } from "vitest";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

const editor = useEditor();

test("Nothing the panel does violates its content security policy, and nothing is thrown", async () => {
  await editor().openFile("notes.md");
  await editor().select("notes.md", "(1 - x)^2 + 100 (y - x^2)^2");
  await editor().press("ControlOrMeta+Alt+KeyD");
  const panel = await editor().panel();
  await panel.reaches({ view: "ready", landscape: "contour" });
  // What makes styles, canvases, fonts and pictures: play, scrub, hover, click, zoom, another method, another theme.
  await panel.click("player-last");
  const { x, y } = await panel.pointIn("plot", 0.6, 0.5);
  await editor().page.mouse.move(x, y);
  await panel.says("hover", /\d/);
  await panel.clickAt("plot", 0.4, 0.4);
  await panel.click("zoom-in");
  await panel.click("zoom-fit");
  await panel.click("method");
  await editor().press("ArrowDown");
  await editor().press("Enter");
  await editor().setTheme("light");
  await editor().page.waitForTimeout(500);
  expect(editor().records.violations).toEqual([]);
  expect(editor().records.exceptions).toEqual([]);
});

test("A violation would have been seen", async () => {
  const panel = await editor().panel();
  await panel.frame.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.hacked = true";
    document.body.append(script);
  });
  await until("the violation is recorded", () => Promise.resolve(editor().records.violations.length), (count) => count > 0);
  expect(await panel.frame.evaluate(() => "hacked" in window)).toBe(false);
});

test("The policy names a fresh nonce, and neither unsafe-inline nor unsafe-eval", async () => {
  const policyOf = async (): Promise<string> => {
    const panel = await editor().panel();
    const meta = panel.frame.locator('meta[http-equiv="Content-Security-Policy"]');
    return (await meta.getAttribute("content")) ?? "";
  };
  const before = await policyOf();
  expect(before).toContain("default-src 'none'");
  expect(before).not.toContain("unsafe-");
  const nonce = /script-src 'nonce-([\w+/=]+)'(?:;|$)/.exec(before)?.[1] ?? "";
  expect(Buffer.from(nonce, "base64").length).toBeGreaterThanOrEqual(16);
  await editor().reload();
  const panel = await editor().panel();
  await panel.reaches({ view: "ready" });
  expect(await policyOf()).not.toBe(before);
});
