import type { ChartTheme } from "../../chart/theme";
import type { OutcomesRequest, OutcomesSnapshot } from "../../../src/shared/experiments";
import type { DescentIntent } from "../../../src/shared/intent";
import { formatShort } from "../../format";
import { initialParameters, methodOf, nameOf } from "../../methods";
import { strings } from "../../strings";
import type { State } from "../../store";
import { button } from "../../ui/controls";
import { element, setText, show } from "../../ui/dom";
import { fold } from "../../ui/fold";
import type { Actions, View } from "../actions";
import { createBench } from "./bench";
import { momentumAxis } from "./momentumAxis";
import { createOutcomeLegend } from "./outcomeLegend";
import { edgesOf, outcomesScene, settingName } from "./outcomesScene";
import { outcomesTable } from "./outcomesTable";
import { createPicture } from "./picture";
import { createRateFields } from "./rateFields";

const all = strings.experiments;
const words = all.outcomeMap;

/** What becomes of a run for each learning rate with each momentum: where it arrives, and where that ends. */
export function createOutcomesView(actions: Actions, theme: () => ChartTheme): View {
  const redraw = (): void => { if (state) draw(state); };
  const range = createRateFields("outcomes", redraw);
  const basis = element("p", { class: "caption", testid: "outcomes-basis" });
  const bench = createBench({ name: "outcomes", actions, request, say: sentence });
  const use = button({ label: "", testid: "outcomes-use", onPress: () => { if (shown?.best !== undefined) apply(shown.best); } });
  const found = element("div", { class: "experiment-found" }, use.element);
  const legend = createOutcomeLegend("outcomes-legend");
  const picture = createPicture({
    testid: "outcomes-picture", label: words.picture, tall: true, redraw,
    pointing: {
      at(x, y, space) {
        if (!shown) return undefined;
        const at = space.toData(x, y);
        const column = edgesOf(shown).findIndex((edge, k, edges) => at.x >= edge && at.x < (edges[k + 1] ?? -Infinity));
        const row = Math.round(at.y);
        return column >= 0 && row >= 0 && row < shown.settings.length ? row * shown.learningRates.length + column : undefined;
      },
      next(from, key) {
        if (!shown || from === undefined) return shown?.best ?? 0;
        const [columns, rows] = [shown.learningRates.length, shown.settings.length];
        const column = from % columns + (key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0);
        const row = Math.floor(from / columns) + (key === "ArrowUp" ? 1 : key === "ArrowDown" ? -1 : 0);
        return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : from;
      },
      tell: (cell) => (shown ? words.at(rateOf(shown, cell), settingOf(shown, cell), all.outcomes[shown.outcomes[cell] ?? "failed"], shown.iterations[cell] ?? 0, formatShort(shown.values[cell] ?? NaN, 4)) : ""),
      choose: apply,
    },
  });
  const table = element("div", { class: "numbers-scroll", attributes: { tabindex: "0", role: "region", "aria-label": all.numbers } });
  const numbers = element("details", { class: "experiment-numbers", testid: "outcomes-numbers" }, element("summary", { text: all.numbers }), table);
  const root = fold(
    { title: words.title, testid: "outcomes", onToggle: redraw },
    element("div", { class: "fold-body" }, range.element, basis, bench.element, bench.said, found, picture.element, legend.element, numbers),
  );

  let state: State | undefined;
  let shown: OutcomesSnapshot | null = null;
  let begun = false;
  let legendTheme: ChartTheme | undefined;

  function request({ view, intent }: State): OutcomesRequest | undefined {
    if (view.kind !== "ready" || !intent || methodOf(intent.descent.method, intent.descent.lineSearch).group === "searching") return undefined;
    const { method, parameter, settings } = momentumAxis(intent.descent.method);
    return { objective: view.objective.id, descent: mapped(intent.descent, method, parameter), rates: { ...range.range }, parameter, settings: [...settings] };
  }

  /** Both settings, and the method whose they are. */
  function apply(cell: number): void {
    if (!shown || !state?.intent) return;
    const columns = shown.learningRates.length;
    const [rate, setting] = [shown.learningRates[cell % columns], shown.settings[Math.floor(cell / columns)]];
    if (rate === undefined || setting === undefined) return;
    const { descent } = state.intent;
    const parameters = descent.method === shown.method ? descent.parameters : initialParameters(shown.method);
    actions.changeDescent({ method: shown.method, learningRate: Number(rate.toPrecision(3)), ownRate: true, parameters: { ...parameters, [shown.parameter]: setting } });
  }

  function draw(next: State): void {
    state = next;
    const { view, intent, experiments: { outcomes: { result } } } = next;
    if (view.kind !== "ready" || !intent) return;
    const { method, lineSearch, maximize, maxIterations, learningRate } = intent.descent;
    if (!begun) range.around(learningRate);
    begun = true;
    const searches = methodOf(method, lineSearch).group === "searching";
    const axis = momentumAxis(method);
    const borrowed = axis.method !== method && method !== "gd" ? `${words.byMomentum(nameOf(method, maximize))} ` : "";
    setText(basis, searches ? all.searches : borrowed + all.iterationsEach(nameOf(axis.method, maximize), maxIterations));
    bench.update(next);
    for (const part of [numbers, legend.element]) show(part, result !== null);
    show(found, result?.best !== undefined);
    if (result && (result !== shown || legendTheme !== theme())) {
      legendTheme = theme();
      const [dark] = [legendTheme.background.reduce((sum, channel) => sum + channel, 0) < 384];
      const shades = result.outcomes.includes("converged") ? [dark ? words.soonerDark : words.sooner] : [];
      legend.set(result.outcomes, [...shades, ...(result.bounds ? [words.theory] : [])]);
    }
    if (result && result !== shown) {
      if (result.best !== undefined) use.setLabel(all.use(`η = ${rateOf(result, result.best)}, ${settingOf(result, result.best)}`));
      table.replaceChildren(outcomesTable(result));
    }
    shown = result;
    if (!root.isOpen) return;
    legend.draw(theme());
    picture.show(result ? outcomesScene(result, theme(), picture.pointed) : undefined);
  }

  return { element: root.element, update: draw };
}

/** The descent by the method of the map; its own settings stay where they are not what the map varies. */
function mapped(descent: DescentIntent, method: DescentIntent["method"], parameter: string): DescentIntent {
  const { ownRate: _own, lineSearch: _search, ...rest } = descent;
  const parameters = method === descent.method ? descent.parameters : initialParameters(method);
  return { ...rest, method, learningRate: 1, parameters: { ...parameters, [parameter]: 0.5 } };
}

function rateOf({ learningRates }: OutcomesSnapshot, cell: number): string {
  return formatShort(learningRates[cell % learningRates.length] ?? NaN, 3);
}

function settingOf({ learningRates, settings, parameter }: OutcomesSnapshot, cell: number): string {
  return `${settingName(parameter)}\u00a0=\u00a0${formatShort(settings[Math.floor(cell / learningRates.length)] ?? NaN, 3)}`;
}

function sentence(map: OutcomesSnapshot): string {
  const { outcomes, best, iterations } = map;
  const counts = (["converged", "slow", "oscillating", "diverged", "failed"] as const).flatMap((outcome) => {
    const count = outcomes.filter((each) => each === outcome).length;
    return count > 0 ? `${count} ${all.outcomes[outcome]}` : [];
  });
  const told = words.counts(counts.join(", "));
  return best === undefined ? told : `${told} ${words.soonest(rateOf(map, best), settingOf(map, best), iterations[best] ?? 0)}`;
}
