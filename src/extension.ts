import * as vscode from "vscode";
import { EngineClient } from "./host/engine/engineClient";
import type { EngineState } from "./host/engine/engineClient";
import { startWorker } from "./host/engine/startWorker";
import { registerCommands } from "./host/commands";
import { DataFiles } from "./host/dataFiles";
import { labelOf, readDocument, readModule, uriBeside } from "./host/documents";
import { EditorProblems } from "./host/editorProblems";
import { PanelManager } from "./host/panel/panelManager";
import type { PanelState } from "./host/panel/panelManager";
import { lazyLog } from "./host/lazyLog";
import { revealInEditor } from "./host/revealInEditor";
import { importedModules } from "./host/session/importedModules";
import { readSettings } from "./host/settings";
import { displayMemoryKey, intentMemoryKey, panelViewType } from "./shared/ids";

/** For the tests that run inside the editor, and for nobody else. */
export interface TestApi {
  panelState(): PanelState | undefined;
  engineState(): EngineState;
}

/** Composes the parts. Nothing is read, started or shown before a command, or a panel to restore, asks for it. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const { extensionUri, subscriptions, workspaceState, globalState } = context;
  const log = lazyLog(subscriptions);
  const problems = new EditorProblems();
  const engine = new EngineClient({
    startWorker: () => startWorker(vscode.Uri.joinPath(extensionUri, "dist", "worker.js").fsPath),
    timeLimit: () => readSettings().timeLimit * 1000,
    log,
  });
  const dataFiles = new DataFiles();
  let lastId = 0;
  const panels = new PanelManager({
    extensionUri,
    log,
    session: {
      engine,
      label: labelOf,
      read: readDocument,
      beside: (source, signal) => importedModules(source, {
        mentioned: (text) => engine.request("imports", text, signal),
        beside: uriBeside,
        read: readModule,
        readFile: (uri, programUri) => dataFiles.read(uri, programUri),
      }, signal),
      mark: (uri, list) => problems.show(uri, list),
      settings: readSettings,
      newId: () => ++lastId,
      t: (message, ...values) => vscode.l10n.t(message, ...values),
    },
    memory: {
      keep: (intent) => void workspaceState.update(intentMemoryKey, intent),
      recall: () => workspaceState.get(intentMemoryKey),
    },
    displayMemory: {
      keep: (display) => void globalState.update(displayMemoryKey, display),
      recall: () => globalState.get(displayMemoryKey),
    },
    reveal: (uri, range) => void revealInEditor(uri, range),
    copy: async (text) => vscode.env.clipboard.writeText(text),
  });
  subscriptions.push(
    problems, engine, panels,
    ...registerCommands(panels, () => engine.prewarm()),
    vscode.window.registerWebviewPanelSerializer(panelViewType, panels),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const uri = document.uri.toString();
      if (contentChanges.length === 0 || !panels.current?.follows(uri)) return;
      const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({ offset: rangeOffset, removed: rangeLength, inserted: text }));
      panels.current.documentChanged(uri, document.getText(), changes);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => problems.clear(uri)),
  );
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return { panelState: () => panels.state, engineState: () => ({ ...engine.state }) };
}
