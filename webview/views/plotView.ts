import { createCurvePlot } from "../chart/plots/curvePlot";
import { createMapPlot } from "../chart/plots/mapPlot";
import { createSeriesPlot } from "../chart/plots/seriesPlot";
import type { PlotSpace } from "../chart/plots/chart";
import type { ChartTheme } from "../chart/theme";
import { panned, zoomed } from "../chart/viewWindow";
import { formatShort } from "../format";
import { strings } from "../strings";
import { startOf } from "../store";
import type { State, View as StateView } from "../store";
import { button } from "../ui/controls";
import { element, setAttribute, setText, show } from "../ui/dom";
import type { Actions, View } from "./actions";
import { createHoverReadout } from "./hoverReadout";
import { overlaidOn } from "./experiments/overlayScene";
import { listenForGestures } from "./plotGestures";
import { curveAt, curveScene, landscapeOf, mapScene, tracesScene, tracesShown, windowOf } from "./plotScenes";

const words = strings.plot;
const keyZoom = 1.25;
/** Rows of a minibatch that are named beneath the picture. */
const rowsNamed = 6;
/** Milliseconds; longer than any system's setting. */
const doubleClick = 1000;

type Kind = "map" | "curve" | "traces";

interface Mounted {
  readonly kind: Kind;
  show(state: State): void;
  space(): PlotSpace | undefined;
  destroy(): void;
}

export interface PlotView extends View {
  zoom(direction: 1 | -1): void;
  fit(): void;
}

