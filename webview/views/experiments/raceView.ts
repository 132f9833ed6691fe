import type { MethodId } from "../../../src/core/optimize/types";
import type { ChartTheme } from "../../chart/theme";
import type { Entrant, RaceRequest, RaceSnapshot } from "../../../src/shared/experiments";
import type { DescentIntent } from "../../../src/shared/intent";
import { formatShort } from "../../format";
import { initialParameters, nameOf } from "../../methods";
import { strings } from "../../strings";
import type { State } from "../../store";
import { dropdown } from "../../ui/controls";
import { element, setText, show } from "../../ui/dom";
import { fold } from "../../ui/fold";
import { numberField } from "../../ui/numberField";
import type { Actions, View } from "../actions";
import { symbolOf } from "../symbolOf";
import { createBench } from "./bench";
import { createMethodChoice, mostEntrants } from "./methodChoice";
import { iterationShown } from "./overlayScene";
import { createPicture } from "./picture";
import { pictureLink } from "./pictureLink";
import { raceAxis, raceScene } from "./raceScene";
import type { RaceAxis } from "./raceScene";
import { createRaceTable } from "./raceTable";

const words = strings.experiments.race;
/** However long the descent may be: who is first shows early. */
const mostAtFirst = 1000;
const usual: readonly MethodId[] = ["gd", "momentum", "adam", "bfgs"];

/** Several methods from one start, with as much to spend: who gets there first, and by which way. */
export function createRaceView(actions: Actions, theme: () => ChartTheme, lookAtPicture: () => void): View {
  const options = { rates: "own" as "own" | "common", commonRate: 0.01, kind: "gradients" as RaceRequest["budget"]["kind"], count: 200 };
  const redraw = (): void => { if (state) draw(state); };
  const choice = createMethodChoice(redraw);
  const rates = dropdown<"own" | "common">({
    label: words.rates, testid: "race-rates", choices: [{ value: "own", text: words.own }, { value: "common", text: words.common }],
    onChange(value) {
      options.rates = value;
      show(commonRate.element, value === "common");
      redraw();
    },
  });
  const commonRate = numberField({
    label: words.commonRate, testid: "race-common-rate", low: Number.MIN_VALUE, step: (value, way) => value * 10 ** (way / 10),
    onCommit(value) {
      options.commonRate = value;
      redraw();
    },
  });
  show(commonRate.element, false);
  const kind = dropdown<RaceRequest["budget"]["kind"]>({
    label: words.budget, testid: "race-budget-kind", choices: [{ value: "gradients", text: words.budgets.gradients }, { value: "iterations", text: words.budgets.iterations }],
    onChange(value) {
      options.kind = value;
      redraw();
    },
  });
  const count = numberField({
    label: strings.experiments.count, testid: "race-budget", low: 1, high: 1e5, whole: true, step: (value, way) => Math.max(1, Math.round(way === 1 ? value * 1.25 + 1 : value / 1.25 - 1)),
    onCommit(value) {
      options.count = value;
      redraw();
    },
  });
  const bench = createBench({ name: "race", actions, request, say: (race) => sentence(race) });
  const picture = createPicture({ testid: "race-picture", label: words.picture, redraw });
  const table = createRaceTable();
  const legend = element("p", { class: "caption" });
  const toPicture = pictureLink(lookAtPicture);
  const root = fold(
    { title: words.title, testid: "race", onToggle(open) {
      actions.overlay("race", open);
      redraw();
    } },
    element(
      "div", { class: "fold-body" }, choice.element,
      element("div", { class: "pair" }, rates.element, commonRate.element),
      element("div", { class: "pair" }, kind.element, count.element),
      bench.element, bench.said, table.element, picture.element, legend, toPicture,
    ),
  );

  let state: State | undefined;
  let shown: RaceSnapshot | null = null;
  let axis: RaceAxis | undefined;
  let begun = false;

  function begin({ method, maxIterations, learningRate }: DescentIntent): void {
    begun = true;
    choice.set([...new Set([...usual, method])].slice(0, mostEntrants));
    options.count = Math.min(maxIterations, mostAtFirst);
    options.commonRate = learningRate;
    commonRate.set(learningRate);
    count.set(options.count);
  }

  function request({ view, intent }: State): RaceRequest | undefined {
    if (view.kind !== "ready" || !intent || choice.chosen.length === 0) return undefined;
    const { maximize, gradientNorm, start } = intent.descent;
    return {
      objective: view.objective.id,
      // Each brings its own method; what they share is where to begin, which way, and when to stop.
      descent: { method: "gd", maximize, learningRate: 1, parameters: {}, maxIterations: options.count, gradientNorm, ...(start ? { start } : {}) },
      entrants: choice.chosen.map((method) => entrant(method, intent.descent)),
      budget: { kind: options.kind, count: options.count },
      ...(options.rates === "common" ? { commonRate: options.commonRate } : {}),
    };
  }

  function draw(next: State): void {
    state = next;
    const { view, intent, experiments: { race: { result } } } = next;
    if (view.kind !== "ready" || !intent) return;
    if (!begun) begin(intent.descent);
    bench.update(next);
    show(table.element, result !== null);
    setText(legend, result ? legendOf(result) : "");
    show(toPicture, result !== null && result.dimension <= 2);
    if (result && result !== shown) {
      table.set(result);
      axis = raceAxis(result);
    }
    shown = result;
    if (!root.isOpen) return;
    table.draw(theme());
    picture.show(result && axis ? raceScene(result, axis, symbolOf(view.objective.name), theme(), iterationShown(next)) : undefined);
  }

  return { element: root.element, update: draw };
}

/** The method of the descent races as it is set there, the others as they are known. */
function entrant(method: MethodId, descent: DescentIntent): Entrant {
  if (method !== descent.method) return { method, parameters: initialParameters(method) };
  const { parameters, lineSearch, ownRate, learningRate } = descent;
  return { method, parameters, ...(lineSearch ? { lineSearch } : {}), ...(ownRate === true ? { learningRate } : {}) };
}

function legendOf({ racers, dimension }: RaceSnapshot): string {
  return [
    ...(racers.some(({ hessians }) => hessians > 0) ? [words.legend] : []),
    ...(racers.some(({ arrival, iterations }) => arrival !== undefined && arrival < iterations) ? [words.hollow] : []),
    ...(dimension <= 2 ? [words.onMap] : []),
  ].join(" ");
}

function sentence({ racers, ranking, maximize, budget }: RaceSnapshot): string {
  const arrived = ranking.flatMap((k) => (racers[k]?.arrival === undefined ? [] : racers[k]));
  const [first, ...others] = arrived;
  const common = racers.find(({ rateFrom }) => rateFrom === "common");
  const fair = words.fair(budget.kind, String(budget.count), common && formatShort(common.learningRate, 3));
  if (!first) return `${words.allLeft} ${fair}`;
  const at = first.arrival ?? 0;
  const spent = budget.kind === "gradients" ? words.afterGradients(first.gradients[at] ?? 0) : words.afterIterations(at);
  // Whoever used up all it had and was alone has come first to nowhere in particular.
  if (others.length === 0 && first.status === "exhausted") {
    return `${words.furthest(nameOf(first.method, maximize), formatShort(first.values[at] ?? NaN, 3), spent)} ${fair}`;
  }
  const rest = others.length > 0 ? ` ${words.others(others.map(({ method }) => nameOf(method, maximize)).join(", "), others.length)}` : "";
  return `${words.firsts(nameOf(first.method, maximize), formatShort(first.values[at] ?? NaN, 3), spent)}${rest} ${fair}`;
}
