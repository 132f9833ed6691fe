import { createSeriesPlot } from "../chart/plots/seriesPlot";
import type { SeriesScene } from "../chart/plots/seriesPlot";
import type { SeriesLine } from "../chart/draw/drawSeries";
import type { Plot } from "../chart/plots/plot";
import type { ChartTheme } from "../chart/theme";
import { valueRange, wantsLog } from "../chart/valueRange";
import type { RunSnapshot } from "../../src/shared/protocol";
import { frameOf, iterationAt, lastFrame } from "../frames";
import { strings } from "../strings";
import type { State } from "../store";
import { element, setText, show } from "../ui/dom";
import type { Actions, View } from "./actions";
import { traceLabelEms } from "./plotScenes";

const words = strings.descent.minibatch;
/** Room for what the two lines of a run by minibatches are called. */
const batchLabelEms = 0.55 * Math.max(words.value.length, words.whole.length) + 1;

/** The value over the iterations. Its cursor is the player's, and clicking or dragging on it moves the player. */
export function createLossView(actions: Actions, theme: () => ChartTheme): View {
  const canvas = element("canvas", { attributes: { role: "img", "aria-label": strings.loss.aria } });
  const scale = element("span", { class: "caption" });
  const holder = element("div", { class: "loss-plot", testid: "loss-plot" }, canvas);
  const root = element(
    "section", { class: "loss", testid: "loss" },
    element("div", { class: "section-head" }, element("h2", { text: strings.loss.title }), scale),
    holder,
  );
  let plot: Plot<SeriesScene> | undefined;
  let ofRun: RunSnapshot | undefined;
  let axis: Pick<SeriesScene, "range" | "log"> = { range: [0, 1], log: false };

  const scrubTo = (event: PointerEvent): void => {
    const at = plot?.space()?.toData(event.clientX - canvas.getBoundingClientRect().left, 0).x;
    if (at !== undefined && Number.isFinite(at) && ofRun) actions.player.scrub(frameOf(ofRun, at));
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    scrubTo(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) scrubTo(event);
  });

  return {
    element: root,
    update({ view, player }: State) {
      const run = view.kind === "ready" ? view.run : null;
      show(root, run !== null);
      if (view.kind !== "ready" || !run) return;
      if (run !== ofRun) {
        ofRun = run;
        const log = wantsLog(run.values);
        axis = { log, range: log ? logRange(run.values) : valueRange(run.values) };
        setText(scale, strings.loss.scale(log));
      }
      const scene: SeriesScene = {
        ...axis, title: "", labelEms: Math.max(traceLabelEms(view.objective), run.batch ? batchLabelEms : 0), theme: theme(),
        series: {
          count: lastFrame(run) + 1, cursor: Math.min(player.cursor, lastFrame(run)), x: (frame) => iterationAt(run, frame),
          lines: linesOf(run),
        },
      };
      if (plot) plot.show(scene);
      else plot = createSeriesPlot(canvas, scene);
    },
  };
}

/** Whole decades, so that the axis has something to name. */
function logRange(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))];
}

/** The value; of a run by minibatches what the batches said, and over it what the whole said once an epoch. */
function linesOf(run: RunSnapshot): SeriesLine[] {
  const values = (frame: number): number => run.values[frame] ?? NaN;
  const { batch } = run;
  if (!batch) return [{ label: strings.plot.value, colour: "path", at: values }];
  const { wholeValues, batchesAnEpoch, wholeEvery } = batch;
  const period = batchesAnEpoch * wholeEvery;
  const whole = (frame: number): number => {
    // Between two epochs nobody has looked at the whole: a line joins what is known.
    const epochs = Math.min(iterationAt(run, frame) / period, wholeValues.length - 1);
    const [before, after] = [wholeValues[Math.floor(epochs)] ?? NaN, wholeValues[Math.ceil(epochs)] ?? NaN];
    return before + (after - before) * (epochs - Math.floor(epochs));
  };
  return [{ label: words.value, colour: 0, faint: true, at: values }, { label: words.whole, colour: "path", at: whole }];
}
