import type { ChartTheme } from "../../chart/theme";
import type { OutcomeName } from "../../../src/shared/experiments";
import { strings } from "../../strings";
import { element } from "../../ui/dom";
import { outcomeSwatch } from "../../ui/swatch";
import type { Swatch } from "../../ui/swatch";

const words = strings.experiments;
const order: readonly OutcomeName[] = ["converged", "slow", "oscillating", "diverged", "failed"];

export interface OutcomeLegend {
  readonly element: HTMLElement;
  /** The outcomes there are, how many of each, and what else there is to say. */
  set(outcomes: readonly OutcomeName[], remarks: readonly string[]): void;
  draw(theme: ChartTheme): void;
}

export function createOutcomeLegend(testid: string): OutcomeLegend {
  const list = element("ul", { class: "outcome-legend", testid });
  let swatches: readonly Swatch[] = [];
  return {
    element: list,
    set(outcomes, remarks) {
      const there = order.filter((outcome) => outcomes.includes(outcome)).map((outcome) => ({ outcome, swatch: outcomeSwatch(outcome) }));
      swatches = there.map(({ swatch }) => swatch);
      list.replaceChildren(
        ...there.map(({ outcome, swatch }) => element(
          "li", { attributes: { title: words.outcomesLong[outcome] } }, swatch.element,
          element("span", { text: `${words.outcomes[outcome]} (${outcomes.filter((each) => each === outcome).length})` }),
        )),
        ...remarks.map((text) => element("li", { text })),
      );
    },
    draw: (theme) => swatches.forEach((swatch) => swatch.draw(theme)),
  };
}
