import type { ChartTheme } from "../../chart/theme";
import type { RaceSnapshot, RacerSnapshot } from "../../../src/shared/experiments";
import { formatShort } from "../../format";
import { nameOf } from "../../methods";
import { strings } from "../../strings";
import { element } from "../../ui/dom";
import { lineSwatch } from "../../ui/swatch";
import type { Swatch } from "../../ui/swatch";

const words = strings.experiments.race;

export interface RaceTable {
  readonly element: HTMLElement;
  set(race: RaceSnapshot): void;
  draw(theme: ChartTheme): void;
}

/** Who came how far: the legend of the pictures, the best first. */
export function createRaceTable(): RaceTable {
  const rows = element("tbody");
  const head = Object.values(words.head).map((text) => element("th", { text, attributes: { scope: "col" } }));
  const table = element("table", { class: "race-table", testid: "race-table" }, element("thead", { class: "visually-hidden" }, element("tr", {}, ...head)), rows);
  let swatches: readonly Swatch[] = [];
  return {
    element: table,
    set(race) {
      const made: Swatch[] = [];
      rows.replaceChildren(...race.ranking.flatMap((k) => {
        const racer = race.racers[k];
        if (!racer) return [];
        const swatch = lineSwatch(k);
        made.push(swatch);
        return row(racer, race.maximize, swatch);
      }));
      swatches = made;
    },
    draw: (theme) => swatches.forEach((swatch) => swatch.draw(theme)),
  };
}

function row(racer: RacerSnapshot, maximize: boolean, swatch: Swatch): HTMLElement {
  const { method, learningRate, rateFrom, status, iterations, gradients, hessians, values, reason } = racer;
  const rate = rateFrom === "searches" ? words.rateFrom.searches : `η ${formatShort(learningRate, 3)} (${words.rateFrom[rateFrom]})`;
  return element(
    "tr", { testid: "race-row", attributes: { "data-method": method, "data-status": status, title: reason } },
    element("th", { attributes: { scope: "row" } }, swatch.element, element("span", { text: nameOf(method, maximize) })),
    element("td", { class: "race-status", text: words.statuses[status] }),
    element("td", { class: "race-rate caption", text: rate }),
    element("td", { class: "race-spent number", testid: "race-spent", text: words.spent(gradients[iterations] ?? 0, hessians) }),
    element("td", { class: "race-value number", testid: "race-value", text: formatShort(values[iterations] ?? NaN, 4) }),
  );
}
