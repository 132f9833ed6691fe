import { colourOf, dashOf, traceShape } from "../chart/draw/lineStyle";
import { drawOutcomeMark, outcomeGround } from "../chart/draw/outcomeMark";
import type { ChartTheme } from "../chart/theme";
import type { OutcomeName } from "../../src/shared/experiments";
import { element } from "./dom";

export interface Swatch {
  readonly element: HTMLElement;
  /** Draws it, unless it stands there already in this theme. */
  draw(theme: ChartTheme): void;
}

/** The sign of a line in a legend: a piece of it, with its shape. */
export const lineSwatch = (style: number): Swatch => swatch(2.2, (context, theme, width, height) => {
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.setLineDash(dashOf(style).map((length) => (length * theme.fontSize) / 13));
  context.strokeStyle = colourOf(theme, style);
  context.lineWidth = (2 * theme.fontSize) / 13;
  context.stroke();
  context.setLineDash([]);
  shape(context, theme, style, width, height);
});

/** The sign of a kind of points. */
export const shapeSwatch = (style: number): Swatch => swatch(1.2, (context, theme, width, height) => shape(context, theme, style, width, height));

/** The sign of what became of a run, on the ground that its cells have. */
export const outcomeSwatch = (outcome: OutcomeName): Swatch => swatch(1.3, (context, theme, width, height) => {
  const [red, green, blue] = outcomeGround(theme, outcome, outcome === "converged" ? 0.1 : 0);
  context.fillStyle = `rgb(${red} ${green} ${blue})`;
  context.fillRect(0, 0, width, height);
  drawOutcomeMark(context, theme, outcome, width / 2, height / 2, 0.26 * height);
});

function shape(context: CanvasRenderingContext2D, theme: ChartTheme, style: number, width: number, height: number): void {
  traceShape(context, style, width / 2, height / 2, 0.33 * height);
  context.fillStyle = colourOf(theme, style);
  context.fill();
}

function swatch(wide: number, paint: (context: CanvasRenderingContext2D, theme: ChartTheme, width: number, height: number) => void): Swatch {
  const canvas = element("canvas", { class: "swatch", attributes: { "aria-hidden": "true" } });
  let drawn: ChartTheme | undefined;
  return {
    element: canvas,
    draw(theme) {
      if (theme === drawn) return;
      drawn = theme;
      const [width, height] = [Math.round(wide * theme.fontSize), Math.round(1.2 * theme.fontSize)];
      canvas.width = width * devicePixelRatio;
      canvas.height = height * devicePixelRatio;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      const context = canvas.getContext("2d");
      if (!context) return;
      context.scale(devicePixelRatio, devicePixelRatio);
      paint(context, theme, width, height);
    },
  };
}
