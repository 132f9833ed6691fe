import type { Scale } from "chart.js";
import type { ChartTheme } from "../theme";

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** All a draw function knows of the chart around it: where to draw, and how data become pixels. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly area: Area;
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  readonly theme: ChartTheme;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
}

interface DrawingChart {
  readonly ctx: CanvasRenderingContext2D;
  readonly chartArea: Area;
  readonly currentDevicePixelRatio: number;
}

/** Both scales clip the drawing area: stacked axes share one chart, and each has its own strip of it. */
export function frameOf(chart: DrawingChart, x: Scale, y: Scale, theme: ChartTheme): Frame {
  return {
    context: chart.ctx,
    area: { left: x.left, right: x.right, top: y.top, bottom: y.bottom },
    toX: (value) => x.getPixelForValue(value),
    toY: (value) => y.getPixelForValue(value),
    theme,
    ratio: chart.currentDevicePixelRatio,
  };
}

export function clipped(frame: Frame, draw: () => void): void {
  const { context, area } = frame;
  context.save();
  context.beginPath();
  context.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
  context.clip();
  draw();
  context.restore();
}

export function fontOf(theme: ChartTheme, scale = 1): string {
  return `${Math.round(theme.fontSize * scale * 10) / 10}px ${theme.fontFamily}`;
}
