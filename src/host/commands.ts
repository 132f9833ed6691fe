import * as vscode from "vscode";
import { defaultDescent } from "../shared/defaults";
import { commands } from "../shared/ids";
import type { PanelIntent } from "../shared/intent";
import type { PlayerCommand } from "../shared/protocol";
import { languageOf } from "./documents";
import type { PanelManager } from "./panel/panelManager";
import { readSettings } from "./settings";

const playerCommands: Record<PlayerCommand, string> = {
  play: commands.play,
  pause: commands.pause,
  step: commands.step,
  stepBack: commands.stepBack,
  first: commands.first,
  last: commands.last,
};

export function registerCommands(panels: PanelManager, prewarm: () => void): vscode.Disposable[] {
  const show = (mode: PanelIntent["mode"]) => (): void => {
    prewarm();
    const editor = vscode.window.activeTextEditor;
    if (editor) panels.open(intentOf(editor, mode));
    // With the panel in focus no editor is active: what it shows already is meant.
    else if (panels.current) void panels.current.setMode(mode);
    else void vscode.window.showInformationMessage(vscode.l10n.t("Open a file, highlight a formula or put the cursor in a function, and run the command again."));
  };
  return [
    vscode.commands.registerCommand(commands.showGradient, show("gradient")),
    vscode.commands.registerCommand(commands.descend, show("descend")),
    ...Object.entries(playerCommands).map(([name, id]) =>
      vscode.commands.registerCommand(id, () => panels.player(name as PlayerCommand))),
  ];
}

/** What the selection points at; which language it reads as is the engine's to find out. */
function intentOf({ document, selection }: vscode.TextEditor, mode: PanelIntent["mode"]): PanelIntent {
  return {
    version: 1,
    mode,
    source: {
      uri: document.uri.toString(),
      language: languageOf(document),
      selection: { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) },
    },
    descent: defaultDescent(readSettings()),
  };
}
