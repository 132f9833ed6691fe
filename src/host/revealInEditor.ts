import * as vscode from "vscode";
import type { Range } from "../core/source/diagnostic";
import { editorRange } from "./editorProblems";

/** Shows a place in the editor that already has the document, if one has. */
export async function revealInEditor(uri: string, range: Range): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  const place = shown?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { viewColumn: place, selection: editorRange(range) });
}
