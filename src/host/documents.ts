import * as vscode from "vscode";
import type { Language } from "../core/source/program";

/** Where a program is looked at, so is the highlighted formula in it; every other text holds formulas only. */
export function languageOf(document: vscode.TextDocument): Language {
  switch (document.languageId) {
    case "typescript":
    case "typescriptreact": return "typescript";
    case "javascript":
    case "javascriptreact": return "javascript";
    default: return "math";
  }
}

/** The document as it stands in the editor, saved or not; from wherever it lives, if no editor has it. */
export async function readDocument(uri: string): Promise<string | undefined> {
  const parsed = vscode.Uri.parse(uri, true);
  const document = openDocument(uri) ?? (parsed.scheme === "untitled" ? undefined : await loadDocument(parsed));
  return document?.getText();
}

/** The last part of its path. Addresses out of an earlier session may be anything; what is odd about them may be seen. */
export function labelOf(uri: string): string {
  const { path } = vscode.Uri.parse(uri);
  return path.slice(path.lastIndexOf("/") + 1) || uri;
}

export function openDocument(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

async function loadDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  // `stat` first: opening what is not there is an error with a message of its own, and there is none to tell apart otherwise.
  return (await exists(uri)) ? vscode.workspace.openTextDocument(uri) : undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}

/** The text of an imported module. It is not opened as a document: nobody looks at it. */
export async function readModule(uri: string): Promise<string | undefined> {
  const open = openDocument(uri);
  if (open) return open.getText();
  const parsed = vscode.Uri.parse(uri, true);
  if (parsed.scheme === "untitled" || !(await exists(parsed))) return undefined;
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(parsed));
}

export function uriBeside(uri: string, path: string): string {
  return vscode.Uri.joinPath(vscode.Uri.parse(uri, true), "..", path).toString();
}
