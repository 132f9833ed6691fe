import { afterAll, afterEach, beforeAll } from "vitest";
import { openEditor } from "./editor";
import type { Editor, EditorOptions } from "./editor";

/**
 * One editor window for all the tests of a file or a `describe`, in order. When a test fails, what was on screen is kept in
 * test-results/screenshots/failed-….png.
 */
export function useEditor(options: EditorOptions | (() => Promise<EditorOptions>) = {}): () => Editor {
  let editor: Editor | undefined;
  const current = (): Editor => {
    if (!editor) throw new Error("The editor is there only while the tests run.");
    return editor;
  };
  beforeAll(async () => {
    editor = await openEditor(typeof options === "function" ? await options() : options);
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
