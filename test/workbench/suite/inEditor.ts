import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { TestApi } from "../../../src/extension";
import type { SourceSnapshot } from "../../../src/shared/protocol";

/** What `activate` answers in tests. */
export async function testApi(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi | undefined>("downhill.downhill");
  assert.ok(extension, "downhill.downhill is not installed");
  const api = await extension.activate();
  assert.ok(api, "activate() answers with nothing: this is not ExtensionMode.Test");
  return api;
}

const extensions = { markdown: "md", plaintext: "txt", typescript: "ts", javascript: "js" };
const folder = mkdtempSync(path.join(tmpdir(), "downhill-in-host-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
let shown = 0;

/** Shows a new document, with a name of its own, and highlights a piece of it (or puts the cursor before it). */
export async function show(language: keyof typeof extensions, content: string, piece: string, how: "highlight" | "cursor" = "highlight"): Promise<vscode.TextEditor> {
  const file = path.join(folder, `text${++shown}.${extensions[language]}`);
  writeFileSync(file, content);
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const offset = content.indexOf(piece);
  assert.ok(offset >= 0, `${JSON.stringify(piece)} is not in the text`);
  const start = document.positionAt(offset);
  editor.selection = new vscode.Selection(start, how === "cursor" ? start : document.positionAt(offset + piece.length));
  return editor;
}

/** Asks until there is an answer; fails, saying what was hoped for, when there is none in time. */
export async function eventually<Answer>(what: string, ask: () => Answer | undefined, timeout = 20_000): Promise<Answer> {
  const api = await testApi();
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) {
      const panel = api.panelState();
      const known = panel ? `The panel is ${panel.listening ? "" : "not "}listening and knows ${JSON.stringify(panel.told.source)}` : "There is no panel";
      assert.fail(`Not within ${timeout} ms: ${what}. The engine: ${JSON.stringify(api.engineState())}. ${known}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Runs a command on what is shown and waits until the panel has been told about this very document, and the engine rests. */
export async function runOn(editor: vscode.TextEditor, command: "downhill.descend" | "downhill.showGradient"): Promise<SourceSnapshot> {
  const api = await testApi();
  await vscode.commands.executeCommand(command);
  const uri = editor.document.uri.toString();
  return eventually(`the panel knows ${uri}`, () => {
    const source = api.panelState()?.told.source;
    const about = source?.intent.source.uri === uri && !source.busy;
    return about && (source.objective !== null || source.problems.length > 0) ? source : undefined;
  });
}

export async function closeEverything(): Promise<void> {
  for (const { document } of vscode.window.visibleTextEditors) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const api = await testApi();
  await eventually("the panel is closed", () => (api.panelState() === undefined ? true : undefined));
}
