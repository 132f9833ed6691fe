import type { Printable } from "../symbolic/formula";
import { printLatex } from "./latex";
import { printText } from "./text";
import type { Written } from "./written";

/** A formula in every dialect; `typeset` is the form for paper, where it differs from the one for code. */
export function printable(written: () => Written, typeset: () => Written = written): Printable {
  return {
    latex: () => printLatex(typeset()),
    typescript: () => printText(written(), "typescript"),
    python: () => printText(written(), "python"),
    math: () => printText(written(), "math"),
  };
}
