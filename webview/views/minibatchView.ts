import type { BatchOptions } from "../../src/core/optimize/types";
import type { ObjectiveSnapshot } from "../../src/shared/protocol";
import { methodOf } from "../methods";
import { strings } from "../strings";
import { button, dropdown } from "../ui/controls";
import type { Dropdown } from "../ui/controls";
import { disclosure } from "../ui/disclosure";
import { element, setText, show } from "../ui/dom";
import { numberField } from "../ui/numberField";
import type { NumberField } from "../ui/numberField";
import type { Actions, View } from "./actions";

const words = strings.descent.minibatch;
/** What stands for no dataset: no name of one is empty. */
const all = "";
const largestSeed = 2 ** 32 - 1;
const usualShare = 8;

/** Which data a step sees only a few rows of, how many, and in which order; nothing where the function sums over no data. */
export function createMinibatchView(actions: Actions): View {
  let batch: BatchOptions | undefined;
  let known: ObjectiveSnapshot["datasets"];
  let dataset: Dropdown<string> | undefined;
  let size: NumberField | undefined;
  const change = (part: Partial<BatchOptions>): void => {
    if (batch) actions.changeDescent({ batch: { ...batch, ...part } });
  };
  const seed = numberField({
    label: words.seed, testid: "batch-seed", low: 0, high: largestSeed, whole: true, step: (value, way) => value + way,
    onCommit: (value) => change({ seed: value }),
  });
  const another = button({ label: words.newSeed, icon: "reset", testid: "batch-new-seed", onPress: () => change({ seed: ((batch?.seed ?? 0) + 1) % largestSeed }) });
  const box = element("input", { testid: "batch-shuffle", attributes: { type: "checkbox" } });
  box.addEventListener("change", () => change({ shuffle: box.checked }));
  const shuffle = element("label", { class: "switch-row" }, box, element("span", { text: words.shuffle }));
  const seen = element("input", { testid: "batch-contours", attributes: { type: "checkbox" } });
  seen.addEventListener("change", () => actions.changeDisplay({ batches: seen.checked }));
  const contours = element("label", { class: "switch-row" }, seen, element("span", { text: words.contours }));
  const said = element("p", { class: "caption", testid: "batch-epoch" });
  const choice = element("div", { class: "pair" });
  const order = element("div", { class: "pair seed" }, seed.element, another.element);
  const root = disclosure({ title: words.title, testid: "minibatch-fold" }, choice, order, shuffle, contours, said);

  function rebuild(datasets: NonNullable<ObjectiveSnapshot["datasets"]>): void {
    known = datasets;
    const chosen = dropdown<string>({
      label: words.dataset, testid: "batch-dataset",
      choices: [{ value: all, text: words.all }, ...datasets.map(({ name }) => ({ value: name, text: name }))],
      onChange: (name) => actions.chooseBatch(name === all ? undefined : { size: usualSize(datasets.find((each) => each.name === name)?.rows ?? 1), seed: 1, ...batch, dataset: name }),
    });
    dataset = chosen;
    choice.replaceChildren(chosen.element);
    size = undefined;
  }

  function rebuildSize(rows: number): void {
    size = numberField({
      label: words.size(rows), testid: "batch-size", low: 1, high: rows, whole: true, step: (value, way) => value + way, onCommit: (value) => change({ size: value }),
    });
    if (dataset) choice.replaceChildren(dataset.element, size.element);
  }

  let sizedFor = 0;
  return {
    element: root.element,
    update({ view, intent, display }) {
      if (view.kind !== "ready" || !intent) return;
      const { datasets = [], dimension } = view.objective;
      show(root.element, datasets.length > 0);
      if (datasets.length === 0) return;
      if (known?.map(({ name }) => name).join() !== datasets.map(({ name }) => name).join()) rebuild(datasets);
      ({ batch } = intent.descent);
      const of = datasets.find(({ name }) => name === batch?.dataset);
      const searches = methodOf(intent.descent.method, intent.descent.lineSearch).group === "searching";
      dataset?.set(of?.name ?? all);
      for (const part of [order, shuffle]) show(part, of !== undefined);
      show(contours, of !== undefined && !searches && dimension <= 2);
      if (size) show(size.element, of !== undefined);
      if (!batch || !of) {
        root.say("");
        setText(said, "");
        return;
      }
      if (!size || sizedFor !== of.rows) rebuildSize(of.rows);
      sizedFor = of.rows;
      const taken = Math.min(batch.size, of.rows);
      size?.set(taken);
      seed.set(batch.seed);
      box.checked = batch.shuffle !== false;
      show(order, batch.shuffle !== false);
      seen.checked = display.batches === true;
      root.say(searches ? "" : words.said(taken, of.rows, of.name));
      setText(said, searches ? words.noUse : words.epoch(Math.ceil(of.rows / taken)));
    },
  };
}

/** Few enough that batches differ, many enough that they descend. */
function usualSize(rows: number): number {
  return Math.max(1, Math.min(rows, Math.round(rows / usualShare)));
}
