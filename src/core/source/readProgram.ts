import { SourceError } from "./diagnostic";
import { readMath } from "./math/readMath";
import { LineIndex } from "./positions";
import type { CompileOptions, Component, FunctionInfo, Language, Lowered, ReadProgram, Source } from "./program";
import { readTypeScript } from "./typescript/readTypeScript";

/** Reads text; never executes it. Throws SourceError. */
export function readProgram(source: Source): ReadProgram {
  switch (source.language) {
    case "math": return new Located(readMath(source), source);
    case "typescript":
    case "javascript": return new Located(readTypeScript(source), source);
    case "latex": return notRead(source, "LaTeX", "Write the formula as plain mathematics, for example x^2 + y^2.");
    case "python": return notRead(source, "Python", "Write the function in TypeScript or JavaScript, or highlight its formula.");
  }
}

function notRead(source: Source, language: string, hint: string): never {
  const span = source.selection ?? { start: 0, end: source.text.length };
  throw new SourceError([{
    code: "E101", message: `${language} is not read yet.`, hint, severity: "error", range: new LineIndex(source.text).range(span),
  }]);
}

/** A program that also knows where a span of its IR stands in the text. */
class Located implements ReadProgram {
  readonly language: Language;
  readonly functions: FunctionInfo[];
  readonly target?: string;
  readonly refusesWhole?: true;
  private readonly lines: LineIndex;

  constructor(private readonly program: ReadProgram, source: Source) {
    this.language = source.language;
    this.functions = program.functions;
    if (program.target !== undefined) this.target = program.target;
    if (program.refusesWhole) this.refusesWhole = program.refusesWhole;
    this.lines = new LineIndex(source.text);
  }

  lower(name: string, options: CompileOptions): Lowered {
    return { locate: (span) => this.lines.range(span), ...this.program.lower(name, options) };
  }

  lowerComponents(name: string, options: CompileOptions): Component[] {
    return this.program.lowerComponents?.(name, options) ?? [{ path: "", lowered: this.lower(name, options) }];
  }
}
