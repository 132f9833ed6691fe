import { afterAll, afterEach, beforeAll, inject } from "vitest";
import { openEditor } from "./editor";
import type { Editor, EditorOptions, Surroundings } from "./editor";

/**
 * One editor window for all the tests of a file or a `describe`, in order. When a test fails, what was on screen is kept in
 * test-results/screenshots/failed-….png.
 */
export function useEditor(options: EditorOptions = {}, workbench: () => Surroundings["workbench"] = () => inject("workbench")): () => Editor {
  let editor: Editor | undefined;
  const current = (): Editor => {
    if (!editor) throw new Error("The editor is there only while the tests run.");
    return editor;
  };
  beforeAll(async () => {
    editor = await openEditor({ workbench: workbench(), chromium: inject("tools").chromium }, options);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await current().screenshot(`failed-${task.name.replace(/[^\w]+/g, "-")}`);
  });
  afterAll(async () => {
    await editor?.close();
    editor = undefined;
  });
  return current;
}
