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

/** Where a refusal has no remedy of its own. */
const remedies: Readonly<Record<string, string>> = {
  E101: "Write it with plain functions, loops and arithmetic.",
  E102: "Define it in this file or import it.",
  E103: "Write the few lines it does in this file.",
  E104: "Pass what it gives as a parameter.",
  E105: "Return one number.",
  E107: "Compute with numbers, arrays and plain objects.",
  E108: "Use lengths that are known before the function runs.",
};

export function toDiagnostic(refusal: Refusal, lines: LineIndex, severity: Diagnostic["severity"] = "error"): Diagnostic {
  const hint = refusal.hint ?? (severity === "error" ? remedies[refusal.code] : undefined);
  return {
    code: refusal.code,
    message: refusal.message,
    ...(hint === undefined ? {} : { hint }),
    severity,
    range: lines.range(refusal.span),
  };
}
