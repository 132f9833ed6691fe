import * as vscode from "vscode";
import type { Diagnostic, Range, Severity } from "../core/source/diagnostic";
import { diagnosticSource } from "../shared/ids";

/** Downhill's problems in the editor: squiggles, and entries in the list of problems. */
export class EditorProblems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(diagnosticSource);

  show(uri: string, problems: readonly Diagnostic[]): void {
    this.collection.set(vscode.Uri.parse(uri, true), problems.map(editorDiagnostic));
  }

  clear(uri: vscode.Uri): void {
    this.collection.delete(uri);
  }

  dispose(): void {
    this.collection.dispose();
  }
}

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function editorDiagnostic({ code, message, hint, severity, range }: Diagnostic): vscode.Diagnostic {
  const text = hint === undefined ? message : `${message}\n${hint}`;
  const diagnostic = new vscode.Diagnostic(editorRange(range), text, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = code;
  return diagnostic;
}

export function editorRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
