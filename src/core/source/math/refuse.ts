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

export function refuse(code: string, span: Span, message: string, hint?: string): never {
  throw new Refusal({ code, message, span, ...(hint === undefined ? {} : { hint }) });
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
