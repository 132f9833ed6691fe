import { strings } from "../strings";
import type { State } from "../store";
import { element, setText, show } from "../ui/dom";
import type { View } from "./actions";

/** What is shown and from where; and, where it takes longer than a blink, that something is being computed. */
export function createHeaderView(): View {
  const title = element("h1", { class: "title", testid: "title" });
  // Appears by a delayed animation, so that short work does not make it flash.
  const busy = element("div", { class: "busy", testid: "busy", attributes: { role: "progressbar", "aria-label": strings.busy } });
  return {
    element: element("header", { class: "header" }, title, busy),
    update({ view, working }: State) {
      setText(title, view.kind === "idle" ? "Downhill" : view.source.label);
      show(busy, view.kind === "idle" || view.kind === "loading" || view.source.busy || working);
    },
  };
}
