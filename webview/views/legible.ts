import { fraction, pieceEnd } from "./texPieces";

const wideAccents: Readonly<Record<string, string>> = { bar: "\\overline", hat: "\\widehat", tilde: "\\widetilde" };
const word = String.raw`\\mathrm\{[^{}]{2,}\}`;
const accentOverWord = new RegExp(String.raw`\\(bar|hat|tilde)(?=\{${word}\})`, "g");
const beforeWord = new RegExp(String.raw`(?<=[\w)}])(?<!\\[a-zA-Z]+) (?=(?:\\(?:overline|widehat|widetilde)\{)?${word})`, "g");
const afterWord = new RegExp(String.raw`(${word}\}?(?:_(?:\{[^{}]*\}|\w))?) (?=[a-zA-Z]|\\(?:bar|hat|tilde)\{)`, "g");

/**
 * As one reads it from afar; for the eye only: what is copied stays as the printer wrote it.
 */
export function legible(tex: string): string {
  return wordsApart(fullSize(tex, false));
}

/** A fraction within a fraction would be set small, its exponents smaller still: but for ½ and the like it is as large as its own. */
function fullSize(tex: string, inFraction: boolean): string {
  let result = "";
  for (let at = 0; at < tex.length;) {
    const parts = fraction(tex, at);
    if (!parts) {
      // What is raised or lowered stays small, whatever is in it.
      const end = tex[at] === "^" || tex[at] === "_" ? pieceEnd(tex, at + 1) : tex[at] === "{" ? at + 1 : pieceEnd(tex, at);
      result += tex.slice(at, end);
      at = end;
      continue;
    }
    const { above, below, end } = parts;
    const isPlain = /^[\d.]*$/.test(above) && /^[\d.]*$/.test(below);
    result += `\\${inFraction && !isPlain ? "d" : ""}frac{${fullSize(above, true)}}{${fullSize(below, true)}}`;
    at = end;
  }
  return result;
}

/**
 * Names of several letters as one reads them: an accent spans the whole word, and a little space keeps it from running into its
 * neighbour, so that w hours is not whours.
 */
function wordsApart(tex: string): string {
  return tex
    .replace(accentOverWord, (_whole, accent: string) => wideAccents[accent] ?? `\\${accent}`)
    .replace(beforeWord, " \\, ")
    .replace(afterWord, "$1 \\, ");
}
