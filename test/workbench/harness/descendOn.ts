import type { Editor } from "./editor";
import type { Panel } from "./panel";

/** Opens a file, puts the cursor before a piece of its text, and presses the key of Downhill: Descend. */
export async function descendOn(editor: Editor, file: string, before: string): Promise<Panel> {
  await editor.openFile(file);
  await editor.putCursor(file, before);
  await editor.press("ControlOrMeta+Alt+KeyD");
  return editor.panel();
}

/** The valley that the pictures are taken of, walked down to the end. */
export async function descendRosenbrock(editor: Editor): Promise<Panel> {
  const panel = await descendOn(editor, "surfaces.ts", "return (1 - x) ** 2");
  await panel.reaches({ view: "ready", landscape: "contour" });
  await panel.click("player-last");
  return panel;
}
