import type { ExperimentName, Experiments } from "../../../src/shared/experiments";
import { strings } from "../../strings";
import type { State } from "../../store";
import { button } from "../../ui/controls";
import { element, setAttribute, setText, show } from "../../ui/dom";
import type { Actions } from "../actions";

const words = strings.experiments;

export interface Bench {
  /** The button that runs it or gives it up, with how far it is. */
  readonly element: HTMLElement;
  /** What came of it, in a sentence or two; spoken when it is there. */
  readonly said: HTMLElement;
  update(state: State): void;
}

/** What all experiments have in common: run, progress, cancel, what went wrong, and whether the result is of what one sees now. */
export function createBench<K extends ExperimentName>(options: {
  readonly name: K;
  readonly actions: Actions;
  /** What would be asked now; undefined: nothing that makes sense. What does not matter to the result is always the same in it. */
  readonly request: (state: State) => Experiments[K]["request"] | undefined;
  readonly say: (result: Experiments[K]["response"]) => string;
}): Bench {
  const { name, actions } = options;
  let state: State | undefined;
  const run = button({ label: words.run, appearance: "primary", testid: `${name}-run`, onPress() {
    if (!state) return;
    if (state.experiments[name].progress) {
      actions.giveUp(name);
      return;
    }
    const request = options.request(state);
    if (request) actions.experiment(name, request);
  } });
  const bar = element("progress", { class: "experiment-bar", testid: `${name}-progress`, attributes: { "aria-label": words.progress, max: "1" } });
  const note = element("span", { class: "caption", testid: `${name}-note` });
  const problem = element("p", { class: "experiment-problem", testid: `${name}-problem`, attributes: { role: "alert" } });
  const said = element("p", { class: "experiment-said", testid: `${name}-said`, attributes: { role: "status" } });
  let shown: object | null = null;
  return {
    element: element("div", { class: "experiment-run" }, element("div", { class: "experiment-line" }, run.element, bar, note), problem),
    said,
    update(next) {
      state = next;
      if (next.view.kind !== "ready") return;
      // Of one kind, though its type is that of any.
      const { progress, result, asked, problem: message } = next.experiments[name];
      const request = options.request(next);
      run.setLabel(progress ? words.cancel : result ? words.again : words.run);
      run.setEnabled(progress !== null || request !== undefined);
      show(bar, progress !== null);
      setAttribute(bar, "value", String(progress && progress.total > 0 ? progress.done / progress.total : 0));
      const isStale = result !== null && result.objective !== next.view.objective.id;
      const hasChanged = asked !== null && request !== undefined && keyOf(asked) !== keyOf(request);
      setText(note, progress ? (progress.total > 0 ? words.running(progress.done, progress.total) : "") : isStale ? words.stale : result && hasChanged ? words.changed : "");
      setText(problem, message ?? "");
      show(problem, message !== null);
      if (result !== shown) {
        shown = result;
        setText(said, result ? options.say(result) : "");
        show(said, result !== null);
      }
    },
  };
}

/** A request as far as it decides what comes out: not by which number the function goes. */
function keyOf(request: object): string {
  return JSON.stringify({ ...request, objective: 0 });
}
