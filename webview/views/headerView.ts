import { strings } from "../strings";
import type { State } from "../store";
import { element, setText, show } from "../ui/dom";
import type { Actions, View } from "./actions";

/** What is shown and from where; and, where it takes longer than a blink, that something is being computed. */
export function createHeaderView(actions: Actions): View {
  const title = element("h1", { class: "title", testid: "title" });
  // Appears by a delayed animation, so that short work does not make it flash.
  const busy = element("div", { class: "busy", testid: "busy", attributes: { role: "progressbar", "aria-label": strings.busy } });
  const stop = element("button", { class: "link stop", testid: "stop", text: strings.stop, attributes: { type: "button" } });
  stop.addEventListener("click", () => actions.cancel());
  return {
    element: element("header", { class: "header" }, title, stop, busy),
    update({ view, working }: State) {
      setText(title, view.kind === "idle" ? "Downhill" : view.source.label);
      const computing = view.kind === "idle" || view.kind === "loading" || view.source.busy || working;
      show(busy, computing);
      show(stop, computing && view.kind !== "idle");
    },
  };
}
