import type { Diagnostic } from "../core/source/diagnostic";
import { LineIndex } from "../core/source/positions";
import type { Language } from "../core/source/program";

/** Says that the function that was shown is there no more; that another has taken its place is not what the person wanted. */
export function targetGone(at: { text: string; selection: { start: number; end: number } }, target: string): Diagnostic {
  return {
    code: "E120",
    message: `The function “${target}” is not here any more.`,
    hint: "Bring it back, or put the cursor in another function and run the command again.",
    severity: "error",
    range: new LineIndex(at.text).range(at.selection),
  };
}

/** Says that there is nothing to differentiate at a place, and what to do about it. */
export function nothingHere(at: { text: string; language: Language; selection: { start: number; end: number } }): Diagnostic {
  const range = new LineIndex(at.text).range(at.selection);
  const isProgram = at.language !== "math" && at.language !== "latex";
  const hint = isProgram
    ? "Put the cursor in a function that returns a number, or highlight a formula such as x ** 2 + y ** 2."
    : "Highlight a formula such as x^2 + y^2, or put the cursor on a line such as f(x, y) = x^2 + y^2.";
  const message = at.selection.start < at.selection.end
    ? `What is highlighted is ${isProgram ? "neither a function nor a formula" : "not a formula"}.`
    : isProgram ? "The cursor is not in a function, and nothing is highlighted." : "Nothing is highlighted.";
  return { code: "E120", message, hint, severity: "error", range };
}
