const wideAccents: Readonly<Record<string, string>> = { bar: "\\overline", hat: "\\widehat", tilde: "\\widetilde" };
const word = String.raw`\\mathrm\{[^{}]{2,}\}`;
const accentOverWord = new RegExp(String.raw`\\(bar|hat|tilde)(?=\{${word}\})`, "g");
const beforeWord = new RegExp(String.raw`(?<=[\w)}])(?<!\\[a-zA-Z]+) (?=(?:\\(?:overline|widehat|widetilde)\{)?${word})`, "g");
const afterWord = new RegExp(String.raw`(${word}\}?(?:_(?:\{[^{}]*\}|\w))?) (?=[a-zA-Z]|\\(?:bar|hat|tilde)\{)`, "g");

/**
 * Names of several letters as one reads them: an accent spans the whole word, and a little space keeps it from running into its
 * neighbour, so that w hours is not whours. For the eye only: what is copied stays as the printer wrote it.
 */
export function legible(tex: string): string {
  return tex
    .replace(accentOverWord, (_whole, accent: string) => wideAccents[accent] ?? `\\${accent}`)
    .replace(beforeWord, " \\, ")
    .replace(afterWord, "$1 \\, ");
}
