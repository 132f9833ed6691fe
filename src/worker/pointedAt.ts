import { SourceError } from "../core/source/diagnostic";
import type { Language, Program, Source } from "../core/source/program";
import { nothingHere, targetGone } from "./nothingHere";
import { proseAt } from "./proseAt";

export interface Pointing {
  text: string;
  /** The document's, or the one it was read as before. */
  language: Language;
  selection: { start: number; end: number };
  /** The function's name, where it was found before. */
  target?: string;
  /** The functions there were when it was: one of them is not the target under a new name. */
  known?: readonly string[];
  uri: string;
  resolve?: Source["resolve"];
  readFile?: Source["readFile"];
}

/** What a person points at: a program and the name of one of its functions, read in the language that fits. */
export interface PointedAt<P extends Program> {
  language: Language;
  program: P;
  target: string;
}

/**
 * Decides between the two things a highlight in a program can mean: the function it denotes, or, where it is a formula (in a
 * comment, a string, or as a part of an expression), that formula. Everywhere else it is a formula. Throws SourceError.
 */
export function pointedAt<P extends Program>(pointing: Pointing, read: (source: Source) => P): PointedAt<P> {
  const { text, language, selection, target, known = [] } = pointing;
  const readAs = (as: Language): PointedAt<P> | undefined => {
    const program = read(sourceOf(pointing, as));
    // A formula has no name of its own to be found by again: it is where the selection is.
    const found = as !== "math" && program.functions.some(({ name }) => name === target) ? target : program.target;
    if (target !== undefined && found !== target && (found === undefined || known.includes(found))) {
      throw new SourceError([targetGone(pointing, target)]);
    }
    return found === undefined ? undefined : { language: as, program, target: found };
  };
  const nothing = (): never => {
    throw new SourceError([nothingHere(pointing)]);
  };
  if (language !== "typescript" && language !== "javascript") return readAs(language) ?? nothing();

  const highlighted = text.slice(selection.start, selection.end).trim();
  const prose = proseAt(text, selection.start);
  if (target === undefined && (prose || isFormula(highlighted))) {
    const formula = attempt(() => readAs("math"));
    if (formula.ok && formula.value && !refused(formula.value)) return formula.value;
    // In prose a broken formula is what the person must mend, unless it was only the cursor's place: then the function is meant.
    if (prose && highlighted !== "") {
      if (!formula.ok) throw formula.error;
      return formula.value ?? nothing();
    }
  }
  return readAs(language) ?? nothing();
}

function sourceOf({ text, selection, uri, resolve, readFile }: Pointing, language: Language): Source {
  return { text, language, selection, uri, ...(resolve ? { resolve } : {}), ...(readFile ? { readFile } : {}) };
}

/** A lone name or number in a program stands for what it names, not for the formula "x"; statements are no formulas. */
function isFormula(highlighted: string): boolean {
  if (highlighted === "" || /^[\w$.]+$/.test(highlighted)) return false;
  return !/[;{}[\]"'`]|=>|\b(?:const|let|var|function|return|class|if|for|while)\b/.test(highlighted);
}

function refused({ program, target }: PointedAt<Program>): boolean {
  return program.functions.some(({ name, refusal }) => name === target && refusal !== undefined);
}

function attempt<T>(read: () => T): { ok: true; value: T } | { ok: false; error: SourceError } {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof SourceError) return { ok: false, error };
    throw error;
  }
}
