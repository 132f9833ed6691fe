import type { Printable } from "../symbolic/formula";
import { printLatex } from "./latex";
import { printText } from "./text";
import type { Written } from "./written";

/** A formula in every dialect, each printed once; `typeset` and `plain` are the forms for paper and plain text, where they differ from the one for code. */
export function printable(written: () => Written, typeset: () => Written = written, plain: () => Written = written): Printable {
  return {
    latex: once(() => printLatex(typeset())),
    typescript: once(() => printText(written(), "typescript")),
    python: once(() => printText(written(), "python")),
    math: once(() => printText(plain(), "math")),
  };
}

/** A formula that is worked out when it is first printed. */
export function later(make: () => Printable): Printable {
  const made = once(make);
  return { latex: () => made().latex(), typescript: () => made().typescript(), python: () => made().python(), math: () => made().math() };
}

function once<T extends string | object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
