import { strings } from "../strings";
import type { State } from "../store";
import type { TypeSize } from "../../src/shared/intent";
import { dropdown } from "../ui/controls";
import { element, setText, show } from "../ui/dom";
import type { Actions, View } from "./actions";

const percentages = { "100": 100, "125": 125, "150": 150, "200": 200 } as const;
const sizes = ["100", "125", "150", "200"] as const;

/** What is shown and from where; how large it is written; and, where it takes longer than a blink, that something is being computed. */
export function createHeaderView(actions: Actions): View {
  const title = element("h1", { class: "title", testid: "title" });
  // Appears by a delayed animation, so that short work does not make it flash.
  const busy = element("div", { class: "busy", testid: "busy", attributes: { role: "progressbar", "aria-label": strings.busy } });
  const stop = element("button", { class: "link stop", testid: "stop", text: strings.stop, attributes: { type: "button" } });
  stop.addEventListener("click", () => actions.cancel());
  const size = dropdown<`${TypeSize}`>({
    label: strings.typeSize, hideLabel: true, testid: "type-size",
    choices: sizes.map((each) => ({ value: each, text: `${each} %` })),
    onChange: (chosen) => actions.changeDisplay({ size: percentages[chosen] }),
  });
  size.element.title = strings.typeSize;
  const sizeHolder = element("div", { class: "type-size" }, element("span", { class: "type-size-mark", text: "A", attributes: { "aria-hidden": "true" } }), size.element);
  return {
    element: element("header", { class: "header" }, title, stop, sizeHolder, busy),
    update({ view, working, display }: State) {
      size.set(`${display.size}`);
      setText(title, view.kind === "idle" ? "Downhill" : view.source.label);
      const computing = view.kind === "idle" || view.kind === "loading" || view.source.busy || working;
      show(busy, computing);
      show(stop, computing && view.kind !== "idle");
    },
  };
}
