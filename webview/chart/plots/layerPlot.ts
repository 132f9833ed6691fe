import type { LinesLayer } from "../draw/drawLines";
import type { OutcomesLayer } from "../draw/drawOutcomes";
import type { TrialsLayer } from "../draw/drawTrials";
import type { ChartTheme } from "../theme";
import { horizontal, vertical } from "./axes";
import type { AxisDescription } from "./axes";
import { axisNames, roomAbove } from "./axisNames";
import { commonOptions, createChart, spaceOf } from "./chart";
import type { Plot } from "./mapPlot";

export interface NamedAxis extends Omit<AxisDescription, "theme"> {
  readonly name: string;
}

export interface LayerScene {
  readonly theme: ChartTheme;
  readonly x: NamedAxis;
  readonly y: NamedAxis;
  readonly layer: { readonly lines: LinesLayer } | { readonly trials: TrialsLayer } | { readonly outcomes: OutcomesLayer };
}

/** One layer between two named axes: the pictures of the experiments. A picture keeps the kind of layer it was made with. */
export function createLayerPlot(canvas: HTMLCanvasElement, first: LayerScene): Plot<LayerScene> {
  let scene = first;
  let axes = axesKey(scene);
  const initial = dataset(scene);
  const chart = createChart<"lines" | "trials" | "outcomes">(canvas, {
    type: initial.type,
    data: { datasets: [initial] },
    options: { ...commonOptions, scales: scales(scene), layout: layout(scene) },
    plugins: [axisNames(() => ({ theme: scene.theme, names: { x: scene.x.name, y: scene.y.name } }))],
  });
  return {
    show(next) {
      if (!chart) return;
      const layoutChanged = next.theme !== scene.theme || axesKey(next) !== axes;
      scene = next;
      axes = axesKey(next);
      chart.data.datasets.forEach((shown) => Object.assign(shown, dataset(scene)));
      if (layoutChanged) {
        chart.options.scales = scales(scene);
        chart.options.layout = layout(scene);
        chart.update("none");
      } else {
        chart.draw();
      }
    },
    space: () => (chart ? spaceOf(chart, "x", "y") : undefined),
    destroy: () => chart?.destroy(),
  };
}

function dataset({ layer, theme }: LayerScene) {
  if ("lines" in layer) return { type: "lines" as const, data: [], layer: { ...layer, theme } };
  if ("trials" in layer) return { type: "trials" as const, data: [], layer: { ...layer, theme } };
  return { type: "outcomes" as const, data: [], layer: { ...layer, theme } };
}

function scales({ x, y, theme }: LayerScene) {
  return { x: horizontal({ ...x, theme }), y: vertical({ ...y, theme }) };
}

/** The name of the vertical axis stands above it, and so may words about what is in the picture. */
function layout({ y, theme }: LayerScene) {
  return { padding: { top: 6 + Math.max(roomAbove(y.name, theme), 1.2 * theme.fontSize), right: 12 } };
}

function axesKey({ x, y }: LayerScene): string {
  return JSON.stringify([x, y]);
}
