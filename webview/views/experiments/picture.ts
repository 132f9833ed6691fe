import { createLayerPlot } from "../../chart/plots/layerPlot";
import type { LayerScene } from "../../chart/plots/layerPlot";
import type { PlotSpace } from "../../chart/plots/chart";
import type { Plot } from "../../chart/plots/plot";
import { strings } from "../../strings";
import { element, setText, show } from "../../ui/dom";

export interface Pointing {
  /** Which run lies at a place, in pixels; undefined: none. */
  at(x: number, y: number, space: PlotSpace): number | undefined;
  /** Which run an arrow key leads to. */
  next(from: number | undefined, key: string): number | undefined;
  tell(run: number): string;
  /** Takes the settings of a run over. */
  choose(run: number): void;
}

export interface Picture {
  readonly element: HTMLElement;
  readonly pointed: number | undefined;
  /** Undefined: there is nothing to draw. */
  show(scene: LayerScene | undefined): void;
}

/** The picture of an experiment: made when there is something in it, and read by pointer and keys where there is something to point at. */
export function createPicture(options: { readonly testid: string; readonly label: string; readonly tall?: boolean; readonly pointing?: Pointing; readonly redraw: () => void }): Picture {
  const { pointing, redraw, testid } = options;
  const canvas = element("canvas", { attributes: { "aria-hidden": "true" } });
  const holder = element("div", {
    class: `experiment-picture${options.tall === true ? " tall" : ""}`, testid,
    attributes: pointing ? { tabindex: "0", role: "application", "aria-label": options.label, "aria-description": strings.experiments.pictureHelp } : { role: "img", "aria-label": options.label },
  }, canvas);
  const readout = element("p", { class: "caption experiment-readout", testid: `${testid}-readout`, attributes: { role: "status" } });
  const root = element("div", {}, holder, ...(pointing ? [readout] : []));
  root.hidden = true;
  let plot: Plot<LayerScene> | undefined;
  let pointed: number | undefined;

  function point(run: number | undefined): void {
    if (run === pointed) return;
    pointed = run;
    holder.classList.toggle("pointing", run !== undefined);
    setText(readout, run === undefined || !pointing ? "" : pointing.tell(run));
    redraw();
  }

  if (pointing) {
    const under = (event: PointerEvent | MouseEvent): number | undefined => {
      const space = plot?.space();
      const { left, top } = canvas.getBoundingClientRect();
      return space && pointing.at(event.clientX - left, event.clientY - top, space);
    };
    holder.addEventListener("pointermove", (event) => point(under(event)));
    holder.addEventListener("pointerleave", () => point(undefined));
    holder.addEventListener("click", (event) => {
      const run = under(event);
      if (run !== undefined) pointing.choose(run);
    });
    holder.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === " ") && pointed !== undefined) pointing.choose(pointed);
      else if (event.key === "Escape" && pointed !== undefined) point(undefined);
      else if (event.key.startsWith("Arrow")) point(pointing.next(pointed, event.key));
      else return;
      // The arrows step the player elsewhere.
      event.preventDefault();
      event.stopPropagation();
    });
    holder.addEventListener("blur", () => point(undefined));
  }

  return {
    element: root,
    get pointed() {
      return pointed;
    },
    show(scene) {
      show(root, scene !== undefined);
      if (!scene) return;
      if (plot) plot.show(scene);
      // In a part of the page that is not shown a chart would be made without a size.
      else if (holder.clientWidth > 0) plot = createLayerPlot(canvas, scene);
    },
  };
}
