import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";
import { serveWorkbench } from "../../../scripts/lib/serveWorkbench.mjs";
import type { Workbench } from "../../../scripts/lib/serveWorkbench.mjs";
import { useEditor } from "../harness/useEditor";

const vsix = path.join(root, "test-results/downhill.vsix");

describe("The packaged extension, installed in an editor that has never seen the sources", () => {
  const data = mkdtempSync(path.join(tmpdir(), "downhill-packaged-"));
  let workbench: Workbench;

  beforeAll(async () => {
    if (!existsSync(vsix)) throw new Error("There is no package to install: `npm run test:workbench` makes it.");
    workbench = await serveWorkbench({ server: inject("tools").server, data, vsix });
  });
  afterAll(async () => {
    await workbench.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  });
  const editor = useEditor({ theme: "light" }, () => ({ url: workbench.url, data }));

  test("descends", async () => {
    await editor().openFile("notes.md");
    await editor().select("notes.md", "x^2 + y^2");
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    await panel.reaches({ view: "ready", status: "converged", landscape: "contour" });
    expect(await panel.latex("formula-partial")).toHaveLength(2);
    expect(await panel.missingFonts()).toEqual([]);
    await editor().screenshot("packaged");
  });

  test("reads TypeScript", async () => {
    await editor().openFile("regression.ts");
    await editor().putCursor("regression.ts", "const error = w * hours[i]");
    await editor().press("ControlOrMeta+Alt+KeyD");
    const panel = await editor().panel();
    await panel.says("title", /meanSquaredError/);
    await panel.reaches({ view: "ready", dimension: "2" });
  });
});
