import type { LinesLayer } from "../draw/drawLines";
import type { OutcomesLayer } from "../draw/drawOutcomes";
import type { TrialsLayer } from "../draw/drawTrials";
import type { ChartTheme } from "../theme";
import { horizontal, vertical } from "./axes";
import type { AxisDescription } from "./axes";
import { roomAbove } from "./axisNames";
import { createPlot } from "./plot";
import type { Plot } from "./plot";

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
  return createPlot(canvas, first, {
    type: layerOf(first).type,
    layers: (scene) => [layerOf(scene)],
    scales: ({ x, y, theme }) => ({ x: horizontal({ ...x, theme }), y: vertical({ ...y, theme }) }),
    names: ({ x, y }) => ({ x: x.name, y: y.name }),
    // The name of the vertical axis stands above it, and so may words about what is in the picture.
    room: ({ y, theme }) => ({ top: 6 + Math.max(roomAbove(y.name, theme), 1.2 * theme.fontSize), right: 12 }),
    movesAxes: (next, shown) => axesKey(next) !== axesKey(shown),
  });
}

function layerOf({ layer, theme }: LayerScene) {
  if ("lines" in layer) return { type: "lines" as const, data: [], layer: { ...layer, theme } };
  if ("trials" in layer) return { type: "trials" as const, data: [], layer: { ...layer, theme } };
  return { type: "outcomes" as const, data: [], layer: { ...layer, theme } };
}

function axesKey({ x, y }: LayerScene): string {
  return JSON.stringify([x, y]);
}
