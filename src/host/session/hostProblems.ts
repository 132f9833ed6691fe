import type { Diagnostic, Range } from "../../core/source/diagnostic";
import { WireError } from "../../shared/wire";
import type { Translate } from "./translate";

/** The troubles the engine cannot report itself: it is not there, not answering, or not told. */

export function sourceGone(t: Translate, label: string): Diagnostic {
  return {
    code: "E121",
    message: t("{0} can no longer be read.", label),
    hint: t("Open another file, highlight a formula or put the cursor in a function, and run the command again."),
    severity: "error",
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  };
}

export function isTimeout(error: unknown): boolean {
  return error instanceof WireError && error.code === "timeout";
}

/** What an unanswered request means to the person whose text it was about; `seconds` is the time limit. */
export function unanswered(t: Translate, error: unknown, range: Range, seconds: number): Diagnostic {
  if (isTimeout(error)) {
    return {
      code: "E109",
      message: t("This did not finish within {0} seconds, so it was stopped.", seconds),
      hint: t("Make its loops shorter, descend with fewer iterations, or raise the setting “downhill.timeLimit”."),
      severity: "error",
      range,
    };
  }
  if (error instanceof WireError && error.code === "invalid") return { code: "E123", message: error.message, severity: "error", range };
  return {
    code: "E199",
    message: t("Downhill itself failed on this text: {0}", error instanceof Error ? error.message : String(error)),
    hint: t("Change the text and it will be read again; please report what it was."),
    severity: "error",
    range,
  };
}
