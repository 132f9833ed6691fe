import type { Diagnostic } from "../../diagnostic";
import type { LineIndex} from "../../positions";
import { type Span } from "../../positions";

/** Why the text cannot be read, on its way out of the evaluator. Becomes a Diagnostic at the border. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string | undefined,
    readonly span: Span,
  ) {
    super(message);
  }
}

export function toDiagnostic(refusal: Refusal, lines: LineIndex, severity: Diagnostic["severity"] = "error"): Diagnostic {
  return {
    code: refusal.code,
    message: refusal.message,
    ...(refusal.hint === undefined ? {} : { hint: refusal.hint }),
    severity,
    range: lines.range(refusal.span),
  };
}
