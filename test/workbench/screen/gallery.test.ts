import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";
import { contactSheet } from "../harness/contactSheet";
import type { Exhibit } from "../harness/contactSheet";
import type { Panel } from "../harness/panel";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

/** All whose derivative a person has written down, and of the long list every so many. */
const every = 12;
const inputs = [...new Set([...inputsOf("ideals"), ...inputsOf("textbook").filter((_input, i) => i % every === 0)])];
const perPage = 5;
/** "At most about a dozen" stand open. */
const mostLines = 14;

function inputsOf(name: string): string[] {
  const { cases } = JSON.parse(readFileSync(path.join(root, `test/fixtures/symbolic/${name}.json`), "utf8")) as { cases: { input: string }[] };
  return cases.map(({ input }) => input);
}

/*
 * What the engine prints is compared with textbooks elsewhere. Here it stands as a person sees it, formula, gradient and
 * steps: on the pages test-results/screenshots/gallery-….png, to be read by eye.
 */
describe("A gallery of formulas with their gradients and steps", () => {
  const editor = useEditor({ theme: "light", size: { width: 1500, height: 1700 } });
  const exhibits: Exhibit[] = [];
  let panel: Panel;

  beforeAll(async () => {
    writeFileSync(path.join(editor().folder, "gallery.md"), inputs.join("\n\n"));
    await editor().openFile("gallery.md");
  });

  afterAll(async () => {
    for (let at = 0; at < exhibits.length; at += perPage) {
      await contactSheet(editor().page, `gallery-${at / perPage + 1}`, exhibits.slice(at, at + perPage));
    }
  });

  const firstStep = async (): Promise<string> => (await panel.latex("step-math"))[0] ?? "";

  test.each(inputs.map((input, index) => [input, index] as const))("%s is typeset, all of it in sight", async (input, index) => {
    const before = index === 0 ? "" : await firstStep();
    await editor().focusText();
    await editor().goTo(2 * index + 1, 1);
    await editor().press("Shift+End");
    await editor().press("ControlOrMeta+Alt+KeyG");
    panel = await editor().panel();
    await until("the panel shows the line", () => panel.part("title").textContent(), (title) => (title ?? "").endsWith(input));
    await panel.reaches({ view: "ready", stale: "false" });
    if (index === 0) await panel.part("derivation").locator("summary").first().click();
    await until("its steps are told", firstStep, (step) => step !== "" && step !== before);
    exhibits.push({ caption: input, pictures: [await panel.part("formula").screenshot(), await panel.part("derivation").screenshot()] });

    expect(await panel.part("formula-partial").count()).toBeGreaterThan(0);
    const { unread, cut, lines } = await panel.frame.evaluate(() => ({
      unread: [...document.querySelectorAll("[data-typeset-problem]")].map((node) => node.textContent),
      // Faded edges say that something is left to be scrolled to.
      cut: [...document.querySelectorAll(".continues, .folded, .more-below")].map((node) => `${node.className}: ${node.textContent}`),
      lines: [...document.querySelectorAll("[data-testid=steps] [role=treeitem]")].filter((line) => line.checkVisibility()).length,
    }));
    expect(unread).toEqual([]);
    expect(cut).toEqual([]);
    expect(lines).toBeGreaterThan(0);
    expect(lines).toBeLessThanOrEqual(mostLines);
  });
});
