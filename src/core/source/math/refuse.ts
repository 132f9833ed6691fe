import { SourceError, type Diagnostic } from "../diagnostic";
import type { LineIndex, Span } from "../positions";

export interface Problem {
  code: string;
  message: string;
  span: Span;
  hint?: string;
}

export function diagnosticOf(problem: Problem, lines: LineIndex, severity: Diagnostic["severity"] = "error"): Diagnostic {
  const { code, message, span, hint } = problem;
  return { code, message, severity, range: lines.range(span), ...(hint === undefined ? {} : { hint }) };
}

/** Carries a problem by offsets up to the border, where it becomes a `SourceError` with lines and characters. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** What helps where nothing more particular is known. */
const usualRemedy = "Highlight the formula alone, such as x^2 + y^2.";

export function refuse(code: string, span: Span, message: string, hint = usualRemedy): never {
  throw new Refusal({ code, message, span, hint });
}

/** Runs `read`; a refusal inside becomes the `SourceError` of the public face. */
export function atBorder<T>(lines: LineIndex, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw new SourceError([diagnosticOf(error.problem, lines)]);
    throw error;
  }
}
