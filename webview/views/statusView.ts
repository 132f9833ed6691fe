import type { RunStatus } from "../../src/core/optimize/types";
import { formatShort } from "../format";
import { strings } from "../strings";
import type { State } from "../store";
import { button } from "../ui/controls";
import { element, setAttribute, setText, show } from "../ui/dom";
import type { Actions, View } from "./actions";
import { explanation, outcome, remarksOf } from "./outcome";
import { createProgressView } from "./progressView";

/** A shape beside the words: the outcome is not told by colour alone. */
const marks: Record<RunStatus, string> = { converged: "✓", exhausted: "…", diverged: "↗", failed: "✕", cancelled: "■" };

/** How the run ended and by which rule, why it left if it did and what to do about it, and what happened on the way. */
export function createStatusView(actions: Actions): View {
  const progress = createProgressView(actions);
  const mark = element("span", { class: "status-mark", attributes: { "aria-hidden": "true" } });
  const reason = element("p", { testid: "status-reason" });
  const why = element("p", { testid: "divergence" });
  let safe: number | undefined;
  const use = button({
    label: "", appearance: "primary", testid: "use-safe-rate",
    onPress: () => {
      if (safe !== undefined) actions.changeDescent({ learningRate: safe, ownRate: true });
    },
  });
  const remarks = element("ul", { class: "status-remarks", testid: "run-remarks" });
  const root = element("div", { class: "status", testid: "status" }, mark, element("div", { class: "status-words" }, progress.element, reason, why, use.element, remarks));
  let told = "";
  return {
    element: root,
    update(state: State) {
      const { view, intent } = state;
      progress.update(state);
      const run = view.kind === "ready" ? view.run : null;
      show(root, run !== null || intent?.mode === "descend");
      const ended = run && !run.progress ? run : null;
      setAttribute(root, "data-status", ended?.status ?? "none");
      setText(mark, ended ? marks[ended.status] : "");
      setText(reason, ended ? outcome(ended) : strings.status.running);
      // How far it is stands in its place.
      show(reason, ended !== null || run === null);
      const explained = ended ? explanation(ended) : "";
      setText(why, explained);
      show(why, explained !== "");
      // A rate that was found for one method says nothing about the one chosen meanwhile.
      safe = run && run.method === intent?.descent.method && run.maximize === intent.descent.maximize ? run.divergence?.safeLearningRate : undefined;
      show(use.element, safe !== undefined);
      if (safe !== undefined) {
        use.setLabel(strings.status.use(formatShort(safe)));
        use.setEnabled(intent?.descent.learningRate !== safe);
      }
      const sentences = run ? remarksOf(run) : [];
      show(remarks, sentences.length > 0);
      if (sentences.join("\n") === told) return;
      told = sentences.join("\n");
      remarks.replaceChildren(...sentences.map((text) => element("li", { text })));
    },
  };
}