/** The picture: contours for two variables, a curve for one, traces of the coordinates for more. */
export function createPlotView(actions: Actions, theme: () => ChartTheme): PlotView {
  const canvas = element("canvas", { attributes: { "aria-hidden": "true" } });
  const plot = element("div", {
    class: "plot", testid: "plot",
    attributes: { tabindex: "0", role: "application", "aria-roledescription": "plot", "aria-description": words.help },
  }, canvas);
  const zoomIn = button({ label: words.zoomIn, icon: "zoomIn", testid: "zoom-in", onPress: () => zoom(1) });
  const zoomOut = button({ label: words.zoomOut, icon: "zoomOut", testid: "zoom-out", onPress: () => zoom(-1) });
  const fitButton = button({ label: words.fit, icon: "fit", testid: "zoom-fit", onPress: () => fit() });
  const marks = button({
    label: strings.stationary.show, icon: "marks", testid: "marks",
    onPress: () => { if (state) actions.changeDisplay({ marks: !state.display.marks }); },
  });
  const tools = element("div", { class: "plot-tools", attributes: { role: "group", "aria-label": words.tools } }, zoomIn.element, zoomOut.element, fitButton.element, marks.element);
  const hover = createHoverReadout(actions);
  const legend = element("span", { class: "legend", testid: "legend" });
  // Beneath the picture, not on it: on it they would now and then cover the very point that one looks for.
  const caption = element("div", { class: "plot-caption" }, element("div", { class: "plot-said caption" }, hover.element, legend), tools);
  const root = element("section", { class: "plot-section", testid: "plot-section" }, element("div", { class: "plot-holder" }, plot), caption);

  let state: State | undefined;
  let mounted: Mounted | undefined;
  let held = false;
  /** What a double click undoes: its first click has set the start. */
  let clicked: { start: readonly number[] | undefined; time: number } | undefined;

  const change = (factor: number, at: { x: number; y: number }): void => {
    if (state) actions.setWindow(zoomed(windowOf(state), factor, at.x, at.y));
  };
  const zoom = (direction: 1 | -1): void => {
    if (!state) return;
    const { x, y } = windowOf(state);
    change(keyZoom ** -direction, { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 });
  };
  const fit = (): void => actions.setWindow(undefined);

  listenForGestures(plot, {
    space: () => (mounted?.kind === "traces" ? undefined : mounted?.space()),
    handle() {
      const space = mounted?.kind === "traces" ? undefined : mounted?.space();
      if (!space || !state) return undefined;
      const [x = NaN, y = NaN] = startOf(state);
      if (mounted?.kind === "map") return space.toPixel(x, y);
      const landscape = state.view.kind === "ready" ? state.view.landscape : null;
      return landscape?.kind === "curve" ? space.toPixel(x, curveAt(landscape, x)) : undefined;
    },
    setStart(point) {
      if (!state) return;
      if (!held && !recent(clicked)) clicked = { start: state.intent?.descent.start, time: performance.now() };
      actions.setStart(mounted?.kind === "map" ? [point.x, point.y] : [point.x], true);
    },
    hold(next) {
      if (held === next) return;
      held = next;
      if (state) mounted?.show(state);
    },
    pan(dx, dy) {
      const space = mounted?.space();
      if (!space || !state) return;
      const { x, y } = windowOf(state);
      const { left, right, top, bottom } = space.area;
      actions.setWindow(panned({ x, y }, (-dx * (x[1] - x[0])) / (right - left), (dy * (y[1] - y[0])) / (bottom - top)));
    },
    zoom: change,
    reset() {
      if (recent(clicked)) actions.setStart(clicked.start, true);
      clicked = undefined;
      fit();
    },
    hover(point) {
      const ready = state?.view.kind === "ready" ? state.view : undefined;
      hover.at(point, ready?.objective.coordinates ?? [], ready?.landscape ?? null);
      show(legend, point === undefined);
    },
  });

  plot.addEventListener("keydown", (event) => {
    if (!event.shiftKey || !state || mounted?.kind === "traces") return;
    const { x, y } = windowOf(state);
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    const [startX = 0, startY] = startOf(state);
    if (dx === 0 && (dy === 0 || startY === undefined)) return;
    event.preventDefault();
    event.stopPropagation();
    const movedX = startX + (dx * (x[1] - x[0])) / 50;
    actions.setStart(startY === undefined ? [movedX] : [movedX, startY + (dy * (y[1] - y[0])) / 50], true);
  });

  new ResizeObserver(() => actions.setPlotSize(plot.clientWidth, plot.clientHeight)).observe(plot);

  return {
    element: root,
    zoom,
    fit,
    update(next) {
      state = next;
      if (next.view.kind !== "ready") return;
      const { view } = next;
      const kind = kindOf(view.objective.dimension);
      if (mounted?.kind !== kind) {
        mounted?.destroy();
        mounted = mount(kind);
        plot.dataset["kind"] = kind;
        show(tools, kind !== "traces");
      }
      setAttribute(plot, "aria-label", labelOf(view));
      setAttribute(plot, "data-overlay", overlaidOn(next));
      setAttribute(plot, "data-start", startOf(next).join(" "));
      setText(legend, legendOf(next, view));
      show(marks.element, view.objective.offers?.includes("stationary") === true);
      marks.setPressed(next.display.marks);
      fitButton.setEnabled(next.intent?.window !== undefined);
      mounted.show(next);
    },
  };

  function mount(kind: Kind): Mounted {
    switch (kind) {
      case "map":
        return mountPlot(kind, createMapPlot, (ready, now) => mapScene(now, ready, theme(), held));
      case "curve":
        return mountPlot(kind, createCurvePlot, (ready, now) => curveScene(now, ready, theme(), held));
      case "traces":
        return mountPlot(kind, createSeriesPlot, (ready, now) => tracesScene(now, ready, theme()));
    }
  }

  function mountPlot<Scene>(
    kind: Kind,
    create: (canvas: HTMLCanvasElement, scene: Scene) => { show(scene: Scene): void; space(): PlotSpace | undefined; destroy(): void },
    sceneOf: (view: Extract<StateView, { kind: "ready" }>, state: State) => Scene | undefined,
  ): Mounted {
    let made: ReturnType<typeof create> | undefined;
    return {
      kind,
      show(now) {
        const scene = now.view.kind === "ready" ? sceneOf(now.view, now) : undefined;
        // Axes that nobody has chosen yet would only jump when the landscape comes.
        const premature = !made && kind !== "traces" && now.view.kind === "ready" && !now.view.landscape;
        if (!scene || premature) return;
        if (made) made.show(scene);
        else made = create(canvas, scene);
      },
      space: () => made?.space(),
      destroy: () => made?.destroy(),
    };
  }
}

function recent<Click extends { readonly time: number }>(click: Click | undefined): click is Click {
  return click !== undefined && performance.now() - click.time < doubleClick;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
};

function kindOf(dimension: number): Kind {
  return dimension === 1 ? "curve" : dimension === 2 ? "map" : "traces";
}

function labelOf({ objective: { dimension, coordinates } }: Extract<StateView, { kind: "ready" }>): string {
  const [x = "", y = ""] = coordinates;
  return dimension === 1 ? words.curve(x) : dimension === 2 ? words.map(x, y) : words.traces(dimension);
}

function legendOf(state: State, view: Extract<StateView, { kind: "ready" }>): string {
  const { objective } = view;
  const landscape = landscapeOf(state, view);
  if (state.minibatch && landscape === state.minibatch.landscape) {
    const { step, sees } = state.minibatch;
    return strings.descent.minibatch.sees(step, [...sees.subarray(0, rowsNamed)].map((row) => row + 1).join(", "), Math.max(0, sees.length - rowsNamed));
  }
  if (objective.dimension > 2) {
    return strings.traces(Math.min(objective.dimension, tracesShown), objective.dimension);
  }
  if (landscape?.kind !== "contour" || landscape.levels.length === 0) return "";
  const { levels, scale } = landscape;
  return words.levels(levels.length, scale === "log", formatShort(levels[0] ?? NaN, 3), formatShort(levels[levels.length - 1] ?? NaN, 3));
}
