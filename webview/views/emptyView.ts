import { strings } from "../strings";
import type { State } from "../store";
import { element, show } from "../ui/dom";
import type { View } from "./actions";

/** A panel without a picture says what would make one. */
export function createEmptyView(): View {
  const { title, body, examplesTitle, examples } = strings.empty;
  const root = element(
    "section", { class: "empty", testid: "empty" },
    element("h2", { text: title }),
    element("p", { text: body }),
    element("p", { class: "label", text: examplesTitle }),
    element("ul", { class: "examples" }, ...examples.map((example) => element("li", {}, element("code", { text: example })))),
  );
  return {
    element: root,
    update: ({ view }: State) => show(root, view.kind === "problem"),
  };
}
