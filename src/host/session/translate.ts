/** `vscode.l10n.t`, handed to what must run without an editor too. */
export type Translate = (message: string, ...values: (string | number)[]) => string;
