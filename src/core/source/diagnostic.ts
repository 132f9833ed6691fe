/** Zero-based line and UTF-16 character, as editors count them. */
export interface Position {
  line: number;
  character: number;
}

/** `end` is exclusive. */
export interface Range {
  start: Position;
  end: Position;
}

export type Severity = "error" | "warning" | "info";

/**
 * Something a person should know about their text. `code` is stable (E1xx refuses, W2xx warns, I3xx informs);
 * `message` is one plain sentence; `hint` is the remedy, where there is one.
 */
export interface Diagnostic {
  code: string;
  message: string;
  hint?: string;
  severity: Severity;
  range: Range;
}

/** Text that cannot be read or differentiated. Always carries at least one diagnostic of severity "error". */
export class SourceError extends Error {
  override readonly name = "SourceError";

  constructor(readonly diagnostics: Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
  }
}
