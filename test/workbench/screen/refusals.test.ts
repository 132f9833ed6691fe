import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

const text = `export function name(x: number) {
  return "x" + x;
}

export function endless(x: number) {
  while (x === x) x += 1;
  return x;
}

export function good(x: number) {
  return (x - 1) ** 2;
}
`;

describe("What cannot be differentiated", () => {
  const editor = useEditor({ settings: { "downhill.timeLimit": 1 } });

  test("is refused with a sentence, the place, and a remedy, in the panel and in the editor", async () => {
    writeFileSync(path.join(editor().folder, "refused.ts"), text);
    await editor().openFile("refused.ts");
    await editor().putCursor("refused.ts", 'return "x"');
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    await panel.reaches({ view: "problem" });
    const [error] = await until("an error is shown", () => panel.errors(), (errors) => errors.length > 0);
    expect(error?.message).toMatch(/\.$/);
    expect(error?.hint).toMatch(/\.$/);
    expect(error?.place).toMatch(/line [12]/);
    expect(await panel.text("problems")).not.toMatch(/\bat .*\.(js|ts):\d+/);
    const listed = async (): Promise<string> => (await editor().problems()).join("\n");
    await until("the editor says so too", listed, (all) => all.includes(error?.message ?? "?"));
    await editor().screenshot("refused");
  });

  test("if it never ends, is stopped, while the editor stays awake; and the next function works", async () => {
    await editor().focusText();
    await editor().putCursor("refused.ts", "while (x === x)");
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    const before = await panel.errors();
    // A key pressed now is answered, though something computes: the editor does not wait for it.
    await editor().press("ArrowRight");
    await editor().page.locator("#status\\.editor\\.selection").filter({ hasText: "Ln 6, Col 4" }).waitFor();
    const errors = await until("another error is shown", () => panel.errors(), (now) => now.length > 0 && now[0]?.message !== before[0]?.message);
    expect(errors[0]?.message).toMatch(/\.$/);
    expect(errors[0]?.hint).toMatch(/\.$/);
    await editor().screenshot("endless");
    await editor().focusText();
    await editor().putCursor("refused.ts", "return (x - 1)");
    await editor().press("ControlOrMeta+Alt+KeyD");
    await panel.says("title", /good/);
    await panel.reaches({ view: "ready", status: "converged", dimension: "1" });
  });

  test("if nothing is there, says what to highlight", async () => {
    await editor().openFile("notes.md");
    await editor().putCursor("notes.md", "Highlight a formula below");
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    await panel.says("title", /notes\.md/);
    await panel.reaches({ view: "problem" });
    const [error] = await until("an error is shown", () => panel.errors(), (errors) => errors.length > 0);
    expect(error).toMatchObject({ hint: expect.stringMatching(/[Hh]ighlight/) as string });
  });
});
