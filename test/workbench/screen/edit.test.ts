import { beforeAll, describe, expect, test } from "vitest";
import type { Panel } from "../harness/panel";
import { until } from "../harness/until";
import { useEditor } from "../harness/useEditor";

describe("Editing while the panel is open", () => {
  const editor = useEditor();
  let panel: Panel;
  let complaint = "";

  beforeAll(async () => {
    await editor().openFile("notes.md");
    await editor().select("notes.md", "x^2 + y^2");
    await editor().press("ControlOrMeta+Alt+KeyD");
    panel = await editor().panel();
    await panel.reaches({ status: "converged", landscape: "contour" });
    await editor().focusText();
  });

  async function formula(): Promise<string> {
    return (await panel.latex("formula-value")).join().replaceAll(/\s|\\,|\\cdot/g, "");
  }

  const listed = async (): Promise<string> => (await editor().problems()).join("\n");

  test("the picture follows the text as it is typed", async () => {
    await editor().putCursor("notes.md", "x^2 + y^2");
    await editor().type("3");
    await until("the formula follows", formula, (tex) => /3x\^/.test(tex));
    await panel.reaches({ status: "converged", stale: "false" });
  });

  test("a typing error keeps the last good picture, and says what is wrong and where", async () => {
    const good = await formula();
    await editor().type("(");
    await panel.reaches({ stale: "true", view: "ready" });
    expect(await formula()).toBe(good);
    const [error] = await panel.errors();
    complaint = error?.message ?? "";
    expect(complaint).toMatch(/\S.*\.$/s);
    expect(error?.place).toMatch(/line 5/);
    await until("the editor says so too", listed, (all) => all.includes(complaint));
    await editor().screenshot("typing-error");
  });

  test("mended, it follows again and the complaint is gone", async () => {
    await editor().focusText();
    await editor().press("Backspace");
    await panel.reaches({ stale: "false", view: "ready" });
    await until("the panel stops complaining", () => panel.errors(), (errors) => errors.length === 0);
    await until("the editor stops complaining", listed, (all) => !all.includes(complaint));
    await editor().focusText();
  });

  test("a TypeScript function is followed by its name through edits above it", async () => {
    await editor().openFile("surfaces.ts");
    await editor().putCursor("surfaces.ts", "return (1 - x) ** 2");
    await editor().press("ControlOrMeta+Alt+KeyD");
    await panel.says("title", /rosenbrock/);
    await editor().goTo(1, 1);
    await editor().type("const unrelated = 1;\n");
    await panel.reaches({ view: "ready", stale: "false", dimension: "2" });
    await panel.says("title", /rosenbrock/);
  });
});
