import type { ChartTheme } from "../../chart/theme";
import { strings } from "../../strings";
import { element, show, uniqueId } from "../../ui/dom";
import type { Actions, View } from "../actions";
import { createBasinsView } from "./basinsView";
import { createOutcomesView } from "./outcomesView";
import { createRaceView } from "./raceView";
import { createRatesView } from "./ratesView";

/** What is learnt from many runs rather than one: each experiment is one line until it is opened. */
export function createExperimentsView(actions: Actions, theme: () => ChartTheme, lookAtPicture: () => void): View {
  const views = [createRaceView, createRatesView, createOutcomesView, createBasinsView].map((create) => create(actions, theme, lookAtPicture));
  const id = uniqueId("experiments");
  const root = element(
    "section", { class: "experiments", testid: "experiments", attributes: { "aria-labelledby": id } },
    element("h2", { text: strings.experiments.title, attributes: { id } }), ...views.map((view) => view.element),
  );
  return {
    element: root,
    update(state) {
      show(root, state.intent?.mode === "descend");
      for (const view of views) view.update(state);
    },
  };
}
