import type { ChartTheme } from "../../chart/theme";
import type { RatesRequest, RatesSnapshot } from "../../../src/shared/experiments";
import { formatShort } from "../../format";
import { methodOf, nameOf } from "../../methods";
import { strings } from "../../strings";
import type { State } from "../../store";
import { button, dropdown } from "../../ui/controls";
import { element, setText, show } from "../../ui/dom";
import { fold } from "../../ui/fold";
import { numberField } from "../../ui/numberField";
import type { Actions, View } from "../actions";
import { symbolOf } from "../symbolOf";
import { createBench } from "./bench";
import { createOutcomeLegend } from "./outcomeLegend";
import { createPicture } from "./picture";
import { createRateFields } from "./rateFields";
import { isTwoOver, ratesScene } from "./ratesScene";

const all = strings.experiments;
const words = all.rates;
/** Pixels from a run within which it is pointed at. */
const reach = 24;

/** The same descent at many learning rates: which arrive, which is best, and where theory has the limit. */
export function createRatesView(actions: Actions, theme: () => ChartTheme): View {
  const options = { kind: "grid" as RatesRequest["rates"]["kind"], seed: 1, spending: "all" as RatesRequest["spending"] };
  const redraw = (): void => { if (state) draw(state); };
  const range = createRateFields("rates", redraw);
  const way = dropdown<RatesRequest["rates"]["kind"]>({
    label: words.way, testid: "rates-way", choices: [{ value: "grid", text: words.ways.grid }, { value: "random", text: words.ways.random }],
    onChange(value) {
      options.kind = value;
      show(seed.element, value === "random");
      redraw();
    },
  });
  const seed = numberField({ label: words.seed, testid: "rates-seed", low: 0, high: 2 ** 32 - 1, whole: true, onCommit(value) {
    options.seed = value;
    redraw();
  } });
  seed.set(options.seed);
  show(seed.element, false);
  const spending = dropdown<RatesRequest["spending"]>({
    label: words.spending, testid: "rates-spending", choices: [{ value: "all", text: words.spendings.all }, { value: "halving", text: words.spendings.halving }],
    onChange(value) {
      options.spending = value;
      redraw();
    },
  });
  const basis = element("p", { class: "caption", testid: "rates-basis" });
  const bench = createBench({ name: "rates", actions, request, say: sentence });
  const use = button({ label: "", testid: "rates-use", onPress: () => { if (shown?.best !== undefined) apply(shown.best); } });
  const legend = createOutcomeLegend("rates-legend");
  const picture = createPicture({
    testid: "rates-picture", label: words.picture, redraw,
    pointing: {
      at(x, y, space) {
        const places = Array.from(shown?.learningRates ?? [], (rate) => Math.abs(space.toPixel(rate, 1).x - x));
        const nearest = places.indexOf(Math.min(...places));
        return y >= space.area.top && y <= space.area.bottom && (places[nearest] ?? Infinity) <= reach ? nearest : undefined;
      },
      next(from, key) {
        const last = (shown?.learningRates.length ?? 1) - 1;
        if (from === undefined) return shown?.best ?? 0;
        return Math.min(Math.max(from + (key === "ArrowRight" || key === "ArrowUp" ? 1 : -1), 0), last);
      },
      tell: (run) => (shown ? words.at(rateText(shown, run), outcomeText(shown, run), formatShort(shown.values[run] ?? NaN, 4), shown.iterations[run] ?? 0) : ""),
      choose: apply,
    },
  });
  const rows = element("tbody");
  const head = Object.values(words.head).map((text) => element("th", { text, attributes: { scope: "col" } }));
  const numbers = element(
    "details", { class: "experiment-numbers", testid: "rates-numbers" }, element("summary", { text: all.numbers }),
    element("table", { class: "numbers-table", testid: "rates-table" }, element("thead", {}, element("tr", {}, ...head)), rows),
  );
  const found = element("div", { class: "experiment-found" }, use.element);
  const root = fold(
    { title: words.title, testid: "rates", onToggle: redraw },
    element("div", { class: "fold-body" }, range.element, element("div", { class: "pair" }, way.element, seed.element), spending.element, basis,
      bench.element, bench.said, found, picture.element, legend.element, numbers),
  );

  let state: State | undefined;
  let shown: RatesSnapshot | null = null;

  function request({ view, intent }: State): RatesRequest | undefined {
    if (view.kind !== "ready" || !intent || methodOf(intent.descent.method, intent.descent.lineSearch).group === "searching") return undefined;
    const { ownRate: _own, ...descent } = intent.descent;
    return {
      objective: view.objective.id, descent: { ...descent, learningRate: 1 }, spending: options.spending,
      rates: options.kind === "grid" ? { kind: "grid", ...range.range } : { kind: "random", ...range.range, seed: options.seed },
    };
  }

  function apply(run: number): void {
    const rate = shown?.learningRates[run];
    if (rate !== undefined) actions.changeDescent({ learningRate: Number(rate.toPrecision(3)), ownRate: true });
  }

  function draw(next: State): void {
    state = next;
    const { view, intent, experiments: { rates: { result } } } = next;
    if (view.kind !== "ready" || !intent) return;
    const { method, lineSearch, maximize, maxIterations } = intent.descent;
    const searches = methodOf(method, lineSearch).group === "searching";
    setText(basis, searches ? all.searches : all.iterationsEach(nameOf(method, maximize), maxIterations));
    bench.update(next);
    for (const part of [numbers, legend.element]) show(part, result !== null);
    show(found, result?.best !== undefined);
    if (result && result !== shown) {
      if (result.best !== undefined) use.setLabel(all.use(`η = ${rateText(result, result.best)}`));
      legend.set(result.outcomes, result.best === undefined ? [] : [words.legendBest]);
      rows.replaceChildren(...Array.from(result.learningRates, (_, run) => element(
        "tr", { testid: "rates-row", attributes: { "data-outcome": result.outcomes[run] ?? "" } },
        element("th", { class: "number", text: rateText(result, run), attributes: { scope: "row" } }), element("td", { text: outcomeText(result, run) }),
        element("td", { class: "number", text: formatShort(result.values[run] ?? NaN, 4) }), element("td", { class: "number", text: String(result.iterations[run]) }),
      )));
    }
    shown = result;
    if (!root.isOpen) return;
    legend.draw(theme());
    picture.show(result ? ratesScene(result, symbolOf(view.objective.name), theme(), picture.pointed) : undefined);
  }

  return { element: root.element, update: draw };
}

function rateText({ learningRates }: RatesSnapshot, run: number): string {
  return formatShort(learningRates[run] ?? NaN, 3);
}

function outcomeText({ outcomes, dropped }: RatesSnapshot, run: number): string {
  return dropped[run] === 1 ? words.dropped : all.outcomes[outcomes[run] ?? "failed"];
}

function sentence(rates: RatesSnapshot): string {
  const { best, largestStable, bound, curvature, outcomes, values, iterations } = rates;
  if (best === undefined) return words.allLeft;
  const left = outcomes.some((outcome) => outcome === "diverged" || outcome === "oscillating");
  return [
    words.best(rateText(rates, best), all.outcomes[outcomes[best] ?? "failed"], iterations[best] ?? 0, formatShort(values[best] ?? NaN, 3)),
    ...(!left ? [words.allStable] : largestStable === undefined ? [] : [words.stable(formatShort(largestStable, 3))]),
    ...(bound === undefined || curvature === undefined ? [] : [words.bound(formatShort(bound, 3), formatShort(curvature, 3), isTwoOver(bound, curvature))]),
  ].join(" ");
}
