import type { RunStatus } from "../../src/core/optimize/types";
import type { RunSnapshot } from "../../src/shared/protocol";
import { strings } from "../strings";
import type { State } from "../store";
import { element, setAttribute, setText, show } from "../ui/dom";
import type { View } from "./actions";

/** A shape beside the words: the outcome is not told by colour alone. */
const marks: Record<RunStatus, string> = { converged: "✓", exhausted: "…", diverged: "↗", failed: "✕", cancelled: "■" };

/** "Converged after 42 steps: " and the run's own reason, word for word. */
export function outcome({ status, iterations, reason }: RunSnapshot): string {
  const sentence = strings.status[status](iterations, reason);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** How the run ended, in the words of the rule that ended it. */
export function createStatusView(): View {
  const mark = element("span", { class: "status-mark", attributes: { "aria-hidden": "true" } });
  const reason = element("span", { testid: "status-reason" });
  const root = element("p", { class: "status", testid: "status" }, mark, reason);
  return {
    element: root,
    update({ view, intent }: State) {
      const run = view.kind === "ready" ? view.run : null;
      show(root, run !== null || intent?.mode === "descend");
      setAttribute(root, "data-status", run?.status ?? "none");
      setText(mark, run ? marks[run.status] : "");
      setText(reason, run ? outcome(run) : strings.status.running);
    },
  };
}
