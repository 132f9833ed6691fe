import type { ChartTheme } from "../../chart/theme";
import type { BasinsRequest, BasinsSnapshot, PlaceSnapshot } from "../../../src/shared/experiments";
import { formatShort } from "../../format";
import { nameOf } from "../../methods";
import { strings } from "../../strings";
import type { State } from "../../store";
import { dropdown } from "../../ui/controls";
import { element, setText, show } from "../../ui/dom";
import { fold } from "../../ui/fold";
import { numberField } from "../../ui/numberField";
import { shapeSwatch } from "../../ui/swatch";
import type { Swatch } from "../../ui/swatch";
import type { Actions, View } from "../actions";
import { windowOf } from "../plotScenes";
import { symbolOf } from "../symbolOf";
import { createBench } from "./bench";
import { placesShown } from "./overlayScene";
import { pictureLink } from "./pictureLink";

const words = strings.experiments.basins;
/** So many places that few starts share are no places of their own. */
const suspicious = 12;

/** Starts all over the view, and where each leads: which minimum is reached from where. */
export function createBasinsView(actions: Actions, theme: () => ChartTheme, lookAtPicture: () => void): View {
  const options = { kind: "grid" as BasinsRequest["scatter"]["kind"], side: 20, count: 400, seed: 1 };
  const redraw = (): void => { if (state) draw(state); };
  const field = (label: string, testid: string, name: "side" | "count" | "seed", low: number, high: number) => {
    const made = numberField({ label, testid, low, high, whole: true, onCommit(value) {
      options[name] = value;
      redraw();
    } });
    made.set(options[name]);
    return made;
  };
  const side = field(words.side, "basins-side", "side", 2, 60);
  const count = field(words.count, "basins-count", "count", 1, 3600);
  const seed = field(words.seed, "basins-seed", "seed", 0, 2 ** 32 - 1);
  const way = dropdown<BasinsRequest["scatter"]["kind"]>({
    label: words.starts, testid: "basins-way", choices: [{ value: "grid", text: words.ways.grid }, { value: "random", text: words.ways.random }],
    onChange(value) {
      options.kind = value;
      arrange();
      redraw();
    },
  });
  const arrange = (): void => {
    show(side.element, options.kind === "grid");
    for (const { element: part } of [count, seed]) show(part, options.kind === "random");
  };
  arrange();
  const basis = element("p", { class: "caption", testid: "basins-basis" });
  const bench = createBench({ name: "basins", actions, request, say: sentence });
  const toPicture = pictureLink(lookAtPicture);
  const list = element("ol", { class: "places", testid: "basins-places" });
  const root = fold(
    { title: words.title, testid: "basins", onToggle(open) {
      actions.overlay("basins", open);
      redraw();
    } },
    element("div", { class: "fold-body" }, element("div", { class: "pair" }, way.element, side.element, count.element, seed.element), basis, bench.element, bench.said, list, toPicture),
  );

  let state: State | undefined;
  let shown: BasinsSnapshot | null = null;
  let dimension = 0;

  /** On a curve a row of starts is all there is room for. */
  function begin(next: number): void {
    dimension = next;
    const [aSide, many] = next === 1 ? [60, 60] : [20, 400];
    side.set((options.side = aSide));
    count.set((options.count = many));
  }
  let swatches: readonly Swatch[] = [];

  function request({ view, intent, ...rest }: State): BasinsRequest | undefined {
    if (view.kind !== "ready" || !intent || !view.landscape || view.objective.dimension > 2) return undefined;
    const { x, y } = windowOf({ view, intent, ...rest });
    const { start: _start, ownRate: _own, ...descent } = intent.descent;
    const { side: aSide, count: many, seed: from, kind } = options;
    return {
      objective: view.objective.id, descent, window: view.objective.dimension === 1 ? [x] : [x, y],
      scatter: kind === "grid" ? { kind, side: aSide } : { kind, count: many, seed: from },
    };
  }

  function draw(next: State): void {
    state = next;
    const { view, intent, experiments: { basins: { result } } } = next;
    if (view.kind !== "ready" || !intent) return;
    show(root.element, view.objective.dimension <= 2);
    const { method, maximize, maxIterations } = intent.descent;
    if (dimension !== view.objective.dimension) begin(view.objective.dimension);
    setText(basis, words.method(nameOf(method, maximize), maxIterations));
    bench.update(next);
    for (const part of [list, toPicture]) show(part, result !== null);
    if (result && result !== shown) fill(result, view.objective.coordinates, symbolOf(view.objective.name));
    shown = result;
    if (root.isOpen) for (const swatch of swatches) swatch.draw(theme());
  }

  function fill(result: BasinsSnapshot, coordinates: readonly string[], symbol: string): void {
    const made: Swatch[] = [];
    const listed = result.places.slice(0, placesShown).map((place, k) => {
      const swatch = shapeSwatch(k);
      made.push(swatch);
      return placeItem(place, swatch, result, coordinates, symbol);
    });
    const others = result.places.slice(placesShown);
    if (others.length > 0) {
      const swatch = shapeSwatch(placesShown);
      made.push(swatch);
      const visitors = others.reduce((sum, place) => sum + place.visitors, 0);
      listed.push(element("li", { testid: "basins-more" }, swatch.element, element("span", { text: words.more(others.length, visitedBy(visitors, result)) })));
    }
    for (const [sign, code, name] of [["○", -1, words.underWay], ["✕", -2, words.left]] as const) {
      const many = result.reached.filter((index) => index === code).length;
      if (many > 0) listed.push(element("li", {}, element("span", { class: "place-sign", text: sign, attributes: { "aria-hidden": "true" } }), element("span", { text: `${name}: ${visitedBy(many, result)}` })));
    }
    if (result.places.length > suspicious) listed.push(element("li", { class: "caption", text: words.line }));
    list.replaceChildren(...listed);
    swatches = made;
  }

  return { element: root.element, update: draw };
}

function placeItem({ x, value, visitors, isMinimum }: PlaceSnapshot, swatch: Swatch, result: BasinsSnapshot, coordinates: readonly string[], symbol: string): HTMLElement {
  const at = Array.from(x, (each) => formatShort(each, 4));
  const place = at.length === 1 ? `${coordinates[0] ?? ""} = ${at[0] ?? ""}` : `(${at.join(", ")})`;
  return element(
    "li", { testid: "basins-place", attributes: { "data-visitors": String(visitors), "data-minimum": String(isMinimum) } },
    swatch.element, element("span", { class: "place-kind", text: words.kind(isMinimum, result.maximize) }),
    element("span", { class: "number", text: place }), element("span", { class: "number", text: `${symbol} = ${formatShort(value, 4)}` }),
    element("span", { class: "caption", text: visitedBy(visitors, result) }),
  );
}

function visitedBy(visitors: number, { reached }: BasinsSnapshot): string {
  const share = (100 * visitors) / reached.length;
  return words.visitors(visitors, `${share < 1 ? formatShort(share, 1) : Math.round(share)} %`);
}

function sentence({ reached, places, maximize }: BasinsSnapshot): string {
  const minima = places.filter(({ isMinimum }) => isMinimum).length;
  const onSaddles = places.reduce((sum, { isMinimum, visitors }) => sum + (isMinimum ? 0 : visitors), 0);
  return words.summary(reached.length, minima, maximize) + (onSaddles > 0 ? ` ${words.saddles(onSaddles)}` : "");
}
