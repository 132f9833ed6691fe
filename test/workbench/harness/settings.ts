import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What makes typing by machine do what it says: nothing is completed, closed or indented unasked. */
const plainTyping = {
  "editor.autoClosingBrackets": "never",
  "editor.autoClosingQuotes": "never",
  "editor.autoIndent": "none",
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.suggestOnTriggerCharacters": false,
  "editor.parameterHints.enabled": false,
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
  "window.confirmBeforeClose": "never",
  // On a busy machine the engine may take longer to start than a person would want to wait.
  "downhill.timeLimit": 30,
};

/** Merges into the user settings of a workbench; it follows the file while it runs. */
export function writeSettings(data: string, changes: Record<string, unknown>): void {
  const file = path.join(data, "User/settings.json");
  const before = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...before, ...plainTyping, ...changes }, null, 2));
}
