import type { ObjectiveSnapshot, RunSnapshot } from "../../src/shared/protocol";
import { formatNumber, formatShort } from "../format";
import { isNextStep, iterationAt, lastFrame } from "../frames";
import { strings } from "../strings";
import type { State } from "../store";
import { element, named, setText, show, uniqueId } from "../ui/dom";
import type { View } from "./actions";
import { symbolOf } from "./symbolOf";

const words = strings.readout;
const clipWords = strings.descent.readout;
const coordinatesShown = 6;

/** The numbers at the player's cursor, in figures that keep their places. */
export function createReadoutView(): View {
  const id = uniqueId("readout");
  const title = element("h2", { text: words.title, attributes: { id } });
  const iteration = element("span", { class: "number", testid: "readout-iteration" });
  const coordinates = element("tbody");
  const table = element(
    "table", { class: "coordinates" },
    element("thead", {}, element(
      "tr", {},
      element("th", { attributes: { scope: "col" } }, element("span", { class: "visually-hidden", text: words.coordinate })),
      element("th", { attributes: { scope: "col" } }, element("span", { text: words.valueColumn })),
      element("th", { attributes: { scope: "col" } }, element("span", { text: words.gradientColumn })),
    )),
    coordinates,
  );
  const more = element("p", { class: "formula-more" });
  const value = figure("f", words.value, "readout-value");
  const norm = figure(words.norm("f"), words.normLabel, "readout-norm");
  const step = figure(words.step, words.stepLabel, "readout-step");
  const rate = figure(words.rate, words.rateLabel, "readout-rate");
  const clipped = figure(clipWords.clipped, clipWords.clipped, "readout-clipped");
  const root = element(
    "section", { class: "readout", testid: "readout", attributes: { "aria-labelledby": id } },
    element("div", { class: "section-head" }, title, iteration),
    element(
      "div", { class: "readout-body" }, element("div", {}, table, more),
      element("dl", { class: "figures" }, ...value.nodes, ...norm.nodes, ...step.nodes, ...rate.nodes, ...clipped.nodes),
    ),
  );
  let shown: ObjectiveSnapshot | undefined;
  let rows: { value: HTMLElement; gradient: HTMLElement }[] = [];
  return {
    element: root,
    update({ view, player }: State) {
      if (view.kind !== "ready") return;
      const { objective, run } = view;
      if (objective !== shown) {
        shown = objective;
        rows = objective.coordinates.slice(0, coordinatesShown).map(() => ({
          value: element("td", { class: "number", testid: "readout-coordinate" }),
          gradient: element("td", { class: "number", testid: "readout-gradient" }),
        }));
        coordinates.replaceChildren(...rows.map((row, index) => element(
          "tr", {}, named("th", objective.coordinates[index] ?? "", { attributes: { scope: "row" } }), row.value, row.gradient,
        )));
        value.setLabel(symbolOf(objective.name));
        norm.setLabel(words.norm(symbolOf(objective.name)));
        show(more, objective.dimension > coordinatesShown);
        setText(more, strings.moreCoordinates(objective.dimension - coordinatesShown));
      }
      const at = Math.min(player.cursor, run ? lastFrame(run) : 0);
      const point = pointAt(objective, run, at);
      rows.forEach((row, index) => {
        setText(row.value, formatNumber(point.x[index] ?? NaN));
        setText(row.gradient, formatNumber(point.gradient[index] ?? NaN));
      });
      setText(iteration, run ? strings.player.position(iterationAt(run, at), run.iterations) : "");
      value.set(formatNumber(point.value));
      norm.set(formatNumber(point.norm));
      step.set(point.step === undefined ? words.none : formatNumber(point.step));
      const share = run?.clipping?.[at];
      for (const node of clipped.nodes) show(node, share !== undefined);
      clipped.set(share === undefined || at === 0 || share === 1 ? clipWords.notClipped : clipWords.share(formatShort(100 * share, 3)));
      rate.set(run ? formatShort(run.learningRates[at] ?? NaN) : words.none);
    },
  };
}

interface Figure {
  readonly nodes: readonly [HTMLElement, HTMLElement];
  set(text: string): void;
  setLabel(label: string): void;
}

function figure(label: string, spoken: string, testid: string): Figure {
  const term = element("dt", { text: label, attributes: { title: spoken, "aria-label": spoken } });
  const value = element("dd", { class: "number", testid });
  return { nodes: [term, value], set: (text) => setText(value, text), setLabel: (text) => setText(term, text) };
}

interface Point {
  x: Float64Array;
  gradient: Float64Array;
  value: number;
  norm: number;
  /** Length of the step that led here. */
  step: number | undefined;
}

function pointAt(objective: ObjectiveSnapshot, run: RunSnapshot | null, at: number): Point {
  if (!run) {
    const { value, gradient } = objective.atStart;
    return { x: objective.start, gradient, value, norm: Math.hypot(...gradient), step: undefined };
  }
  const n = run.dimension;
  const x = run.iterates.subarray(at * n, (at + 1) * n);
  return {
    x,
    gradient: run.gradients.subarray(at * n, (at + 1) * n),
    value: run.values[at] ?? NaN,
    norm: run.gradientNorms[at] ?? NaN,
    step: !isNextStep(run, at) ? undefined : distance(x, run.iterates.subarray((at - 1) * n, at * n)),
  };
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += ((a[index] ?? 0) - (b[index] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
