import { createSeriesPlot } from "../chart/plots/seriesPlot";
import type { SeriesScene } from "../chart/plots/seriesPlot";
import type { Plot } from "../chart/plots/mapPlot";
import type { ChartTheme } from "../chart/theme";
import { valueRange, wantsLog } from "../chart/valueRange";
import type { RunSnapshot } from "../../src/shared/protocol";
import { frameOf, iterationAt, lastFrame } from "../frames";
import { strings } from "../strings";
import type { State } from "../store";
import { element, setText, show } from "../ui/dom";
import type { Actions, View } from "./actions";
import { traceLabelEms } from "./plotScenes";

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
        ...axis, title: "", labelEms: traceLabelEms(view.objective), theme: theme(),
        series: {
          count: lastFrame(run) + 1, cursor: Math.min(player.cursor, lastFrame(run)), x: (frame) => iterationAt(run, frame),
          lines: [{ label: strings.plot.value, colour: "path", at: (frame) => run.values[frame] ?? NaN }],
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
