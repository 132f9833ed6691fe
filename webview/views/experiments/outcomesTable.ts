import type { OutcomeName, OutcomesSnapshot } from "../../../src/shared/experiments";
import { formatShort } from "../../format";
import { strings } from "../../strings";
import { element } from "../../ui/dom";
import { settingName } from "./outcomesScene";

const words = strings.experiments;
const signs: Readonly<Record<OutcomeName, string>> = { converged: "●", slow: "○", oscillating: "∿", diverged: "✕", failed: "✕" };

/** The map in numbers: iterations where a run arrived, a sign where it did not; to a screen reader the word. */
export function outcomesTable({ learningRates, settings, outcomes, iterations, parameter }: OutcomesSnapshot): HTMLElement {
  const columns = learningRates.length;
  const head = (text: string): HTMLElement => element("th", { class: "number", text, attributes: { scope: "col" } });
  const cell = (k: number): HTMLElement => {
    const outcome = outcomes[k] ?? "failed";
    const text = outcome === "converged" ? `${signs[outcome]} ${iterations[k] ?? 0}` : signs[outcome];
    return element(
      "td", { class: "number", attributes: { "data-outcome": outcome } },
      element("span", { text, attributes: { "aria-hidden": "true" } }),
      element("span", { class: "visually-hidden", text: outcome === "converged" ? `${words.outcomes[outcome]}, ${iterations[k] ?? 0}` : words.outcomes[outcome] }),
    );
  };
  const rows = Array.from(settings, (setting, row) => element(
    "tr", {}, element("th", { class: "number", text: formatShort(setting), attributes: { scope: "row" } }),
    ...Array.from(learningRates, (_, column) => cell(row * columns + column)),
  ));
  return element(
    "table", { class: "numbers-table", testid: "outcomes-table" },
    element("thead", {}, element("tr", {}, element("th", { text: `${settingName(parameter)} \\ η`, attributes: { scope: "col" } }), ...Array.from(learningRates, (rate) => head(formatShort(rate, 2))))),
    // As in the picture, the least momentum stands at the bottom.
    element("tbody", {}, ...rows.reverse()),
  );
}
