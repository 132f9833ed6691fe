import type { Printable } from "../symbolic/formula";
import { printLatex } from "./latex";
import { printText } from "./text";
import type { Written } from "./written";

/** A formula in every dialect, each printed once; `typeset` is the form for paper, where it differs from the one for code. */
export function printable(written: () => Written, typeset: () => Written = written): Printable {
  return {
    latex: once(() => printLatex(typeset())),
    typescript: once(() => printText(written(), "typescript")),
    python: once(() => printText(written(), "python")),
    math: once(() => printText(written(), "math")),
  };
}

function once(print: () => string): () => string {
  let text: string | undefined;
  return () => (text ??= print());
}
